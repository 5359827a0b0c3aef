#include "flows/load/load.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/check/checks.hpp"
#include "flows/load/comments.hpp"
#include "flows/load/header.hpp"
#include "flows/load/steps.hpp"
#include "flows/load/triggers.hpp"
#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

// A flow of `max_bytes` has fewer values than this; the bound keeps memory near the size of the text.
constexpr std::size_t max_nodes = 100'000;
constexpr std::size_t max_message_characters = 500;

void read_start(Loading& loading, Fields& fields) {
  const auto start = fields.string("start");
  if (!start) return;
  const auto found = loading.step_index.find(*start);
  if (found != loading.step_index.end()) {
    loading.flow.start = found->second;
    return;
  }
  loading.linked = false;
  fields.error("start", "unknown_step", fmt::format("there is no step \"{}\"{}", *start, loading.hint(*start, loading.step_names)));
}

void read_body(Loading& loading, Fields& fields) {
  const auto* json = fields.object("steps");
  if (json == nullptr) {
    if (!fields.has("steps")) fields.missing("steps");
    return;
  }
  const Part steps{*json, fields.pointer_to("steps")};
  if (!collect_steps(loading, steps)) return;
  read_start(loading, fields);
  const auto defaults = read_defaults(loading, fields);
  read_steps(loading, steps, defaults);
  loading.flow.anytime = read_anytime(loading, fields);
  check_flow(loading);
}

void read_flow(Loading& loading, const Json& json) {
  Fields fields(json, "", loading.report);
  loading.root = &json;
  if (json.kind != Json::Kind::object) return;
  for (const auto name : {"steps", "start", "defaults", "anytime"}) fields.allow(name);
  read_header(loading, fields);
  loading.flow.triggers = read_triggers(loading, fields);
  read_body(loading, fields);
  fields.done();
}

bool stands_before(const Issue& a, const Issue& b) {
  return a.at.line != b.at.line ? a.at.line < b.at.line : a.at.column < b.at.column;
}

// Messages repeat what the author wrote; whatever that was, an issue stays one line of a bearable length.
std::string one_line(std::string message) {
  const auto kept = first_characters(message, max_message_characters);
  if (kept.size() < message.size()) message = std::string(kept) + "...";
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(message.begin(), message.end(), is_control, ' ');
  return message;
}

std::vector<RunAnswer> run_answers(const Loading& loading) {
  std::vector<RunAnswer> answers;
  for (const auto& use : loading.path_uses) {
    const bool of_run = use.path.root == Path::Root::answers && use.path.name.find('.') != std::string::npos;
    if (of_run) answers.push_back({use.path.name, use.pointer, use.at});
  }
  return answers;
}

}  // namespace

LoadResult load_flow(std::string_view source, const FlowLimits& limits) {
  auto parsed = parse_json(source, {limits.max_bytes, JsonLimits{}.max_depth, max_nodes, true});
  if (auto* issue = std::get_if<Issue>(&parsed)) {
    issue->message = one_line(std::move(issue->message));
    return {nullptr, {std::move(*issue)}, {}};
  }
  auto& file = std::get<Json>(parsed);
  if (may_hold_comments(source)) drop_comments(file);
  Loading loading(source, limits);
  read_flow(loading, file);
  LoadResult result{nullptr, loading.report.take(), run_answers(loading)};
  for (auto& issue : result.issues) issue.message = one_line(std::move(issue.message));
  std::stable_sort(result.issues.begin(), result.issues.end(), stands_before);
  if (!has_errors(result.issues)) result.flow = std::make_shared<const Flow>(std::move(loading.flow));
  return result;
}

}  // namespace answerback::flows
