// What may be said at any time: ways out of the pending question, detours that come back to it, and steps back.
#include "engine/decide/script.hpp"

namespace answerback::engine {

// The innermost flow that listens for what was said is heard. Nothing: no flow does.
std::optional<Script::Next> Script::interrupted(bool whole_reply) {
  const auto& conversation = *turn_.conversation;
  for (auto level = conversation.inside.size() + 1; level-- > 0;) {
    const auto flow = level == 0 ? turn_.running_flow() : turn_.flows.at(conversation.inside[level - 1].flow, conversation.inside[level - 1].revision);
    if (!flow) continue;
    const Phrases phrases(*flow, said_, scope_.language());
    const auto entry = whole_reply ? phrases.whole() : phrases.contained();
    if (!entry) continue;
    const auto* phrase = phrases.said_of(*entry);
    if (phrase != nullptr) speak(phrase->language);
    if (phrase != nullptr && flow->anytime[*entry].kind == flows::Anytime::Kind::go) turn_.conversation->phrase = phrase->written;
    return interrupt(level, *entry);
  }
  return std::nullopt;
}

// By an entry of the flow that runs at this depth, 0 being the conversation's own.
Script::Next Script::interrupt(std::size_t level, std::size_t entry) {
  const auto exit = static_cast<flows::ExitNumber>(flows::exit_anytime + entry);
  const auto& inside = turn_.conversation->inside;
  const auto flow = level == 0 ? turn_.running_flow() : turn_.flows.at(inside[level - 1].flow, inside[level - 1].revision);
  const auto& anytime = flow->anytime[entry];
  switch (anytime.kind) {
    case flows::Anytime::Kind::resume: return resume(anytime);
    case flows::Anytime::Kind::correct: return go_back(anytime, exit);
    case flows::Anytime::Kind::go: break;
  }
  while (turn_.conversation->inside.size() > level) {
    if (!leave_subflow()) return fail("the step that ran the inner flow is not there any more");
  }
  return Move{anytime.to, exit};
}

// Answers, and puts what was pending once more: the question itself, the value that was read back, or the pause that goes on.
Script::Next Script::resume(const flows::Anytime& entry) {
  if (entry.say) say(scope_.wording(*entry.say));
  const auto* ask = std::get_if<flows::Ask>(&step().verb);
  if (ask == nullptr) {
    wait();
    return std::nullopt;
  }
  return put_again(*ask, ask->question);
}

// The last answer of the innermost flow is taken back and its question put again; with none, or while a value is still being
// settled, it is the pending question that is put again.
Script::Next Script::go_back(const flows::Anytime& entry, flows::ExitNumber exit) {
  auto& conversation = *turn_.conversation;
  if (entry.say) say(scope_.wording(*entry.say));
  const auto* ask = std::get_if<flows::Ask>(&step().verb);
  const bool settling = ask != nullptr && conversation.open->awaited != Awaited::reply;
  const auto& prefix = scope_.prefix();
  const bool has_answer = !conversation.interactions.empty() && conversation.interactions.back().step.starts_with(prefix);
  const auto last = has_answer ? scope_.flow()->find(conversation.interactions.back().step.substr(prefix.size())) : std::nullopt;
  const bool was_asked = last && flows::is_question(scope_.flow()->steps[*last]);  // and not heard during a pause
  if (!settling && was_asked) {
    std::erase_if(conversation.answers, [&](const auto& one) { return one.first == conversation.interactions.back().answer; });
    conversation.interactions.pop_back();
    return Move{*last, exit};
  }
  if (ask == nullptr) {
    wait();
    return std::nullopt;
  }
  conversation.open->awaited = Awaited::reply;
  return ask_again(*ask, scope_.wording(ask->question));
}

}  // namespace answerback::engine
