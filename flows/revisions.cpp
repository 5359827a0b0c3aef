#include "flows/revisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/fields.hpp"
#include "flows/load/comments.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using RevisionJson = nlohmann::ordered_json;

constexpr std::string_view text_members[] = {"say", "ask"};

// What a call sends is no comment, whatever it is called.
bool is_comment(std::string_view name, std::string_view pointer) { return name == comment_member && !pointer.starts_with("/call/body"); }

// `inside_text`: at or below a member that contacts read.
class Comparing {
 public:
  explicit Comparing(std::vector<Change>& into) : into_(into) {}

  void compare(const RevisionJson& before, const RevisionJson& after, const std::string& pointer, bool inside_text) {
    if (before.is_object() && after.is_object()) return members(before, after, pointer, inside_text);
    if (before.is_array() && after.is_array() && before.size() == after.size()) return items(before, after, pointer, inside_text);
    if (before != after) into_.push_back({pointer, before.dump(), after.dump(), inside_text});
  }

 private:
  void members(const RevisionJson& before, const RevisionJson& after, const std::string& pointer, bool inside_text) {
    for (const auto& [name, value] : before.items()) {
      if (is_comment(name, pointer)) continue;
      const bool text = inside_text || is_one_of(name, text_members);
      const auto found = after.find(name);
      if (found == after.end()) {
        into_.push_back({pointer_append(pointer, name), value.dump(), "", text});
      } else {
        compare(value, *found, pointer_append(pointer, name), text);
      }
    }
    for (const auto& [name, value] : after.items()) {
      if (!before.contains(name) && !is_comment(name, pointer)) into_.push_back({pointer_append(pointer, name), "", value.dump(), inside_text || is_one_of(name, text_members)});
    }
  }

  void items(const RevisionJson& before, const RevisionJson& after, const std::string& pointer, bool inside_text) {
    for (std::size_t i = 0; i < before.size(); ++i) compare(before[i], after[i], fmt::format("{}/{}", pointer, i), inside_text);
  }

  std::vector<Change>& into_;
};

void compare_steps(const RevisionJson& before, const RevisionJson& after, Difference& difference) {
  for (const auto& [name, step] : before.items()) {
    const auto found = after.find(name);
    if (found == after.end()) {
      difference.removed.push_back(name);
      continue;
    }
    std::vector<Change> changes;
    Comparing(changes).compare(step, *found, "", false);
    if (!changes.empty()) difference.changed.push_back({name, std::move(changes)});
  }
  for (const auto& [name, step] : after.items()) {
    if (!before.contains(name)) difference.added.push_back(name);
  }
}

std::string lines_of(const std::vector<Change>& changes) {
  std::string lines;
  for (const auto& change : changes) {
    lines += fmt::format("    {}\n", change.pointer);
    if (!change.before.empty()) lines += fmt::format("      - {}\n", change.before);
    if (!change.after.empty()) lines += fmt::format("      + {}\n", change.after);
  }
  return lines;
}

std::string verb_of(const Step& step) {
  constexpr std::string_view names[] = {"say", "ask", "route", "set", "call", "run", "wait", "split", "outcome"};
  return std::string(names[step.verb.index()]);
}

}  // namespace

Difference compare(std::string_view before, std::string_view after) {
  auto old = RevisionJson::parse(before, nullptr, true, true);
  auto now = RevisionJson::parse(after, nullptr, true, true);
  Difference difference;
  for (auto* steps : {&old["steps"], &now["steps"]}) steps->erase(std::string(comment_member));
  compare_steps(old["steps"], now["steps"], difference);
  old.erase("steps");
  now.erase("steps");
  Comparing(difference.around).compare(old, now, "", false);
  return difference;
}

std::string to_text(const Difference& difference) {
  std::string text;
  for (const auto& step : difference.added) text += fmt::format("+ {}\n", step);
  for (const auto& step : difference.removed) text += fmt::format("- {}\n", step);
  for (const auto& step : difference.changed) text += fmt::format("~ {}\n{}", step.step, lines_of(step.changes));
  if (!difference.around.empty()) text += fmt::format("~ the flow itself\n{}", lines_of(difference.around));
  return text;
}

std::optional<std::string> why_no_image(const Step& from, const Step* to) {
  if (to == nullptr) return "has no image";
  if (from.verb.index() != to->verb.index()) return fmt::format("is a step of the verb {}, its image one of {}", verb_of(from), verb_of(*to));
  if (const auto* ask = std::get_if<Ask>(&from.verb)) {
    const auto& image = std::get<Ask>(to->verb);
    if (ask->expect.index() == image.expect.index()) return std::nullopt;
    return fmt::format("expects {}, its image {}", kind_name(ask->expect), kind_name(image.expect));
  }
  if (const auto* run = std::get_if<Run>(&from.verb)) {
    const auto& image = std::get<Run>(to->verb);
    if (run->flow != image.flow || run->as != image.as) return "runs another flow, or under another name, than its image";
  }
  return std::nullopt;
}

}  // namespace answerback::flows
