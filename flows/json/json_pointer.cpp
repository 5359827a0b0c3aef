#include "flows/json/json_pointer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace answerback::flows {

namespace {

// RFC 6901, 4: first ~1, then ~0, so that "~01" is "~1".
std::string unescaped(std::string_view token) {
  std::string plain;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      plain.push_back(token[i]);
    } else {
      plain.push_back(token[++i] == '1' ? '/' : '~');
    }
  }
  return plain;
}

// Digits without a leading zero; "-", the place behind the last item, names nothing that is there.
std::optional<std::size_t> index_of(std::string_view token) {
  if (token.empty() || (token.size() > 1 && token[0] == '0')) return std::nullopt;
  std::size_t index = 0;
  const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc{} || stop != token.data() + token.size()) return std::nullopt;
  return index;
}

const Json* child(const Json& parent, std::string_view token) {
  if (parent.kind == Json::Kind::object) return parent.find(unescaped(token));
  if (parent.kind != Json::Kind::array) return nullptr;
  const auto index = index_of(token);
  return index && *index < parent.items.size() ? &parent.items[*index] : nullptr;
}

}  // namespace

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text[0] != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
  }
  return true;
}

const Json* at_pointer(const Json& document, std::string_view pointer) {
  if (!is_json_pointer(pointer)) return nullptr;
  const auto* found = &document;
  while (found != nullptr && !pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    found = child(*found, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return found;
}

}  // namespace answerback::flows
