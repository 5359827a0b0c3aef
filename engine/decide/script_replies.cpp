#include <algorithm>

#include "engine/country.hpp"
#include "engine/decide/look_ahead.hpp"
#include "engine/decide/sayings.hpp"
#include "engine/decide/script.hpp"
#include "engine/decide/skip_words.hpp"
#include "flows/listed_choices.hpp"
#include "flows/text/text.hpp"

namespace answerback::engine {

namespace {

// Kinds that take nearly any words: with them a "no" before a correction can't be told from a value.
bool takes_anything(const flows::Expect& expect) {
  return std::holds_alternative<flows::ExpectText>(expect) || std::holds_alternative<flows::ExpectName>(expect) ||
         std::holds_alternative<flows::ExpectYesNo>(expect);
}

flows::ExpectChoice choice_among(const flows::Values& offered) {
  flows::ExpectChoice choice;
  for (const auto& one : offered) choice.choices.push_back({one.first, {}});
  return choice;
}

// What a choice was called when it was offered; "" of anything else.
std::string shown_for(const flows::Value& value, const flows::Expect& expect, std::string_view language) {
  return std::holds_alternative<flows::ExpectChoice>(expect) ? spoken(value, expect, language) : std::string();
}

// For who takes over; the whole of it stands in the transcript.
constexpr std::size_t max_misunderstood = 5;  // the newest, of one question
constexpr std::size_t max_kept_reply = 500;   // bytes

void note_misunderstood(OpenQuestion& open, Misunderstood reply) {
  if (open.not_understood.size() == max_misunderstood) open.not_understood.erase(open.not_understood.begin());
  open.not_understood.push_back(std::move(reply));
}

std::vector<std::string> names_of(const flows::Values& values) {
  std::vector<std::string> names;
  for (const auto& one : values) names.push_back(one.first);
  return names;
}

}  // namespace

Script::Next Script::hear(const flows::Step& waiting) {
  if (auto interruption = interrupted(true)) return *interruption;
  const auto* ask = std::get_if<flows::Ask>(&waiting.verb);
  if (ask == nullptr) return meanwhile(waiting);
  if (change_language()) return ask_again(*ask, scope_.wording(ask->question));
  if (ask->optional && wants_to_skip(*ask)) return skip(*ask);
  switch (turn_.conversation->open->awaited) {
    case Awaited::confirmation: return read_confirmation(*ask);
    case Awaited::pick: return read_pick(*ask);
    case Awaited::reply:
    case Awaited::pause:
    case Awaited::call: return read(*ask);
  }
  return fail("it waited for nothing that there is");
}

// A text that comes during a pause or a call. It may have a way of its own; else it is kept, and the waiting goes on.
Script::Next Script::meanwhile(const flows::Step& waiting) {
  const auto* pausing = std::get_if<flows::Wait>(&waiting.verb);
  if (pausing != nullptr && pausing->reply) {
    if (auto next = answer_pause(*pausing)) return next;
  }
  if (auto interruption = interrupted(false)) return *interruption;
  wait();
  return std::nullopt;
}

// Nothing: what was said is no answer to what the pause listens for.
Script::Next Script::answer_pause(const flows::Wait& pausing) {
  const auto& listening = *pausing.reply;
  const auto first = flows::exit_number(step(), flows::Exit::Kind::reply);
  if (listening.answer.empty()) return choose(listening.next, first);
  auto understood = understand(accepted(listening.expect));
  if (!understood.value) return std::nullopt;
  keep(listening.answer, accepted(listening.expect), std::move(*understood.value), heard_->text, understood.sure && understood.others.empty());
  return choose(listening.next, first);
}

Script::Next Script::read(const flows::Ask& ask) {
  auto understood = understand(accepted(ask.expect));
  if (!understood.value) return interrupt_or_unclear(ask);
  return take(ask, std::move(understood), heard_->text);
}

Script::Next Script::take(const flows::Ask& ask, flows::Understood understood, std::string reply) {
  if (!understood.sure && !understood.others.empty()) return offer_back(ask, understood);
  if (scope_.flow()->eager) look_ahead(understood.span);
  if (ask.confirm) return read_value_back(ask, *understood.value, std::move(reply));
  return accept(ask, std::move(*understood.value), std::move(reply), understood.sure);
}

// What was asked and answered, under the answer's name. A value that is not set is that of a question that was skipped.
void Script::keep(const std::string& answer, const flows::Expect& expect, flows::Value value, std::string reply, bool sure) {
  auto& conversation = *turn_.conversation;
  const auto open = std::move(*conversation.open);
  conversation.open.reset();
  auto name = scope_.name(step().name);
  if (conversation.left && conversation.left->step == name) conversation.left.reset();
  conversation.interactions.push_back({std::move(name), scope_.name(answer), open.question, std::move(reply), value, open.attempts + 1,
                                       open.first_asked_at, turn_.now, sure, shown_for(value, expect, scope_.language())});
  scope_.set_answer(answer, std::move(value));
}

Script::Next Script::accept(const flows::Ask& ask, flows::Value value, std::string reply, bool sure) {
  keep(ask.answer, accepted(ask.expect), std::move(value), std::move(reply), sure);
  return choose(ask.next);
}

// The whole reply asks for it. Where "skip" is one of the choices it is an answer.
bool Script::wants_to_skip(const flows::Ask& ask) {
  const bool wished = is_skip(flows::fold_phrase(said_), ask.optional->phrases);
  if (!wished || !std::holds_alternative<flows::ExpectChoice>(ask.expect)) return wished;
  const auto chosen = understand(accepted(ask.expect));
  return !chosen.value || !chosen.sure;
}

Script::Next Script::skip(const flows::Ask& ask) {
  const auto name = scope_.name(ask.answer);
  keep(ask.answer, flows::ExpectText{}, {}, heard_->text, true);
  std::erase_if(turn_.conversation->answers, [&](const auto& one) { return one.first == name; });
  return choose(ask.next);
}

Script::Next Script::read_value_back(const flows::Ask& ask, const flows::Value& value, std::string reply) {
  auto& open = *turn_.conversation->open;
  open.awaited = Awaited::confirmation;
  open.offered = {{spoken_in_full(value, accepted(ask.expect), scope_.language()), value}};
  open.reply = std::move(reply);
  return ask_again(ask, read_back(open.offered.front().first, scope_.language()));
}

Script::Next Script::offer_back(const flows::Ask& ask, const flows::Understood& understood) {
  auto& open = *turn_.conversation->open;
  open.awaited = Awaited::pick;
  open.offered.clear();
  open.reply = heard_->text;
  const auto add = [&](const flows::Value& value) { flows::assign(open.offered, spoken(value, accepted(ask.expect), scope_.language()), value); };
  add(*understood.value);
  for (const auto& other : understood.others) add(other);
  return ask_again(ask, offer(names_of(open.offered), scope_.language()));
}

Script::Next Script::read_confirmation(const flows::Ask& ask) {
  auto& open = *turn_.conversation->open;
  const auto offered = open.offered.front().second;
  // "No, at four" corrects at once.
  auto corrected = takes_anything(ask.expect) ? flows::Understood{} : understand(accepted(ask.expect));
  if (corrected.value && corrected.sure && *corrected.value != offered) {
    ++open.attempts;
    return read_value_back(ask, *corrected.value, heard_->text);
  }
  const auto yes = understand(flows::ExpectYesNo{});
  if (!yes.value) return interrupt_or_unclear(ask);
  if (std::get<bool>(*yes.value)) return accept(ask, offered, std::move(open.reply));
  open.awaited = Awaited::reply;
  return unclear(ask, flows::Refusal::rejected);
}

Script::Next Script::read_pick(const flows::Ask& ask) {
  auto& open = *turn_.conversation->open;
  const auto picked = understand(choice_among(open.offered));
  if (picked.value) {
    const auto value = *flows::find(open.offered, std::get<std::string>(*picked.value));
    if (ask.confirm) return read_value_back(ask, value, std::move(open.reply));
    return accept(ask, value, std::move(open.reply));
  }
  auto anew = understand(accepted(ask.expect));
  if (!anew.value || !anew.others.empty()) return interrupt_or_unclear(ask);
  return take(ask, std::move(anew), heard_->text);
}

Script::Next Script::interrupt_or_unclear(const flows::Ask& ask) {
  if (auto interruption = interrupted(false)) return *interruption;
  if (turn_.conversation->open->awaited != Awaited::reply) return unclear(ask, flows::Refusal::not_understood);
  return unclear(ask, flows::why_refused(accepted(ask.expect), said_, reply_context(scope_.language())));
}

// What was read back or offered once more, or a question in these words.
std::string Script::pending_text(const flows::Ask&, const flows::Wording& question) {
  const auto& open = *turn_.conversation->open;
  if (open.awaited == Awaited::confirmation) return read_back(open.offered.front().first, scope_.language());
  if (open.awaited == Awaited::pick) return offer(names_of(open.offered), scope_.language());
  return scope_.wording(question);
}

Script::Next Script::put_again(const flows::Ask& ask, const flows::Wording& question) { return ask_again(ask, pending_text(ask, question)); }

// One more reply that did not help.
Script::Next Script::unclear(const flows::Ask& ask, flows::Refusal cause) {
  auto& open = *turn_.conversation->open;
  note_misunderstood(open, {std::string(flows::clipped(heard_->text, max_kept_reply)), std::string(flows::to_string(cause)), turn_.now});
  if (++open.attempts > ask.unclear.times) return Move{ask.unclear.then, flows::exit_number(step(), flows::Exit::Kind::unclear)};
  const auto* retort = ask.unclear.said_to(cause, open.attempts);
  return put_again(ask, retort != nullptr ? *retort : ask.question);
}

// The choices that come from a list are those that it holds now.
const flows::Expect& Script::accepted(const flows::Expect& expect) {
  if (!flows::is_listed(expect)) return expect;
  listed_ = flows::listed_choices(std::get<flows::ExpectChoice>(expect), scope_.lookup());
  return listed_;
}

flows::Understood Script::understand(const flows::Expect& expect) {
  auto understood = flows::understand(expect, said_, reply_context(scope_.language()));
  if (understood.value) return understood;
  for (const auto& language : scope_.flow()->languages) {
    if (language == scope_.language()) continue;
    auto other = flows::understand(expect, said_, reply_context(language));
    if (!other.value || !other.sure) continue;
    speak(language);
    return other;
  }
  return understood;
}

flows::ReplyContext Script::reply_context(std::string language) const {
  const auto& clock = turn_.clock();
  const auto local = clock.local(turn_.now);
  return {std::chrono::sys_days(flows::day_of(local).time_since_epoch()), std::move(language), flows::time_of_day(local), &clock, heard_ != nullptr ? std::span(heard_->media) : std::span<const std::string>(),
          turn_.contact.phone, country_of(turn_.contact)};
}

// Keeps what the rest of an eager flow's reply says about questions that are still to come.
void Script::look_ahead(flows::Span used) {
  auto& conversation = *turn_.conversation;
  const auto context = reply_context(scope_.language());
  const auto is_known = [&](const flows::Step& later, const flows::Ask& ask) {
    const auto name = scope_.name(later.name);
    const auto is_it = [&](const Prefilled& one) { return one.step == name; };
    return flows::find(conversation.answers, scope_.name(ask.answer)) != nullptr ||
           std::any_of(conversation.prefilled.begin(), conversation.prefilled.end(), is_it);
  };
  for (auto& found : find_ahead(*scope_.flow(), at_, said_, used, context, is_known)) {
    conversation.prefilled.push_back({scope_.name(found.step), std::move(found.value), heard_->text, turn_.now});
  }
}

// Who answers in another of the flow's languages goes on in it.
void Script::speak(const std::string& language) {
  const auto& spoken_here = scope_.flow()->languages;
  if (language.empty() || language == scope_.language() || std::find(spoken_here.begin(), spoken_here.end(), language) == spoken_here.end()) return;
  turn_.conversation->language = language;
  turn_.remember_language();
}

bool Script::change_language() {
  if (scope_.flow()->languages.size() < 2) return false;
  const auto wanted = requested_language(said_);
  const auto spoken_here = wanted.empty() ? std::nullopt : scope_.flow()->speaks(wanted);
  if (!spoken_here || *spoken_here == scope_.language()) return false;
  turn_.conversation->language = *spoken_here;
  turn_.remember_language();
  return true;
}

}  // namespace answerback::engine
