#include "webhooks/filter.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "flows/fields.hpp"
#include "flows/json/json.hpp"

namespace answerback::webhooks {

namespace {

using flows::Path;

constexpr std::size_t max_filter_bytes = 4'096;
// The event's facts stand where a flow's condition finds its variables.
constexpr std::string_view root = "vars.";

const std::vector<std::string>& filter_names() {
  static const std::vector<std::string> names = {"flow", "outcome", "reason", "campaign"};
  return names;
}

bool is_fact(const std::string& key) { return std::find(filter_names().begin(), filter_names().end(), key) != filter_names().end(); }
bool is_group(const std::string& key) { return key == "any" || key == "all" || key == "not"; }

// Rewrites `flow` to `vars.flow` wherever a condition names a path, and reports the names that an event does not have.
class Rooted {
 public:
  explicit Rooted(flows::Report& report) : report_(report) {}

  flows::Json condition(flows::Json json, const std::string& pointer) {
    for (auto& member : json.members) {
      const auto here = flows::pointer_append(pointer, member.key);
      if (is_group(member.key))
        member.value = group(std::move(member.value), here);
      else if (is_fact(member.key))
        member.key.insert(0, root);
      else
        report_.error("unknown_field", "an event has no \"" + member.key + "\"" + flows::did_you_mean(member.key, filter_names()), here,
                      member.key_at);
    }
    std::erase_if(json.members, [](const auto& member) { return !is_group(member.key) && !member.key.starts_with(root); });
    return json;
  }

 private:
  flows::Json group(flows::Json json, const std::string& pointer) {
    if (json.kind == flows::Json::Kind::object) return condition(std::move(json), pointer);
    for (std::size_t i = 0; i < json.items.size(); ++i)
      json.items[i] = condition(std::move(json.items[i]), flows::pointer_append(pointer, std::to_string(i)));
    return json;
  }

  flows::Report& report_;
};

// Back to the names that the author wrote.
void unroot(std::string& text) {
  for (auto at = text.find(root); at != std::string::npos; at = text.find(root, at)) text.erase(at, root.size());
}

struct Compiled {
  flows::Condition condition;
  std::vector<flows::Issue> issues;
};

Compiled compile(std::string_view text) {
  auto parsed = flows::parse_json(text, {.max_bytes = max_filter_bytes, .max_depth = 8, .max_nodes = 200, .comments = false});
  if (auto* issue = std::get_if<flows::Issue>(&parsed)) return {{}, {std::move(*issue)}};
  flows::Report names, report;
  Compiled compiled;
  const auto json = Rooted(names).condition(std::move(std::get<flows::Json>(parsed)), "");
  compiled.condition = flows::parse_condition(json, "", report, [](const Path&, const std::string&, flows::Position) {});
  compiled.issues = names.take();
  for (auto& issue : report.take()) {
    unroot(issue.pointer);
    unroot(issue.message);
    compiled.issues.push_back(std::move(issue));
  }
  return compiled;
}

flows::Values facts(const RenderedEvent& event) {
  flows::Values values;
  const auto add = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) flows::assign(values, name, text);
  };
  add("flow", event.flow);
  add("outcome", event.outcome);
  add("reason", event.reason);
  add("campaign", event.campaign);
  return values;
}

}  // namespace

std::vector<flows::Issue> check_filter(std::string_view json) { return compile(json).issues; }

std::optional<flows::Condition> parse_filter(std::string_view json) {
  auto compiled = compile(json);
  if (flows::has_errors(compiled.issues)) return std::nullopt;
  return std::move(compiled.condition);
}

bool passes(const flows::Condition& filter, const RenderedEvent& event) {
  if (flows::always(filter)) return true;
  const auto values = facts(event);
  return flows::holds(filter, [&](const Path& path) { return flows::find(values, path.name); });
}

}  // namespace answerback::webhooks
