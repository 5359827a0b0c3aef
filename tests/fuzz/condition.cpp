// Any JSON as a condition: what is accepted can be evaluated over any values, and its negation is its opposite.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "flows/condition.hpp"

using namespace answerback::flows;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto parsed = parse_json(text);
  const auto* json = std::get_if<Json>(&parsed);
  if (json == nullptr) return 0;
  Report report;
  const auto condition = parse_condition(*json, "", report, [](const Path&, const std::string&, Position) {});
  if (!report.ok()) return 0;
  to_label(condition);
  Condition opposite;
  opposite.kind = Condition::Kind::negation;
  opposite.parts.push_back(condition);
  const Value values[] = {Value{}, true, std::int64_t{18}, 2.5, std::string("TX"), text, std::vector<std::string>{"TX", "OK"}};
  for (const auto& value : values) {
    const Lookup lookup = [&](const Path&) { return &value; };
    if (holds(condition, lookup) == holds(opposite, lookup)) std::abort();
  }
  const Lookup nothing = [](const Path&) { return nullptr; };
  if (always(condition) && !holds(condition, nothing)) std::abort();
  return 0;
}
