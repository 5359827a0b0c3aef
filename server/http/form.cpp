#include "server/http/form.hpp"

#include <algorithm>

#include "flows/fields.hpp"
#include "flows/text/text.hpp"

namespace answerback::server {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

flows::Issue issue(std::string code, std::string message, std::string_view name) {
  flows::Issue issue;
  issue.code = std::move(code);
  issue.message = std::move(message);
  if (!name.empty()) issue.pointer = flows::pointer_append("", name);
  return issue;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (out.find('\0') != std::string::npos || !flows::is_valid_utf8(out)) return std::nullopt;
  return out;
}

std::variant<Form, flows::Issue> parse_form(std::string_view text, Plus plus, const FormLimits& limits) {
  if (text.size() > limits.max_bytes) return issue("too_large", "The form is too large.", {});
  Form form;
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    if (form.size() == limits.max_fields) return issue("too_many_fields", "The form has too many fields.", {});
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), plus);
    if (!name) return issue("bad_encoding", "A field's name is not percent-encoded UTF-8.", {});
    auto value = percent_decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), plus);
    if (!value) return issue("bad_encoding", "The field is not percent-encoded UTF-8.", *name);
    form.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

std::optional<std::string_view> form_value(const Form& form, std::string_view name) {
  for (const auto& [known, value] : form)
    if (known == name) return value;
  return std::nullopt;
}

}  // namespace answerback::server
