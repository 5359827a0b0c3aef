#include <fmt/format.h>

#include <bitset>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t minutes_of_day = 24 * 60;
using Minutes = std::bitset<minutes_of_day>;  // of the contact's day

// 47 CFR 64.1200(c)(1): no calls, and by the courts no texts, before 8 a.m. or after 9 p.m. of the called party's day.
constexpr std::size_t day_begins = 8 * 60;
constexpr std::size_t day_ends = 21 * 60;

Minutes between(std::size_t from, std::size_t to) {
  Minutes minutes;
  for (auto minute = from; minute < to; ++minute) minutes.set(minute);
  return minutes;
}

const Minutes& allowed() {
  static const Minutes day = between(day_begins, day_ends);
  return day;
}

std::size_t minute_of(Duration time) {
  constexpr Duration day = std::chrono::hours(24);
  return static_cast<std::size_t>((time % day + day) % day / std::chrono::minutes(1));
}

Minutes later(const Minutes& minutes, Duration by) {
  const auto shift = minute_of(by);
  return shift == 0 ? minutes : minutes << shift | minutes >> (minutes_of_day - shift);
}

Minutes at_minute(Duration time) { return Minutes().set(minute_of(time)); }

Minutes open_minutes(const std::optional<Hours>& hours) {
  Minutes minutes;
  for (const auto& ranges : hours.value_or(Hours{}).week) {
    for (const auto& range : ranges) minutes |= between(minute_of(range.from), static_cast<std::size_t>(range.to / std::chrono::minutes(1)));
  }
  return minutes.none() ? Minutes().set() : minutes;
}

Minutes after_wait(const Wait& wait, const Minutes& from, const std::optional<Hours>& hours) {
  if (wait.in_hours) return open_minutes(hours);
  switch (wait.kind) {
    case Wait::Kind::duration: return later(from, wait.duration);
    case Wait::Kind::time_of_day: return at_minute(wait.duration + wait.offset);
    case Wait::Kind::date:
    case Wait::Kind::instant: return at_minute(time_of_day(wait.local) + wait.offset);
    case Wait::Kind::open: return later(open_minutes(hours), wait.offset);
    case Wait::Kind::value: return Minutes().set();
  }
  return Minutes().set();
}

// At which minutes of the day each step may begin, when the conversation began at any minute of the allowed day. Whoever writes
// is awake: what answers a reply may leave at any time.
class NightCheck {
 public:
  explicit NightCheck(Loading& loading) : loading_(loading), flow_(loading.flow), at_(flow_.steps.size()) {}

  void run() {
    begin(flow_.start, allowed());
    for (const auto& anytime : flow_.anytime) {
      const auto* to = std::get_if<StepIndex>(&anytime.to);
      if (anytime.kind == Anytime::Kind::go && to != nullptr) begin(*to, Minutes().set());
    }
    while (!open_.empty()) {
      const auto step = open_.back();
      open_.pop_back();
      for (const auto& exit : exits(flow_.steps[step])) {
        if (const auto* to = std::get_if<StepIndex>(exit.to)) begin(*to, after(flow_.steps[step], exit.kind, at_[step]));
      }
    }
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) judge(flow_.steps[i], at_[i]);
  }

 private:
  void begin(StepIndex step, const Minutes& minutes) {
    if ((minutes & ~at_[step]).none()) return;
    at_[step] |= minutes;
    open_.push_back(step);
  }

  Minutes after(const Step& step, Exit::Kind exit, const Minutes& from) const {
    if (exit == Exit::Kind::unclear || exit == Exit::Kind::reply || std::holds_alternative<Run>(step.verb)) return Minutes().set();
    if (const auto* ask = std::get_if<Ask>(&step.verb)) return exit == Exit::Kind::silent ? later(from, ask->silent.after) : Minutes().set();
    if (const auto* wait = std::get_if<Wait>(&step.verb)) return after_wait(*wait, from, flow_.hours);
    return from;
  }

  static bool always_at_night(const Minutes& minutes) { return minutes.any() && (minutes & allowed()).none(); }

  void judge(const Step& step, const Minutes& begins) {
    const bool sends = std::holds_alternative<Say>(step.verb) || std::holds_alternative<Ask>(step.verb);
    if (sends && always_at_night(begins)) {
      warn_at(loading_, step, find_in_step(loading_, step, is_question(step) ? "/ask" : "/say"), "quiet_hours",
              "whenever the conversation begins, this text leaves between 21:00 and 08:00 of the contact's day");
    }
    const auto* ask = std::get_if<Ask>(&step.verb);
    for (std::size_t i = 0; ask != nullptr && i < ask->silent.remind.size(); ++i) {
      if (!always_at_night(later(begins, ask->silent.remind[i].after))) continue;
      warn_at(loading_, step, find_in_step(loading_, step, fmt::format("/silent/remind/{}/after", i)), "quiet_hours",
              "whenever the conversation begins, this reminder leaves between 21:00 and 08:00 of the contact's day");
    }
  }

  Loading& loading_;
  const Flow& flow_;
  std::vector<Minutes> at_;
  std::vector<StepIndex> open_;
};

}  // namespace

void check_quiet_hours(Loading& loading) { NightCheck(loading).run(); }

}  // namespace answerback::flows
