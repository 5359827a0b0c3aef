#include "engine/decide/script.hpp"

#include <algorithm>

#include "engine/decide/phrases.hpp"
#include "flows/understand.hpp"

namespace answerback::engine {

namespace {

// Carriers take no longer texts (1,600 characters), and a flow that writes its own variables into each other must not grow
// without end.
constexpr std::size_t max_text_characters = 1'600;

void cut(std::string& text) {
  std::size_t characters = 0;
  const auto end = std::find_if(text.begin(), text.end(), [&](char byte) {
    const bool begins_character = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    return begins_character && ++characters > max_text_characters;
  });
  text.erase(end, text.end());
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

const flows::Target& error_target() {
  static const flows::Target target = flow_error();
  return target;
}

}  // namespace

Script::Script(Turn& turn)
    : turn_(turn),
      flow_(turn.running_flow()),
      phone_(turn.contact.phone),
      brand_(turn.brand(flow_.get(), turn.conversation->sender)) {}

void Script::start() { go(flow_ ? nullptr : &error_target()); }

void Script::reply(const std::string& text) {
  if (!take_turn()) return;
  const auto* ask = open_question();
  if (ask == nullptr) return go(&error_target());
  turn_.signal(LifeSignal::reply);
  read(*ask, text);
}

void Script::silence() {
  if (!take_turn()) return;
  const auto* ask = open_question();
  if (ask == nullptr) return go(&error_target());
  turn_.signal(LifeSignal::silence);
  auto& open = *turn_.conversation->open;
  const auto silent_for = turn_.now - open.asked_at;
  if (silent_for >= ask->silent.after) return go(&ask->silent.then);
  // One that is late fires once: of several reminders that are past due only the last is still true.
  const auto& reminders = ask->silent.remind;
  const auto not_due = std::find_if(reminders.begin(), reminders.end(), [&](const auto& one) { return one.after > silent_for; });
  const auto due = static_cast<std::uint32_t>(not_due - reminders.begin());
  if (due > open.reminded) {
    open.reminded = due;
    say(wording(reminders[due - 1].say));
  }
  turn_.signal(LifeSignal::ask);
  set_due(*ask);
}

// Counts the stimulus; false when the conversation has had its share of them and was ended.
bool Script::take_turn() {
  ++turn_.conversation->turn;
  if (turn_.conversation->turn <= turn_.settings.max_turns) return true;
  turn_.end(flow_error());
  return false;
}

const flows::Ask* Script::open_question() const {
  const auto& conversation = *turn_.conversation;
  if (!flow_ || !conversation.open || conversation.life != Life::waiting) return nullptr;
  const auto index = flow_->find(conversation.step);
  return index ? std::get_if<flows::Ask>(&flow_->steps[*index].verb) : nullptr;
}

// From `target` on, or from the flow's start, until a question waits or the conversation ends.
void Script::go(const flows::Target* target) {
  turn_.conversation->open.reset();
  turn_.conversation->due_at.reset();
  flows::StepIndex index = flow_ ? flow_->start : 0;
  for (std::uint32_t steps = 0;; ++steps) {
    if (target != nullptr) {
      if (const auto* ending = std::get_if<Ending>(target)) return turn_.end(*ending);
      index = std::get<flows::StepIndex>(*target);
    }
    if (steps == turn_.settings.max_steps_per_turn || index >= flow_->steps.size()) return turn_.end(flow_error());
    const auto& step = flow_->steps[index];
    turn_.decision.passed.push_back(step.name);
    if (const auto* end = std::get_if<flows::End>(&step.verb)) return turn_.end(end->ending);
    target = run(step);
    if (target == nullptr) return;
  }
}

const flows::Target* Script::run(const flows::Step& step) {
  if (const auto* ask = std::get_if<flows::Ask>(&step.verb)) {
    put(step, *ask);
    return nullptr;
  }
  if (const auto* set = std::get_if<flows::Set>(&step.verb)) {
    assign_all(*set);
    return choose(set->next);
  }
  if (const auto* spoken = std::get_if<flows::Say>(&step.verb)) {
    say(wording(spoken->text));
    return choose(spoken->next);
  }
  return choose(std::get<flows::Route>(step.verb).next);
}

const flows::Target* Script::choose(const flows::Branches& branches) const {
  const auto found = std::find_if(branches.begin(), branches.end(), [this](const flows::Branch& branch) {
    return flows::always(branch.when) || flows::holds(branch.when, lookup());
  });
  return found == branches.end() ? &error_target() : &found->to;
}

void Script::assign_all(const flows::Set& set) {
  for (const auto& assignment : set.assignments) {
    auto& values = assignment.to.root == flows::Path::Root::contact ? turn_.contact.fields : turn_.conversation->vars;
    const auto* fixed = std::get_if<flows::Value>(&assignment.value);
    auto value = fixed != nullptr ? *fixed : flows::Value(text(std::get<flows::Text>(assignment.value)));
    flows::assign(values, assignment.to.name, std::move(value));
  }
}

void Script::put(const flows::Step& step, const flows::Ask& ask) {
  auto question = wording(ask.question);
  turn_.conversation->step = step.name;
  turn_.conversation->open = OpenQuestion{question, turn_.now, turn_.now, 0, 0};
  say(std::move(question));
  turn_.signal(LifeSignal::ask);
  set_due(ask);
}

void Script::read(const flows::Ask& ask, const std::string& text) {
  const Phrases phrases(*flow_, text);
  if (const auto* target = phrases.whole()) return go(target);
  auto understood = flows::understand(ask.expect, text, reply_context());
  if (understood.value) return take_answer(ask, text, std::move(*understood.value));
  if (const auto* target = phrases.contained()) return go(target);
  unclear(ask);
}

flows::ReplyContext Script::reply_context() const {
  const auto& clock = turn_.clock();
  const auto local = clock.local(turn_.now);
  return {std::chrono::sys_days(flows::day_of(local).time_since_epoch()), flow_->language, flows::time_of_day(local), &clock};
}

void Script::take_answer(const flows::Ask& ask, const std::string& text, flows::Value value) {
  auto& conversation = *turn_.conversation;
  const auto& open = *conversation.open;
  conversation.interactions.push_back(
      {conversation.step, ask.answer, open.question, text, value, open.attempts + 1, open.first_asked_at, turn_.now});
  flows::assign(conversation.answers, ask.answer, std::move(value));
  go(choose(ask.next));
}

void Script::unclear(const flows::Ask& ask) {
  auto& open = *turn_.conversation->open;
  if (++open.attempts > ask.unclear.times) return go(&ask.unclear.then);
  open.asked_at = turn_.now;
  open.reminded = 0;
  say(wording(ask.unclear.say ? *ask.unclear.say : ask.question));
  turn_.signal(LifeSignal::ask);
  set_due(ask);
}

void Script::set_due(const flows::Ask& ask) {
  const auto& open = *turn_.conversation->open;
  const auto& reminders = ask.silent.remind;
  turn_.conversation->due_at = open.asked_at + (open.reminded < reminders.size() ? reminders[open.reminded].after : ask.silent.after);
}

std::string Script::text(const flows::Text& text) const {
  auto rendered = flows::render(text, lookup());
  cut(rendered);
  return rendered;
}

// In the conversation's language.
std::string Script::wording(const flows::Wording& wording) const { return text(wording.in(turn_.conversation->language)); }

// A text whose placeholders were all empty is no message: carriers refuse empty ones.
void Script::say(std::string text) {
  if (!is_blank(text)) turn_.send(std::move(text));
}

const flows::Value* Script::value(const flows::Path& path) const {
  switch (path.root) {
    case flows::Path::Root::contact: return path.name == "phone" ? &phone_ : flows::find(turn_.contact.fields, path.name);
    case flows::Path::Root::answers: return flows::find(turn_.conversation->answers, path.name);
    case flows::Path::Root::vars: return flows::find(turn_.conversation->vars, path.name);
    case flows::Path::Root::sender: return &brand_;
  }
  return nullptr;
}

flows::Lookup Script::lookup() const {
  return [this](const flows::Path& path) { return value(path); };
}

}  // namespace answerback::engine
