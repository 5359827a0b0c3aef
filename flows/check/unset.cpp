#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/check/uses.hpp"
#include "flows/json/json_pointer.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_ways_shown = 100;  // each is a walk through the whole graph

bool has_default(const Placeholder& placeholder) {
  return std::any_of(placeholder.filters.begin(), placeholder.filters.end(), [](const Filter& one) { return one.name == Filter::Name::default_; });
}

class UnsetCheck {
 public:
  UnsetCheck(Loading& loading, const Facts& facts) : loading_(loading), facts_(facts) {}

  void run() {
    for (StepIndex i = 0; i < loading_.flow.steps.size(); ++i) {
      if (facts_.reached(i)) judge_step(i);
    }
    for (std::size_t i = 0; i < loading_.flow.anytime.size(); ++i) judge_anytime(i);
  }

 private:
  void judge_step(StepIndex index) {
    const auto& step = loading_.flow.steps[index];
    for (const auto& use : texts_of(step)) {
      for (const auto& placeholder : unguarded(*use.text)) {
        if (const auto fact = missing(index, placeholder.path, use.after)) report(index, use.inside, placeholder, *fact);
      }
    }
    for (const auto& use : bare_paths_of(step)) {
      const auto fact = missing(index, use.path, use.after);
      if (!fact) continue;
      warn_at(loading_, step, find_in_step(loading_, step, use.inside), "unset_value",
              fmt::format("{} has no value on this way: {}", to_string(use.path), way(index, *fact)));
    }
  }

  // The fact that the path has a value, when it may have none there. `after`: of a `set`, how many assignments were made before.
  std::optional<Facts::Fact> missing(StepIndex index, const Path& path, std::size_t after) const {
    const auto fact = facts_.fact_of(path);
    if (!fact || facts_.surely(index, *fact)) return std::nullopt;
    const auto* set = std::get_if<Set>(&loading_.flow.steps[index].verb);
    for (std::size_t i = 0; set != nullptr && i < after; ++i) {
      if (set->assignments[i].to == path) return std::nullopt;
    }
    return fact;
  }

  void judge_anytime(std::size_t index) {
    const auto& anytime = loading_.flow.anytime[index];
    if (!anytime.say) return;
    for (const auto& placeholder : unguarded(anytime.say->text)) {
      const auto fact = facts_.fact_of(placeholder.path);
      if (!fact || facts_.surely_at_any_time(*fact)) continue;
      const auto pointer = fmt::format("/anytime/{}/say", index);
      const auto* json = at_pointer(*loading_.root, pointer);
      loading_.report.warning("unset_value", fmt::format("{} has no value yet at every question, write a default", to_string(placeholder.path)),
                              pointer, json == nullptr ? Position{} : json->at);
    }
  }

  static std::vector<Placeholder> unguarded(const Text& text) {
    std::vector<Placeholder> found;
    for (const auto& piece : text.pieces) {
      const auto* placeholder = std::get_if<Placeholder>(&piece);
      if (placeholder != nullptr && !has_default(*placeholder)) found.push_back(*placeholder);
    }
    return found;
  }

  std::string way(StepIndex index, Facts::Fact fact) {
    if (shown_ == max_ways_shown) return "…";
    ++shown_;
    return facts_.way_without(index, fact);
  }

  void report(StepIndex index, const std::string& inside, const Placeholder& placeholder, Facts::Fact fact) {
    const auto& step = loading_.flow.steps[index];
    const auto found = find_in_step(loading_, step, inside);
    const bool is_text = found.json != nullptr && found.json->kind == Json::Kind::string;
    const auto at = found.json == nullptr ? step.at : is_text ? loading_.source.inside(found.json->at, placeholder.offset) : found.json->at;
    const auto path = to_string(placeholder.path);
    if (!seen_.insert(fmt::format("{}{}:{}", found.pointer, path, at.column)).second) return;  // a default text stands in many steps
    loading_.report.warning("unset_value",
                            fmt::format("{} has no value on this way: {}; ask before, or write {{{{{} | default: '…'}}}}", path,
                                        way(index, fact), path),
                            found.pointer, at);
  }

  Loading& loading_;
  const Facts& facts_;
  std::set<std::string> seen_;
  std::size_t shown_ = 0;
};

}  // namespace

void check_unset(Loading& loading, const Facts& facts) { UnsetCheck(loading, facts).run(); }

}  // namespace answerback::flows
