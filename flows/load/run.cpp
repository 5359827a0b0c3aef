#include "flows/load/run.hpp"

#include <fmt/format.h>

#include "flows/load/assignments.hpp"
#include "flows/load/names.hpp"
#include "flows/load/targets.hpp"

namespace answerback::flows {

namespace {

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

}  // namespace

Run read_run(Loading& loading, Fields& fields, const std::string& step) {
  Run run;
  run.flow = read_flow_name(loading, fields);
  run.as = fields.string("as").value_or(step);
  if (!is_name(run.as)) {
    fields.error("as", "bad_name", fmt::format("\"{}\" is no name for answers, use 1 to 64 of letters, digits, _ and -", run.as));
  }
  if (const auto* with = fields.any("with")) run.with = read_variables_for(loading, {*with, fields.pointer_to("with")});
  if (const auto* failed = fields.any("failed")) run.failed = read_target(loading, {*failed, fields.pointer_to("failed")});
  run.next = read_next(loading, fields);
  return run;
}

}  // namespace answerback::flows
