#include <algorithm>

#include "engine/decide/script.hpp"

namespace answerback::engine {

// Nobody has replied to the question: a reminder, or the end of waiting.
Script::Next Script::silence(const flows::Ask& ask) {
  auto& open = *turn_.conversation->open;
  const auto silent_for = turn_.now - open.asked_at;
  if (silent_for >= ask.silent.after) return Move{ask.silent.then, flows::exit_number(step(), flows::Exit::Kind::silent)};
  // One that is late fires once: of several reminders that are past due only the last is still true.
  const auto& reminders = ask.silent.remind;
  const auto not_due = std::find_if(reminders.begin(), reminders.end(), [&](const auto& one) { return one.after > silent_for; });
  const auto due = static_cast<std::uint32_t>(not_due - reminders.begin());
  if (due > open.reminded) {
    open.reminded = due;
    const auto& reminder = reminders[due - 1].say;
    say(reminder ? scope_.wording(*reminder) : pending_text(ask, ask.question));
  }
  wait();
  return std::nullopt;
}

void Script::wait() {
  turn_.signal(LifeSignal::ask);
  turn_.conversation->due_at = next_look();
}

Instant Script::next_look() const {
  const auto& open = *turn_.conversation->open;
  const auto* ask = std::get_if<flows::Ask>(&step().verb);
  if (ask == nullptr) return open.until;
  const auto& reminders = ask->silent.remind;
  return open.asked_at + (open.reminded < reminders.size() ? reminders[open.reminded].after : ask->silent.after);
}

}  // namespace answerback::engine
