#include "engine/decide/script.hpp"

#include <algorithm>

#include "engine/decide/sayings.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_trail = 1'000;
constexpr std::string_view gone = "the flow, or the step that it stood at, is not there any more";

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

}  // namespace

Script::Script(Turn& turn) : turn_(turn), scope_(turn) {
  const auto index = scope_.flow() ? scope_.flow()->find(turn.conversation->step) : std::nullopt;
  if (index) at_ = *index;
}

void Script::start() { go(scope_.flow() ? enter(scope_.flow()->start) : fail(gone)); }

void Script::reply(const Inbound& inbound, std::string_view said) {
  if (!take_turn()) return;
  heard_ = &inbound;
  said_ = said;
  const auto* waiting = waiting_step();
  if (waiting == nullptr) return go(fail(gone));
  turn_.signal(LifeSignal::reply);
  go(hear(*waiting));
}

void Script::due() {
  if (!take_turn()) return;
  const auto* waiting = waiting_step();
  if (waiting == nullptr) return go(fail(gone));
  turn_.signal(LifeSignal::silence);
  if (const auto* ask = std::get_if<flows::Ask>(&waiting->verb)) return go(silence(*ask));
  if (const auto* call = std::get_if<flows::Call>(&waiting->verb)) return go(Move{call->failed, flows::exit_number(*waiting, flows::Exit::Kind::failed)});
  go(choose(flows::next_of(*waiting)));
}

void Script::answered(const CallAnswered& answer) {
  if (!take_turn()) return;
  const auto* waiting = waiting_step();
  const auto* call = waiting != nullptr ? std::get_if<flows::Call>(&waiting->verb) : nullptr;
  if (call == nullptr) return go(fail(gone));
  turn_.signal(LifeSignal::silence);
  if (!answer.ok) return go(Move{call->failed, flows::exit_number(*waiting, flows::Exit::Kind::failed)});
  for (const auto& saved : call->save) {
    const auto* value = flows::find(answer.values, flows::to_string(saved.to));
    if (value != nullptr) scope_.set(saved.to, *value);
  }
  go(choose(call->next));
}

// Counts the stimulus; false when the conversation has had its share of them and was ended.
bool Script::take_turn() {
  ++turn_.conversation->turn;
  if (turn_.conversation->turn <= turn_.settings.max_turns) return true;
  fail("it took more turns than a conversation may");
  return false;
}

// The step at which the conversation waits; null when it says that it waits at none that there is.
const flows::Step* Script::waiting_step() const {
  const auto& conversation = *turn_.conversation;
  if (!scope_.flow() || !conversation.open || conversation.life != Life::waiting) return nullptr;
  const auto index = scope_.flow()->find(conversation.step);
  if (!index) return nullptr;
  const auto& step = scope_.flow()->steps[*index];
  return flows::is_question(step) || flows::is_pause(step) ? &step : nullptr;
}

// Until a step waits or the conversation has ended.
void Script::go(Next next) {
  if (!next) return;
  turn_.leave_question();
  turn_.conversation->open.reset();
  turn_.conversation->due_at.reset();
  while (next) next = follow(*next);
}

Script::Next Script::follow(const Move& move) {
  note(move.exit);
  if (const auto* ending = std::get_if<Ending>(&move.to)) return finish(*ending);
  return enter(std::get<flows::StepIndex>(move.to));
}

// Ends the innermost flow: a subflow that is completed goes on behind the step that ran it, one that is not may have a way of
// its own there; anything else ends the conversation.
Script::Next Script::finish(const Ending& ending) {
  while (!turn_.conversation->inside.empty()) {
    if (!leave_subflow()) return fail(gone);
    const auto& run = std::get<flows::Run>(step().verb);
    if (ending.outcome == Outcome::completed) return choose(run.next);
    if (auto next = after_failure(run, ending)) {
      turn_.detail = {};
      return next;
    }
    if (turn_.conversation->inside.empty()) note(flows::exit_end);
  }
  turn_.end(ending);
  return std::nullopt;
}

Script::Next Script::fail(std::string_view why) {
  turn_.detail = why;
  if (scope_.flow()) note(flows::exit_error);
  turn_.end(flow_error());
  return std::nullopt;
}

// The way that its step has for such an ending of another flow; nothing when it has none.
Script::Next Script::after_failure(const flows::Run& run, const Ending& ending) const {
  const auto found = std::find_if(run.failed.begin(), run.failed.end(), [&](const auto& one) { return one.fits(ending); });
  if (found == run.failed.end()) return std::nullopt;
  return Move{found->to, flows::exit_number(step(), flows::Exit::Kind::failed, static_cast<std::size_t>(found - run.failed.begin()))};
}

Script::Next Script::choose(const flows::Branches& branches, flows::ExitNumber first) const {
  const auto found = std::find_if(branches.begin(), branches.end(), [this](const flows::Branch& branch) {
    return flows::always(branch.when) || flows::holds(branch.when, scope_.lookup());
  });
  if (found == branches.end()) {
    turn_.detail = "no condition of its next steps held";
    return Move{flow_error(), flows::exit_error};
  }
  return Move{found->to, static_cast<flows::ExitNumber>(first + (found - branches.begin()))};
}

// The trail is of the conversation's own flow: a subflow is one step of it.
void Script::note(flows::ExitNumber exit) {
  auto& conversation = *turn_.conversation;
  if (!conversation.inside.empty()) return turn_.decision.inner_passages.push_back({conversation.inside.back().flow, {at_, exit}});
  if (conversation.trail.size() < max_trail) conversation.trail.push_back({at_, exit});
}

// A text whose placeholders were all empty is no message: carriers refuse empty ones.
void Script::say(std::string text) {
  if (is_blank(text)) return;
  if (!noted_.empty()) text = noted(noted_, scope_.language()) + " " + text;
  noted_.clear();
  turn_.send(std::move(text));
}

}  // namespace answerback::engine
