#include "flows/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace answerback::flows {

namespace {

constexpr std::size_t max_shown_name_bytes = 64;

bool is_whole(const Json& json) {
  if (json.kind == Json::Kind::integer) return true;
  constexpr double limit = 9223372036854775808.0;  // 2^63
  return json.kind == Json::Kind::real && std::trunc(json.real) == json.real && json.real >= -limit && json.real < limit;
}

std::string range_text(std::int64_t min, std::int64_t max) {
  if (max == std::numeric_limits<std::int64_t>::max()) return fmt::format("must be at least {}", min);
  return fmt::format("must be from {} to {}", min, max);
}

}  // namespace

void Report::error(std::string code, std::string message, std::string pointer, Position at) {
  issues_.push_back({Severity::error, std::move(code), std::move(message), std::move(pointer), at});
}

void Report::warning(std::string code, std::string message, std::string pointer, Position at) {
  issues_.push_back({Severity::warning, std::move(code), std::move(message), std::move(pointer), at});
}

Fields::Fields(const Json& json, std::string pointer, Report& report) : json_(json), pointer_(std::move(pointer)), report_(report) {
  if (json_.kind != Json::Kind::object) report_.error("wrong_type", "must be an object", pointer_, json_.at);
}

const Json* Fields::any(std::string_view name) {
  known_.emplace_back(name);
  return json_.find(name);
}

const Json* Fields::take(std::string_view name, Json::Kind kind, std::string_view what) {
  const auto* value = any(name);
  if (!value || value->kind == kind) return value;
  error(name, "wrong_type", fmt::format("\"{}\" must be {}", name, what));
  return nullptr;
}

std::optional<std::string> Fields::string(std::string_view name, std::size_t max_bytes) {
  const auto* value = take(name, Json::Kind::string, "a string");
  if (!value) return std::nullopt;
  if (value->string.size() <= max_bytes) return value->string;
  error(name, "too_long", fmt::format("\"{}\" has {} bytes, at most {} are allowed", name, value->string.size(), max_bytes));
  return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  const auto* value = take(name, Json::Kind::boolean, "true or false");
  return value ? std::optional(value->boolean) : std::nullopt;
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  const auto* value = any(name);
  if (!value) return std::nullopt;
  if (!is_whole(*value)) {
    error(name, "wrong_type", fmt::format("\"{}\" must be a whole number", name));
    return std::nullopt;
  }
  if (value->integer >= min && value->integer <= max) return value->integer;
  error(name, "out_of_range", fmt::format("\"{}\" {}", name, range_text(min, max)));
  return std::nullopt;
}

std::optional<double> Fields::number(std::string_view name) {
  const auto* value = any(name);
  if (!value) return std::nullopt;
  if (value->kind == Json::Kind::integer || value->kind == Json::Kind::real) return value->real;
  error(name, "wrong_type", fmt::format("\"{}\" must be a number", name));
  return std::nullopt;
}

const Json* Fields::object(std::string_view name) { return take(name, Json::Kind::object, "an object"); }

const Json* Fields::array(std::string_view name) { return take(name, Json::Kind::array, "a list"); }

std::optional<std::vector<std::string>> Fields::strings(std::string_view name, std::size_t max_items) {
  const auto* list = array(name);
  if (!list) return std::nullopt;
  if (list->items.size() > max_items) {
    error(name, "too_long", fmt::format("\"{}\" has {} entries, at most {} are allowed", name, list->items.size(), max_items));
    return std::nullopt;
  }
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const auto& item = list->items[i];
    if (item.kind == Json::Kind::string) {
      strings.push_back(item.string);
    } else {
      report_.error("wrong_type", fmt::format("every entry of \"{}\" must be a string", name),
                    pointer_append(pointer_to(name), std::to_string(i)), item.at);
    }
  }
  return strings.size() == list->items.size() ? std::optional(std::move(strings)) : std::nullopt;
}

std::string Fields::required_string(std::string_view name, std::size_t max_bytes) {
  auto value = string(name, max_bytes);
  if (!value && !has(name)) missing(name);
  return std::move(value).value_or("");
}

bool Fields::has(std::string_view name) const { return json_.find(name) != nullptr; }

void Fields::error(std::string_view name, std::string code, std::string message) {
  const auto* value = json_.find(name);
  report_.error(std::move(code), std::move(message), value ? pointer_to(name) : pointer_, value ? value->at : json_.at);
}

void Fields::warning(std::string_view name, std::string code, std::string message) {
  const auto* value = json_.find(name);
  report_.warning(std::move(code), std::move(message), value ? pointer_to(name) : pointer_, value ? value->at : json_.at);
}

void Fields::missing(std::string_view name) {
  // What is no object at all was reported as that.
  if (json_.kind != Json::Kind::object) return;
  report_.error("required", fmt::format("\"{}\" is required", name), pointer_to(name), json_.at);
}

void Fields::done() {
  for (const auto& member : json_.members) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const auto shown = member.key.size() > max_shown_name_bytes ? std::string("a name this long") : fmt::format("\"{}\"", member.key);
    report_.error("unknown_field", fmt::format("{} is not known here{}", shown, did_you_mean(member.key, known_)), pointer_to(member.key),
                  member.key_at);
  }
}

std::string Fields::pointer_to(std::string_view name) const { return pointer_append(pointer_, name); }

std::string pointer_append(std::string_view pointer, std::string_view token) {
  std::string appended(pointer);
  appended.push_back('/');
  for (const char c : token) {
    if (c == '~') {
      appended += "~0";
    } else if (c == '/') {
      appended += "~1";
    } else {
      appended.push_back(c);
    }
  }
  return appended;
}

}  // namespace answerback::flows
