#include "flows/value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace answerback::flows {

struct Range::Ends {
  Value from, to;
};

Range::Range(Value from, Value to) : ends_(std::make_shared<const Ends>(Ends{std::move(from), std::move(to)})) {}
const Value& Range::from() const { return ends_->from; }
const Value& Range::to() const { return ends_->to; }
bool Range::operator==(const Range& other) const { return from() == other.from() && to() == other.to(); }
std::partial_ordering Range::operator<=>(const Range& other) const {
  const auto begins = from() <=> other.from();
  return begins != 0 ? begins : to() <=> other.to();
}

const Value* find(const Values& values, std::string_view name) {
  const auto it = std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
  return it == values.end() ? nullptr : &it->second;
}

const Value* find_part(const Values& values, std::string_view name) {
  if (const auto* whole = find(values, name)) return whole;
  const auto dot = name.rfind('.');
  const auto* value = dot == std::string_view::npos ? nullptr : find(values, name.substr(0, dot));
  const auto* range = value != nullptr ? std::get_if<Range>(value) : nullptr;
  if (range == nullptr) return nullptr;
  const auto part = name.substr(dot + 1);
  return part == range_from ? &range->from() : part == range_to ? &range->to() : nullptr;
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
  std::string operator()(const Range& range) const { return fmt::format("{}/{}", end(range.from()), end(range.to())); }
  static std::string end(const Value& value) { return std::holds_alternative<std::monostate>(value) ? ".." : to_text(value); }
};

}  // namespace

std::string to_text(const Value& value) { return std::visit(ToText{}, value); }

}  // namespace answerback::flows
