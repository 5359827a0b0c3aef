#include "engine/decide/calls.hpp"

#include <fmt/format.h>

#include <cmath>

#include "flows/text/number_text.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

bool is_unreserved(char c) { return flows::is_letter(c) || flows::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

// What the author wrote stands as it is; what a contact may have written is data and nothing else.
std::string url_of(const flows::Text& url, const Scope& scope) {
  std::string made;
  for (const auto& piece : url.pieces) {
    const auto* fixed = std::get_if<std::string>(&piece);
    made += fixed != nullptr ? *fixed : percent_encoded(scope.text(flows::Text{{piece}}));
  }
  return made;
}

// RFC 9110, 5.5: a field value holds no control characters.
std::string header_value(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return text;
}

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

struct JsonText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return flows::keeps_its_digits(value) ? fmt::format("{}", value) : fmt::format("\"{}\"", value); }
  std::string operator()(double value) const { return flows::number_text(value); }
  std::string operator()(const std::string& value) const { return json_quoted(value); }
  std::string operator()(const std::vector<std::string>& values) const {
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : ",") + json_quoted(value);
    return "[" + out + "]";
  }
  std::string operator()(const flows::Money& money) const {
    return fmt::format("{{\"amount\":{},\"currency\":{}}}", operator()(money.amount), json_quoted(money.currency));
  }
  std::string operator()(const flows::Range& range) const {
    return fmt::format("{{\"from\":{},\"to\":{}}}", std::visit(*this, range.from()), std::visit(*this, range.to()));
  }
};

std::string json_of(const flows::Value& value) { return std::visit(JsonText{}, value); }

// A text that is one placeholder without filters keeps its value's own type; one that is not set is null.
const flows::Path* only_path(const flows::Text& text) {
  const auto* placeholder = text.pieces.size() == 1 ? std::get_if<flows::Placeholder>(&text.pieces.front()) : nullptr;
  return placeholder != nullptr && placeholder->filters.empty() ? &placeholder->path : nullptr;
}

std::string text_json(const flows::Text& text, const Scope& scope) {
  const auto* path = only_path(text);
  if (path == nullptr) return json_quoted(scope.text(text));
  const auto* value = scope.value(*path);
  return value != nullptr ? json_of(*value) : "null";
}

std::string body_of(const flows::BodyTemplate& body, const Scope& scope) {
  using Kind = flows::BodyTemplate::Kind;
  if (body.kind == Kind::fixed) return json_of(body.fixed);
  if (body.kind == Kind::text) return text_json(body.text, scope);
  std::string out;
  for (std::size_t i = 0; i < body.parts.size(); ++i) {
    if (i > 0) out += ',';
    if (body.kind == Kind::object) out += json_quoted(body.names[i]) + ":";
    out += body_of(body.parts[i], scope);
  }
  return body.kind == Kind::object ? "{" + out + "}" : "[" + out + "]";
}

}  // namespace

CallRequest request_of(const flows::Call& call, const Scope& scope, const Conversation& conversation, Origin origin, Instant now) {
  CallRequest request;
  request.origin = origin;
  request.conversation = conversation.id;
  request.turn = conversation.turn;
  request.method = call.method;
  request.url = url_of(call.url, scope);
  for (const auto& header : call.headers) {
    if (header.secret.empty()) {
      request.headers.emplace_back(header.name, header_value(scope.text(header.value)));
    } else {
      request.secret_headers.emplace_back(header.name, header.secret);
    }
  }
  if (call.body) request.body = body_of(*call.body, scope);
  for (const auto& saved : call.save) request.save.emplace_back(flows::to_string(saved.to), saved.pointer);
  request.give_up_at = now + call.timeout;
  return request;
}

}  // namespace answerback::engine
