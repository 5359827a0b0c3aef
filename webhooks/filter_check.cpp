#include "webhooks/filter_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "flows/fields.hpp"
#include "flows/json/json.hpp"
#include "webhooks/filter.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::webhooks {

namespace {

using flows::Comparison;
using flows::Condition;

constexpr std::size_t max_tried = 20'000;  // combinations of values; a filter that needs more is not judged
constexpr std::string_view any_other = "\x01";
const std::vector<std::string> outcomes = {"completed", "bailed", "discarded"};

// The values that a fact of an event type may have: those, or whatever the filter names; "" = the event may be without it.
struct Fact {
  bool is_open = false;
  std::vector<std::string> values{};
};
using Facts = std::map<std::string, Fact>;

// What is known of a type's events. A contact belongs to no flow: what happens to it is everybody's who serves it.
Facts facts_of(const std::string& type) {
  const Fact open{true, {}}, maybe{true, {""}};
  if (type == "contact.entered_campaign") return {{"flow", open}, {"campaign", open}};
  if (type.starts_with("message.")) return {{"flow", maybe}, {"campaign", maybe}, {"reason", maybe}, {"outcome", {false, {"", "completed", "bailed", "discarded"}}}};
  if (!type.starts_with("conversation.")) return {};
  Facts facts{{"flow", open}, {"campaign", maybe}};
  const auto outcome = type.substr(type.find('.') + 1);
  if (outcome == "started") return facts;
  facts["outcome"] = {false, {outcome}};
  facts["reason"] = open;
  return facts;
}

std::string fact_of(const Comparison& comparison) { return comparison.path.name.substr(comparison.path.name.find('.') + 1); }

template <class Visit>
void visit_comparisons(const Condition& condition, const Visit& visit) {
  if (condition.kind == Condition::Kind::comparison) visit(condition.comparison);
  for (const auto& part : condition.parts) visit_comparisons(part, visit);
}

// What may stand in the event for each fact.
using Choices = std::map<std::string, std::set<std::string>>;
Choices choices_for(const Condition& filter, const Facts& facts) {
  Choices choices;
  for (const auto& [name, fact] : facts) {
    choices[name].insert(fact.values.begin(), fact.values.end());
    if (fact.is_open) choices[name].emplace(any_other);
  }
  visit_comparisons(filter, [&](const Comparison& comparison) {
    const auto fact = facts.find(fact_of(comparison));
    if (fact == facts.end() || !fact->second.is_open) return;
    for (const auto& operand : comparison.operands)
      if (const auto* text = std::get_if<std::string>(&operand)) choices[fact->first].insert(*text);
  });
  return choices;
}

// Comparisons whose satisfying values can't be read off the filter: taken as such that can hold.
bool has_pattern(const Condition& filter, const Facts& facts) {
  bool found = false;
  visit_comparisons(filter, [&](const Comparison& comparison) {
    using Operator = Comparison::Operator;
    const bool is_plain = comparison.op == Operator::eq || comparison.op == Operator::one_of || comparison.op == Operator::exists;
    const auto fact = facts.find(fact_of(comparison));
    if (!is_plain && fact != facts.end() && fact->second.is_open) found = true;
  });
  return found;
}

void assign(RenderedEvent& event, const std::string& fact, const std::string& value) {
  if (fact == "flow") event.flow = value;
  if (fact == "outcome") event.outcome = value;
  if (fact == "reason") event.reason = value;
  if (fact == "campaign") event.campaign = value;
}

// Tries every combination of what may stand in the event.
bool holds_for_some(const Condition& filter, const Choices& choices, Choices::const_iterator fact, RenderedEvent& event, std::size_t& tried) {
  if (fact == choices.end()) return ++tried > max_tried || passes(filter, event);
  for (const auto& value : fact->second) {
    assign(event, fact->first, value);
    if (holds_for_some(filter, choices, std::next(fact), event, tried)) return true;
  }
  return false;
}

bool can_hold(const Condition& filter, const std::string& type) {
  const auto facts = facts_of(type);
  if (has_pattern(filter, facts)) return true;
  const auto choices = choices_for(filter, facts);
  RenderedEvent event;
  std::size_t tried = 0;
  return holds_for_some(filter, choices, choices.begin(), event, tried);
}

std::vector<std::string> types_of(std::string_view pattern) {
  std::vector<std::string> types;
  for (const auto& type : event_types())
    if (matches(pattern, type)) types.push_back(type);
  return types;
}

// Why it does not hold for them, and for what it would.
std::string explain(const Condition& filter, const std::string& pattern, const std::vector<std::string>& types) {
  std::string missing;
  visit_comparisons(filter, [&](const Comparison& comparison) {
    const auto fact = fact_of(comparison);
    const auto has = [&](const std::string& type) { return facts_of(type).contains(fact); };
    if (missing.empty() && static_cast<std::size_t>(std::count_if(types.begin(), types.end(), has)) * 2 < types.size()) missing = fact;
  });
  std::vector<std::string> better;
  for (const auto& type : event_types())
    if (can_hold(filter, type)) better.push_back(type);
  const auto hint = better.empty() ? std::string() : fmt::format("; it can for {}", fmt::join(better, ", "));
  return missing.empty() ? fmt::format("this filter never holds for {}{}", pattern, hint)
                         : fmt::format("this filter never holds for {}, which has no \"{}\"{}", pattern, missing, hint);
}

bool has_all_facts(const Condition& filter, const std::string& type) {
  const auto facts = facts_of(type);
  bool has = true;
  visit_comparisons(filter, [&](const Comparison& comparison) { has = has && facts.contains(fact_of(comparison)); });
  return has;
}

// A pattern of many types is meant for most of them: when few know what the filter asks for, those are to be named. "*" is for filters
// to choose from.
void check_pattern(const Condition& filter, const std::string& pattern, std::vector<flows::Issue>& issues) {
  const auto types = types_of(pattern);
  const auto holds = [&](const std::string& type) { return can_hold(filter, type); };
  const auto fits = [&](const std::string& type) { return holds(type) || has_all_facts(filter, type); };
  const bool can = std::any_of(types.begin(), types.end(), holds);
  const auto fitting = static_cast<std::size_t>(std::count_if(types.begin(), types.end(), fits));
  if (can && (pattern == "*" || fitting * 2 >= types.size())) return;
  issues.push_back({flows::Severity::error, "never_holds", explain(filter, pattern, types), "", {}});
}

// Every text that `outcome` is compared with.
void check_outcomes(const flows::Json& json, const std::string& pointer, bool is_outcome, std::vector<flows::Issue>& issues) {
  if (json.kind == flows::Json::Kind::string && is_outcome && std::find(outcomes.begin(), outcomes.end(), json.string) == outcomes.end())
    issues.push_back({flows::Severity::error, "unknown_outcome",
                      fmt::format("there is no outcome \"{}\"{}", json.string, flows::did_you_mean(json.string, outcomes)), pointer, json.at});
  for (std::size_t i = 0; i < json.items.size(); ++i) check_outcomes(json.items[i], flows::pointer_append(pointer, std::to_string(i)), is_outcome, issues);
  for (const auto& member : json.members) {
    if (member.key == "matches" || member.key == "contains") continue;
    check_outcomes(member.value, flows::pointer_append(pointer, member.key), is_outcome || member.key == "outcome", issues);
  }
}

}  // namespace

std::vector<flows::Issue> check_filter_for(std::string_view json, const std::vector<std::string>& patterns) {
  auto issues = check_filter(json);
  const auto filter = parse_filter(json);
  auto parsed = flows::parse_json(json);
  if (!filter || std::holds_alternative<flows::Issue>(parsed)) return issues;
  check_outcomes(std::get<flows::Json>(parsed), "", false, issues);
  if (flows::has_errors(issues)) return issues;
  for (const auto& pattern : patterns) check_pattern(*filter, pattern, issues);
  return issues;
}

}  // namespace answerback::webhooks
