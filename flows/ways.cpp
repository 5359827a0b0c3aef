#include "flows/ways.hpp"

#include <algorithm>

#include "flows/listed_choices.hpp"

namespace answerback::flows {

namespace {

using Kind = Exit::Kind;

struct NextOf {
  template <class Verb>
  const Branches* operator()(const Verb& verb) const {
    if constexpr (requires { verb.next; }) return &verb.next;
    return nullptr;
  }
};

// The exits beside `next`.
struct OtherExits {
  std::vector<Exit>& exits;
  void operator()(const Ask& ask) const {
    exits.push_back({Kind::unclear, &ask.unclear.then});
    exits.push_back({Kind::silent, &ask.silent.then});
  }
  void operator()(const Call& call) const { exits.push_back({Kind::failed, &call.failed}); }
  void operator()(const Run& run) const {
    for (const auto& failure : run.failed) exits.push_back({Kind::failed, &failure.to, nullptr, nullptr, &failure});
  }
  void operator()(const Wait& wait) const {
    if (wait.reply) {
      for (const auto& branch : wait.reply->next) exits.push_back({Kind::reply, &branch.to, &branch.when});
    }
    if (wait.failed) exits.push_back({Kind::failed, &*wait.failed});
  }
  void operator()(const Split& split) const {
    for (const auto& way : split.ways) exits.push_back({Kind::way, &way.to, nullptr, &way});
  }
  template <class Verb>
  void operator()(const Verb&) const {}
};

}  // namespace

const Branches& next_of(const Step& step) {
  static const Branches none;
  const auto* next = std::visit(NextOf{}, step.verb);
  return next == nullptr ? none : *next;
}

std::vector<Exit> exits(const Step& step) {
  constexpr std::size_t usual_exits = 4;
  std::vector<Exit> found;
  found.reserve(usual_exits);
  for (const auto& branch : next_of(step)) found.push_back({Kind::next, &branch.to, &branch.when});
  std::visit(OtherExits{found}, step.verb);
  return found;
}

ExitNumber exit_number(const Step& step, Exit::Kind kind, std::size_t nth) {
  if (kind == Kind::next || kind == Kind::way) return static_cast<ExitNumber>(nth);
  const auto* wait = std::get_if<Wait>(&step.verb);
  const auto replies = wait != nullptr && wait->reply ? wait->reply->next.size() : std::size_t{0};
  const auto before = kind == Kind::silent ? std::size_t{1} : kind == Kind::failed ? replies : std::size_t{0};
  return static_cast<ExitNumber>(next_of(step).size() + before + nth);
}

std::optional<Answer> answer_of(const Step& step) {
  if (const auto* ask = std::get_if<Ask>(&step.verb)) return Answer{ask->answer, ask->expect};
  const auto* wait = std::get_if<Wait>(&step.verb);
  if (wait == nullptr || !wait->reply || wait->reply->answer.empty()) return std::nullopt;
  return Answer{wait->reply->answer, wait->reply->expect};
}

bool is_question(const Step& step) { return std::holds_alternative<Ask>(step.verb); }

bool is_pause(const Step& step) { return std::holds_alternative<Wait>(step.verb) || std::holds_alternative<Call>(step.verb); }

bool hears_phrases(const Step& step) { return is_question(step) || is_pause(step) || std::holds_alternative<Run>(step.verb); }

std::vector<const Target*> ways(const Step& step) {
  const auto all = exits(step);
  std::vector<const Target*> targets;
  targets.reserve(all.size());
  for (const auto& exit : all) targets.push_back(exit.to);
  return targets;
}

namespace {

// A question whose list is empty is not put: it is passed at once.
bool passed_unasked(const Ask& ask, Exit::Kind kind) { return is_listed(ask.expect) && kind == (ask.optional ? Exit::Kind::next : Exit::Kind::unclear); }

}  // namespace

std::vector<const Target*> ways_without_reply(const Step& step) {
  std::vector<const Target*> targets;
  const auto* ask = std::get_if<Ask>(&step.verb);
  for (const auto& exit : exits(step)) {
    const bool by_reply = exit.kind == Kind::reply || (ask != nullptr && exit.kind != Kind::silent && !passed_unasked(*ask, exit.kind));
    if (!by_reply) targets.push_back(exit.to);
  }
  return targets;
}

std::vector<const Target*> ways_in_silence(const Step& step) {
  const auto* run = std::get_if<Run>(&step.verb);
  if (run == nullptr) return ways_without_reply(step);
  std::vector<const Target*> targets;
  for (const auto& failure : run->failed) targets.push_back(&failure.to);
  return targets;
}

std::vector<StepIndex> steps_among(const std::vector<const Target*>& targets) {
  std::vector<StepIndex> steps;
  for (const auto* target : targets) {
    if (const auto* step = std::get_if<StepIndex>(target)) steps.push_back(*step);
  }
  return steps;
}

}  // namespace answerback::flows
