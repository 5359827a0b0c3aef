#include "flows/check/places.hpp"

#include <charconv>

namespace answerback::flows {

namespace {

std::string unescaped(std::string_view token) {
  std::string name;
  for (std::size_t at = 0; at < token.size(); ++at) {
    const bool escaped = token[at] == '~' && at + 1 < token.size();
    if (escaped) ++at;
    name.push_back(!escaped ? token[at] : token[at] == '1' ? '/' : '~');
  }
  return name;
}

const Json* child_of(const Json& json, std::string_view token) {
  if (json.kind == Json::Kind::object) return json.find(unescaped(token));
  std::size_t index = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool is_index = json.kind == Json::Kind::array && read.ec == std::errc() && index < json.items.size();
  return is_index ? &json.items[index] : nullptr;
}

}  // namespace

const Json* value_at(const Json& root, std::string_view pointer) {
  const auto* json = &root;
  while (json != nullptr && !pointer.empty()) {
    pointer.remove_prefix(1);
    const auto token = pointer.substr(0, pointer.find('/'));
    json = child_of(*json, token);
    pointer.remove_prefix(token.size());
  }
  return json;
}

std::string pointer_to(const Step& step) { return pointer_append("/steps", step.name); }

Found find_in_step(const Loading& loading, const Step& step, std::string_view inside) {
  for (const auto& base : {pointer_to(step), std::string("/defaults")}) {
    auto pointer = base + std::string(inside);
    if (const auto* json = value_at(*loading.root, pointer)) return {std::move(pointer), json};
  }
  return {pointer_to(step), nullptr};
}

void warn_at(Loading& loading, const Step& step, const Found& found, std::string code, std::string message) {
  loading.report.warning(std::move(code), std::move(message), found.pointer, found.json == nullptr ? step.at : found.json->at);
}

}  // namespace answerback::flows
