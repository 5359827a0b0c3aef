#include "webhooks/call.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "flows/json/json_pointer.hpp"
#include "flows/text/number_text.hpp"
#include "webhooks/address_guard.hpp"

namespace answerback::webhooks {

namespace {

using flows::Json;

std::optional<std::vector<std::string>> texts_of(const Json& list) {
  if (list.items.size() > max_saved_items) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : list.items) {
    if (item.kind != Json::Kind::string || item.string.size() > max_saved_bytes) return std::nullopt;
    texts.push_back(item.string);
  }
  return texts;
}

std::optional<flows::Value> value_of(const Json& json) {
  switch (json.kind) {
    case Json::Kind::null: return flows::Value{};
    case Json::Kind::boolean: return json.boolean;
    case Json::Kind::integer: return flows::keeps_its_digits(json.integer) ? flows::Value{json.integer} : flows::Value{std::to_string(json.integer)};
    case Json::Kind::real: return json.real;
    case Json::Kind::string:
      if (json.string.size() > max_saved_bytes) return std::nullopt;
      return json.string;
    case Json::Kind::array:
      if (auto texts = texts_of(json)) return std::move(*texts);
      return std::nullopt;
    case Json::Kind::object: return std::nullopt;
  }
  return std::nullopt;
}

// "/slots/*/id": the list, and where in each of its entries. A member that is called "*" is meant by itself.
struct Each {
  std::string_view list, inside;
};
std::optional<Each> each_of(std::string_view pointer) {
  constexpr std::string_view star = "/*";
  const auto at = pointer.find("/*/");
  if (at != std::string_view::npos) return Each{pointer.substr(0, at), pointer.substr(at + star.size())};
  return pointer.ends_with(star) ? std::optional(Each{pointer.substr(0, pointer.size() - star.size()), ""}) : std::nullopt;
}

// What stands at one place in each entry of a list, as texts. Sets `error` when it cannot be had.
flows::Value value_of_each(const Json& list, std::string_view inside, std::string& error) {
  std::vector<std::string> texts;
  if (list.items.size() > max_saved_items) error = "value";
  for (std::size_t i = 0; i < list.items.size() && error.empty(); ++i) {
    const auto* found = flows::at_pointer(list.items[i], inside);
    const auto value = found != nullptr ? value_of(*found) : std::nullopt;
    const bool is_one = value && value->index() != 0 && !std::holds_alternative<std::vector<std::string>>(*value);
    if (!is_one) error = found == nullptr ? "pointer" : "value";
    if (is_one) texts.push_back(flows::to_text(*value));
  }
  return texts;
}

// The value at a pointer; "" or why it can't be had.
std::string read_value(const Json& document, const std::string& pointer, flows::Value& value) {
  std::string error;
  const auto* found = flows::at_pointer(document, pointer);
  const auto each = found == nullptr ? each_of(pointer) : std::nullopt;
  const auto* list = each ? flows::at_pointer(document, each->list) : nullptr;
  if (list != nullptr && list->kind == Json::Kind::array) {
    value = value_of_each(*list, each->inside, error);
    return error;
  }
  if (found == nullptr) return "pointer";
  auto one = value_of(*found);
  if (!one) return "value";
  value = std::move(*one);
  return error;
}

std::variant<Json, flows::Issue> parse(std::string_view body) {
  flows::JsonLimits limits;
  limits.max_bytes = max_call_answer_bytes;
  return flows::parse_json(body, limits);
}

// "" or why the values can't be had.
std::string read_values(const engine::CallRequest& request, std::string_view body, flows::Values& into) {
  if (request.save.empty()) return "";
  const auto parsed = parse(body);
  if (const auto* issue = std::get_if<flows::Issue>(&parsed)) return issue->code == "json_size" ? "answer_size" : "not_json";
  for (const auto& [path, pointer] : request.save) {
    flows::Value value;
    if (auto error = read_value(std::get<Json>(parsed), pointer, value); !error.empty()) return error;
    flows::assign(into, path, std::move(value));
  }
  return "";
}

}  // namespace

std::string to_string(const CallKey& key) { return engine::call_text(key.conversation, key.turn, key.origin); }

CallKey key_of(const engine::CallRequest& request) { return {request.conversation, request.turn, request.origin}; }

std::string host_of(const engine::CallRequest& request) {
  const auto verdict = parse_url(request.url);
  return verdict.url ? verdict.url->host : "?";
}

CallReading read_call_answer(const engine::CallRequest& request, int status, std::string_view body) {
  CallReading reading;
  reading.answer.conversation = request.conversation;
  reading.answer.turn = request.turn;
  reading.error = status / 100 == 2 ? read_values(request, body, reading.answer.values) : "status";
  reading.answer.ok = reading.error.empty();
  if (!reading.answer.ok) reading.answer.values.clear();
  return reading;
}

}  // namespace answerback::webhooks
