#include "flows/load/run.hpp"

#include <fmt/format.h>

#include "flows/load/assignments.hpp"
#include "flows/load/names.hpp"
#include "flows/load/targets.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_failures = 50;

std::string read_flow_name(Loading& loading, Fields& fields) {
  const auto name = fields.string("run");
  if (!name) return "";
  if (!is_flow_name(*name)) {
    fields.error("run", "bad_name", fmt::format("\"{}\" is no flow's name, use 1 to 64 of a-z, 0-9 and -", *name));
  } else if (*name == loading.flow.name) {
    fields.error("run", "recursion", fmt::format("a flow cannot run itself: {} -> {}", *name, *name));
  }
  return *name;
}

std::vector<std::string> read_reasons(Loading& loading, const Part& part) {
  std::vector<std::string> reasons;
  const auto add = [&](const Part& one) {
    if (one.json.kind != Json::Kind::string) return loading.wrong_type(one, "a reason word");
    if (!is_reason(one.json.string)) {
      loading.error(one, "bad_reason", fmt::format("\"{}\" is no reason, use 1 to 64 of a-z, 0-9 and _", one.json.string));
    }
    reasons.push_back(one.json.string);
  };
  if (part.json.kind != Json::Kind::array) {
    add(part);
    return reasons;
  }
  if (part.json.items.empty()) loading.error(part, "required", "the list of reasons is empty");
  for (std::size_t i = 0; i < part.json.items.size(); ++i) add(part.item(i));
  return reasons;
}

std::optional<Outcome> read_outcome(Fields& fields) {
  const auto word = fields.string("outcome");
  if (!word) return std::nullopt;
  const auto outcome = parse_outcome(*word);
  if (outcome && *outcome != Outcome::completed) return outcome;
  fields.error("outcome", "wrong_type", "what failed is \"bailed\" or \"discarded\"");
  return std::nullopt;
}

Run::Failure read_failure(Loading& loading, const Part& part) {
  Fields fields(part.json, part.pointer, loading.report);
  if (part.json.kind != Json::Kind::object) {
    loading.linked = false;
    return {};
  }
  Run::Failure failure;
  if (const auto* reasons = fields.any("reason")) failure.reasons = read_reasons(loading, {*reasons, fields.pointer_to("reason")});
  failure.outcome = read_outcome(fields);
  failure.to = read_target_within(loading, fields);
  fields.done();
  return failure;
}

// A target for all, or entries of which the first that fits is taken.
std::vector<Run::Failure> read_failures(Loading& loading, const Part& part) {
  if (part.json.kind != Json::Kind::array) return {{{}, std::nullopt, read_target(loading, part)}};
  std::vector<Run::Failure> failures;
  if (part.json.items.empty()) loading.error(part, "required", "the list is empty");
  if (!loading.within(part, part.json.items.size(), max_failures, "entries of \"failed\"")) return failures;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) {
    const bool never = !failures.empty() && failures.back().reasons.empty() && !failures.back().outcome;
    if (never) loading.warning(part.item(i), "dead_branch", "this entry is never taken, the one before it takes every failure");
    failures.push_back(read_failure(loading, part.item(i)));
  }
  return failures;
}

}  // namespace

Run read_run(Loading& loading, Fields& fields, const std::string& step) {
  Run run;
  run.flow = read_flow_name(loading, fields);
  run.as = fields.string("as").value_or(step);
  if (!is_name(run.as)) {
    fields.error("as", "bad_name", fmt::format("\"{}\" is no name for answers, use 1 to 64 of letters, digits, _ and -", run.as));
  }
  if (const auto* with = fields.any("with")) run.with = read_variables_for(loading, {*with, fields.pointer_to("with")});
  if (const auto* failed = fields.any("failed")) run.failed = read_failures(loading, {*failed, fields.pointer_to("failed")});
  run.next = read_next(loading, fields);
  return run;
}

}  // namespace answerback::flows
