#include "flows/value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace answerback::flows {

const Value* find(const Values& values, std::string_view name) {
  const auto it = std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
  return it == values.end() ? nullptr : &it->second;
}

void assign(Values& values, std::string_view name, Value value) {
  for (auto& entry : values) {
    if (entry.first == name) {
      entry.second = std::move(value);
      return;
    }
  }
  values.emplace_back(std::string(name), std::move(value));
}

namespace {

struct ToText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const std::vector<std::string>& values) const { return fmt::format("{}", fmt::join(values, ", ")); }
  std::string operator()(const Money& money) const { return fmt::format("{} {}", money.amount, money.currency); }
};

}  // namespace

std::string to_text(const Value& value) { return std::visit(ToText{}, value); }

}  // namespace answerback::flows
