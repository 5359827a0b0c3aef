#include "flows/load/calculations.hpp"

#include <fmt/format.h>

namespace answerback::flows {

namespace {

constexpr std::size_t max_operands = 20;  // of one calculation

Calculation number(double value) {
  Calculation calculation;
  calculation.number = value;
  return calculation;
}

// A number, a path, or a calculation within this one. Recursion is bounded by the depth that the JSON reader allows.
Calculation read_operand(Loading& loading, const Part& part) {
  const auto& json = part.json;
  if (json.kind == Json::Kind::integer || json.kind == Json::Kind::real) return number(json.real);
  if (json.kind == Json::Kind::object && json.members.size() == 1) return read_calculation(loading, part, std::nullopt);
  auto path = json.kind == Json::Kind::string ? parse_path(json.string) : std::nullopt;
  if (!path) {
    loading.wrong_type(part, "a number, a path such as \"answers.rooms\", or a calculation such as {\"add\": [1, 2]}");
    return {};
  }
  loading.path_uses.push_back({*path, part.pointer, json.at, false});
  Calculation operand;
  operand.kind = Calculation::Kind::path;
  operand.path = std::move(*path);
  return operand;
}

void read_operands(Loading& loading, const Part& part, Calculation& calculation) {
  const auto count = part.json.items.size();
  const bool rounds = calculation.kind == Calculation::Kind::round;
  if (count < 2 && !(rounds && count == 1)) loading.error(part, "required", rounds ? "a value and how many digits" : "a calculation needs two values at least");
  if (rounds && count > 2) loading.error(part, "limit", "a value and how many digits, no more");
  if (!loading.within(part, count, max_operands, "values")) return;
  for (std::size_t i = 0; i < count; ++i) calculation.parts.push_back(read_operand(loading, part.item(i)));
  if (rounds && count == 1) calculation.parts.push_back(number(0));
}

}  // namespace

Calculation read_calculation(Loading& loading, const Part& part, const std::optional<Path>& to) {
  const auto& member = part.json.members.front();
  const auto operation = parse_operation(member.key);
  const auto operands = part.member(member);
  Calculation calculation;
  if (!operation) {
    loading.report.error("unknown_operator", fmt::format("there is no calculation \"{}\"{}", member.key, loading.hint(member.key, operation_words())),
                         operands.pointer, member.key_at);
    return calculation;
  }
  calculation.kind = *operation;
  if (operands.json.kind == Json::Kind::array) {
    read_operands(loading, operands, calculation);
    return calculation;
  }
  if (!to) {
    loading.wrong_type(operands, "a list of values");
    return calculation;
  }
  Calculation before;
  before.kind = Calculation::Kind::counted;
  before.path = *to;
  calculation.parts = {std::move(before), read_operand(loading, operands)};
  return calculation;
}

}  // namespace answerback::flows
