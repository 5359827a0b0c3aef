#include "flows/load/targets.hpp"

#include <fmt/format.h>

#include "flows/load/names.hpp"

namespace answerback::flows {

namespace {

Outcome outcome_of(std::string_view word) {
  if (word == "complete") return Outcome::completed;
  return word == "bail" ? Outcome::bailed : Outcome::discarded;
}

Target read_step_name(Loading& loading, const Part& part) {
  const auto found = loading.step_index.find(part.json.string);
  if (found != loading.step_index.end()) return found->second;
  loading.linked = false;
  loading.error(part, "unknown_step",
                fmt::format("there is no step \"{}\"{}", part.json.string, loading.hint(part.json.string, loading.step_names)));
  return StepIndex{0};
}

Branch read_branch(Loading& loading, const Part& part) {
  Fields fields(part.json, part.pointer, loading.report);
  if (part.json.kind != Json::Kind::object) {
    loading.linked = false;
    return {};
  }
  Branch branch;
  if (const auto* when = fields.any("when")) {
    const auto before = loading.report.issues().size();
    branch.when = parse_condition(*when, fields.pointer_to("when"), loading.report, loading.path_check());
    if (loading.report.issues().size() > before) loading.conditions_read = false;
  }
  branch.to = read_target_within(loading, fields);
  fields.done();
  return branch;
}

}  // namespace

std::optional<Ending> read_ending(Loading& loading, Fields& fields) {
  std::optional<Ending> ending;
  for (const auto& word : outcome_words()) {
    const auto* json = fields.any(word);
    if (json == nullptr) continue;
    const Part part{*json, fields.pointer_to(word)};
    if (ending) loading.error(part, "one_outcome", "a conversation ends with one outcome, this is a second one");
    if (json->kind != Json::Kind::string) {
      loading.wrong_type(part, "a reason word");
    } else if (!is_reason(json->string)) {
      loading.error(part, "bad_reason", fmt::format("\"{}\" is no reason, use 1 to 64 of a-z, 0-9 and _", json->string));
    }
    ending = Ending{outcome_of(word), json->string};
  }
  return ending;
}

Target read_target(Loading& loading, const Part& part) {
  if (part.json.kind == Json::Kind::string) return read_step_name(loading, part);
  if (part.json.kind != Json::Kind::object) {
    loading.linked = false;
    loading.wrong_type(part, "a step's name or an outcome");
    return StepIndex{0};
  }
  Fields fields(part.json, part.pointer, loading.report);
  const auto ending = read_ending(loading, fields);
  if (!ending) {
    loading.linked = false;
    loading.error(part, "required", "expected a step's name or one of \"complete\", \"bail\", \"discard\" with its reason");
  }
  fields.done();
  return ending ? Target(*ending) : Target(StepIndex{0});
}

Target read_target_within(Loading& loading, Fields& fields) {
  const auto ending = read_ending(loading, fields);
  const auto* to = fields.any("to");
  if (to != nullptr && ending) fields.error("to", "one_outcome", "either \"to\" or an outcome, not both");
  if (to != nullptr) return read_target(loading, {*to, fields.pointer_to("to")});
  if (ending) return *ending;
  loading.linked = false;
  fields.missing("to");
  return StepIndex{0};
}

Branches read_branches(Loading& loading, const Part& part) {
  if (part.json.kind != Json::Kind::array) {
    loading.linked = false;
    loading.wrong_type(part, "a list of branches");
    return {};
  }
  if (part.json.items.empty()) {
    loading.linked = false;
    loading.error(part, "required", "the list of branches is empty");
  }
  Branches branches;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) branches.push_back(read_branch(loading, part.item(i)));
  return branches;
}

Branches read_next(Loading& loading, Fields& fields) {
  const auto* json = fields.any("next");
  if (json == nullptr) {
    loading.linked = false;
    fields.missing("next");
    return {};
  }
  const Part part{*json, fields.pointer_to("next")};
  if (json->kind == Json::Kind::array) return read_branches(loading, part);
  return {{Condition{}, read_target(loading, part)}};
}

}  // namespace answerback::flows
