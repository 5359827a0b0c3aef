#include "flows/load/split.hpp"

#include <fmt/format.h>

#include "flows/load/names.hpp"
#include "flows/load/targets.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t min_ways = 2;  // one alone is no experiment

// `"short": "step"` or `"short": {"weight": 3, "to": "step"}`.
Way read_way(Loading& loading, const Part& part, const std::string& name) {
  if (part.json.kind == Json::Kind::string) return {name, 1, read_target(loading, part)};
  if (part.json.kind != Json::Kind::object) {
    loading.linked = false;
    loading.wrong_type(part, "a step's name or an object with \"weight\" and \"to\"");
    return {};
  }
  Fields fields(part.json, part.pointer, loading.report);
  const auto weight = fields.integer("weight", 1, loading.limits.max_weight).value_or(1);
  Way way{name, static_cast<std::uint32_t>(weight), read_target_within(loading, fields)};
  fields.done();
  return way;
}

}  // namespace

Split read_split(Loading& loading, Fields& fields, const std::string& step) {
  Split split{fields.string("name").value_or(step), {}};
  if (!is_name(split.name)) {
    fields.error("name", "bad_name", fmt::format("\"{}\" is no experiment's name, use 1 to 64 of letters, digits, _ and -", split.name));
  }
  const auto* json = fields.object("split");
  if (json == nullptr) {
    loading.linked = false;
    return split;
  }
  const Part ways{*json, fields.pointer_to("split")};
  if (json->members.size() < min_ways) loading.error(ways, "required", "an experiment needs two ways at least");
  if (!loading.within(ways, json->members.size(), loading.limits.max_ways, "ways")) loading.linked = false;
  for (const auto& member : json->members) {
    const auto part = ways.member(member);
    if (!is_name(member.key)) {
      loading.report.error("bad_name", fmt::format("\"{}\" is no way's name, use 1 to 64 of letters, digits, _ and -", member.key),
                           part.pointer, member.key_at);
    }
    split.ways.push_back(read_way(loading, part, member.key));
  }
  return split;
}

}  // namespace answerback::flows
