#include "flows/load/steps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/load/assignments.hpp"
#include "flows/load/call.hpp"
#include "flows/load/names.hpp"
#include "flows/load/run.hpp"
#include "flows/load/split.hpp"
#include "flows/load/targets.hpp"
#include "flows/load/texts.hpp"
#include "flows/load/wait.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using Verb = decltype(Step::verb);

struct StepPart {
  const JsonMember& member;
  Part part;
  StepIndex index;
};

// The step is there, so that others may lead to it, but what it would do is not known.
Verb unread(Loading& loading) {
  loading.linked = false;
  loading.all_steps_read = false;
  return End{};
}

std::vector<const JsonMember*> members_among(const Json& step, const std::vector<std::string>& words) {
  std::vector<const JsonMember*> found;
  for (const auto& member : step.members) {
    if (is_one_of(member.key, words)) found.push_back(&member);
  }
  return found;
}

void error_at_key(Loading& loading, const Part& step, const JsonMember& member, std::string code, std::string message) {
  loading.report.error(std::move(code), std::move(message), pointer_append(step.pointer, member.key), member.key_at);
}

Verb no_verb(Loading& loading, const StepPart& step) {
  static const std::vector<std::string> others{"next",   "answer", "expect", "unclear", "silent", "to",
                                               "when",   "failed", "as",     "with",    "reply",  "name",
                                               "optional"};
  static const auto known = [] {
    auto words = verbs();
    words.insert(words.end(), outcome_words().begin(), outcome_words().end());
    return words;
  }();
  for (const auto& member : step.part.json.members) {
    if (is_one_of(member.key, others)) continue;
    error_at_key(loading, step.part, member, "unknown_verb",
                 fmt::format("there is no verb \"{}\"{}", member.key, loading.hint(member.key, known)));
    return unread(loading);
  }
  loading.error(step.part, "one_verb", fmt::format("a step needs one of {}", fmt::join(known, ", ")));
  return unread(loading);
}

// False, and reported, when the step holds several verbs, or an outcome beside one that leads on.
bool has_one_verb(Loading& loading, const StepPart& step) {
  const auto found = members_among(step.part.json, verbs());
  if (found.size() > 1) {
    error_at_key(loading, step.part, *found[1], "one_verb",
                 fmt::format("a step holds one verb, this one has \"{}\" already", found[0]->key));
    return false;
  }
  const auto outcomes = members_among(step.part.json, outcome_words());
  if (!found.empty() && !outcomes.empty() && found[0]->key != "say") {
    error_at_key(loading, step.part, *outcomes[0], "one_verb",
                 fmt::format("only a \"say\" may end with an outcome, a step with \"{}\" leads on", found[0]->key));
    return false;
  }
  return true;
}

Say read_say(Loading& loading, Fields& fields) {
  Say say{read_wording(loading, {*fields.any("say"), fields.pointer_to("say")}), {}};
  if (const auto ending = read_ending(loading, fields)) {
    if (fields.any("next") != nullptr) fields.error("next", "one_outcome", "a step that ends the conversation has no \"next\"");
    say.next = {{Condition{}, *ending}};
  } else {
    say.next = read_next(loading, fields);
  }
  return say;
}

Verb read_verb(Loading& loading, Fields& fields, const StepPart& step, const QuestionDefaults& defaults) {
  if (fields.has("say")) return read_say(loading, fields);
  if (fields.has("ask")) return read_ask(loading, fields, step.member.key, defaults);
  if (const auto* route = fields.any("route")) return Route{read_branches(loading, {*route, fields.pointer_to("route")})};
  if (const auto* set = fields.any("set")) {
    auto assignments = read_assignments(loading, {*set, fields.pointer_to("set")});
    return Set{std::move(assignments), read_next(loading, fields)};
  }
  if (fields.has("call")) return read_call(loading, fields);
  if (fields.has("run")) return read_run(loading, fields, step.member.key);
  if (fields.has("wait")) return read_wait(loading, fields, step.member.key);
  if (fields.has("split")) return read_split(loading, fields, step.member.key);
  return End{read_ending(loading, fields).value_or(Ending{})};
}

Verb read_step(Loading& loading, const StepPart& step, const QuestionDefaults& defaults) {
  Fields fields(step.part.json, step.part.pointer, loading.report);
  if (step.part.json.kind != Json::Kind::object) return unread(loading);
  if (!has_one_verb(loading, step)) return unread(loading);
  const auto has_any = [&](const auto& words) { return !members_among(step.part.json, words).empty(); };
  if (!has_any(verbs()) && !has_any(outcome_words())) return no_verb(loading, step);
  auto verb = read_verb(loading, fields, step, defaults);
  fields.done();
  for (const std::string_view word : {"say", "ask"}) {
    if (const auto* text = step.part.json.find(word)) loading.text_parts.emplace(step.index, Part{*text, fields.pointer_to(word)});
  }
  return verb;
}

}  // namespace

bool collect_steps(Loading& loading, const Part& steps) {
  const auto& members = steps.json.members;
  if (members.empty()) loading.error(steps, "required", "a flow needs at least one step");
  if (members.empty() || !loading.within(steps, members.size(), loading.limits.max_steps, "steps")) return false;
  for (const auto& member : members) {
    if (!is_name(member.key)) {
      error_at_key(loading, steps, member, "bad_name",
                   fmt::format("\"{}\" is no step's name, use 1 to 64 of letters, digits, _ and -", member.key));
    }
    loading.step_index.emplace(member.key, static_cast<StepIndex>(loading.step_names.size()));
    loading.step_names.push_back(member.key);
  }
  return true;
}

void read_steps(Loading& loading, const Part& steps, const QuestionDefaults& defaults) {
  for (const auto& member : steps.json.members) {
    const auto index = static_cast<StepIndex>(loading.flow.steps.size());
    auto verb = read_step(loading, {member, steps.member(member), index}, defaults);
    loading.flow.steps.push_back({member.key, std::move(verb), member.key_at});
  }
}

}  // namespace answerback::flows
