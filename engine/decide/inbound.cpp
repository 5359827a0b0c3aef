// A text from a contact: consent words first, then the conversation, then what could start one.
#include <algorithm>

#include "engine/decide/handlers.hpp"
#include "engine/decide/notices.hpp"
#include "engine/decide/pace.hpp"
#include "engine/decide/script.hpp"
#include "engine/incoming/incoming.hpp"
#include "engine/keywords.hpp"
#include "flows/phone/region.hpp"
#include "flows/text/letter_case.hpp"

namespace answerback::engine {

namespace {

std::string primary_language(std::string_view tag) { return flows::to_lower_ascii(flows::primary_language(tag)); }

std::string_view field_language(const Turn& turn) {
  const auto* field = flows::find(turn.contact.fields, "language");
  const auto* named = field != nullptr ? std::get_if<std::string>(field) : nullptr;
  return named != nullptr ? std::string_view(*named) : std::string_view();
}

// The tag of what is spoken with the contact now, or was last; "" = nobody knows.
std::string_view spoken_language(const Turn& turn, const flows::Flow* flow) {
  if (turn.conversation && !turn.conversation->language.empty()) return turn.conversation->language;
  if (flow && flow->languages.size() < 2) return flow->language;
  if (const auto theirs = field_language(turn); !theirs.empty()) return theirs;
  return flow ? flow->language : turn.contact.spoken;
}

// The languages that the contact has chosen or is asked in: with them an everyday word is heard as a wish to stop more readily.
// Valid as long as the turn's conversation is.
std::vector<std::string_view> own_languages(const Turn& turn) {
  const auto flow = turn.running_flow();
  std::vector<std::string_view> own;
  own.reserve(3 + (flow ? flow->languages.size() : 0) + turn.flows.languages().size());  // what context_of() adds included
  own.push_back(spoken_language(turn, flow.get()));
  own.push_back(field_language(turn));
  own.push_back(turn.contact.spoken);
  if (flow) own.insert(own.end(), flow->languages.begin(), flow->languages.end());
  return own;
}

// The words of every language count that any text of ours may have reached the contact in.
KeywordContext context_of(const Turn& turn, const Inbound& inbound) {
  KeywordContext context;
  context.opted_out = turn.contact.consent == Consent::opted_out;
  context.start_counts = context.opted_out || (turn.contact.consent != Consent::opted_in && !turn.conversation);
  context.also = own_languages(turn);
  context.language.clear();  // all are among `also`
  const auto& published = turn.flows.languages();
  context.also.insert(context.also.end(), published.begin(), published.end());
  const bool late = inbound.written_at && *inbound.written_at <= turn.contact.consent_at;
  context.invited = context.opted_out && !late && turn.now < turn.contact.yes_until;
  return context;
}

// An everyday word ("alto") is no wish to stop where it answers what is open.
bool is_answer(Turn& turn, const Inbound& inbound, const Incoming& said, const Keyword& keyword) {
  if (!keyword.ordinary || !turn.conversation) return false;
  const auto own = own_languages(turn);
  const auto is_it = [&](std::string_view tag) { return primary_language(tag) == keyword.language; };
  return Script(turn).would_take(inbound, said.text, keyword.word, std::any_of(own.begin(), own.end(), is_it));
}

// A word of another language than English tells what its writer reads; else what is spoken with them.
std::string answer_language(const Turn& turn, const Keyword& keyword) {
  auto spoken = primary_language(spoken_language(turn, turn.running_flow().get()));
  return keyword.language != "en" || spoken.empty() ? keyword.language : spoken;
}

const std::string& wording_of(const Sender& sender, Notice what) {
  switch (what) {
    case Notice::opted_out: return sender.opt_out_text;
    case Notice::opted_in: return sender.opt_in_text;
    case Notice::help: return sender.help_text;
  }
  return sender.help_text;
}

Message& send_notice(Turn& turn, const Inbound& inbound, Notice what, const Keyword& keyword) {
  const auto number = turn.conversation ? turn.conversation->sender : inbound.to;
  const auto* sender = turn.sender(number);
  const auto flow = turn.running_flow();
  auto text = sender != nullptr ? wording_of(*sender, what) : std::string();
  if (text.empty()) text = notice(what, turn.brand(flow.get(), number), answer_language(turn, keyword));
  return turn.send_notice(std::move(text), inbound.to, what != Notice::opted_in);
}

LedgerRow row_of(const Keyword& keyword, const Inbound& inbound, MessageId message) {
  LedgerRow row;
  row.source = keyword.phrase ? ConsentSource::phrase : ConsentSource::keyword;
  row.keyword = keyword.word;
  row.text = inbound.text;
  row.message = message;
  return row;
}

constexpr std::chrono::hours yes_counts_for{24};  // after our confirmation; whoever comes back later writes START

bool asks_something(const Turn& turn) {
  return turn.conversation && turn.conversation->open && turn.conversation->open->awaited != Awaited::pause &&
         turn.conversation->open->awaited != Awaited::call;
}

void stop(Turn& turn, const Inbound& inbound, const Keyword& keyword) {
  const auto message = turn.file(inbound);
  const bool asked = asks_something(turn);
  const bool changed = turn.change_consent(ConsentSignal::stop, row_of(keyword, inbound, message), inbound.written_at);
  if (changed && turn.settings.confirm_opt_out && !inbound.carrier_replied) {
    // One confirmation, presumed fine within five minutes (47 CFR 64.1200(a)(12)); later it is dropped.
    send_notice(turn, inbound, Notice::opted_out, keyword).expires_at = inbound.received_at + turn.settings.confirmation_ttl;
  }
  // A YES that was on its way to an open question must not pass for an answer to the confirmation.
  if (changed && !asked) turn.contact.yes_until = turn.now + yes_counts_for;
  turn.end_if_running(discarded(reasons::opted_out));
}

// HELP answers anyone, also who has opted out (CTIA), and leaves the conversation as it is.
void help(Turn& turn, const Inbound& inbound, const Keyword& keyword) {
  turn.file(inbound);
  if (!inbound.carrier_replied) send_notice(turn, inbound, Notice::help, keyword);
}

// Is this START a wish to get texts, rather than a reply or a flow's own keyword?
bool asks_to_opt_in(const Turn& turn, const Incoming& said) {
  switch (turn.contact.consent) {
    case Consent::opted_out: return true;
    case Consent::opted_in: return false;
    case Consent::unknown:
    case Consent::pending: return !turn.conversation && !turn.flows.by_keyword(said.text, said.words);
  }
  return false;
}

// A START that was written before the STOP, or in the same instant, is a late one: in doubt the opt-out stands.
bool was_written_before_stop(const Turn& turn, const Inbound& inbound) {
  return turn.contact.consent == Consent::opted_out && inbound.written_at && *inbound.written_at <= turn.contact.consent_at;
}

void opt_in(Turn& turn, const Inbound& inbound, const Keyword& keyword) {
  const auto message = turn.file(inbound);
  if (was_written_before_stop(turn, inbound)) return;
  turn.change_consent(ConsentSignal::start, row_of(keyword, inbound, message), inbound.written_at);
  if (!inbound.carrier_replied) send_notice(turn, inbound, Notice::opted_in, keyword);
}

void begin(Turn& turn, const Inbound& inbound, const Published& published, Trigger trigger, std::string_view language = {}) {
  turn.begin(published, std::move(trigger), inbound.to, std::nullopt, language);
  turn.file(inbound);
  Script(turn).start();
}

// Texting a flow's keyword is asking for its texts.
void begin_by_keyword(Turn& turn, const Inbound& inbound, const FlowBook::Match& match) {
  turn.end_if_running(discarded(reasons::superseded));
  LedgerRow row;
  row.source = ConsentSource::keyword;
  row.keyword = match.keyword;
  row.text = inbound.text;
  const auto origin = turn.before.origin;
  row.message = MessageId{turn.contact.key, number_of(origin, turn.contact.conversations + 1), number_of(origin, 1)};
  turn.change_consent(ConsentSignal::trigger, std::move(row), inbound.written_at);
  begin(turn, inbound, *match.published, {Trigger::Kind::keyword, match.keyword}, match.language);
}

void converse(Turn& turn, const Inbound& inbound, const Incoming& said) {
  const auto match = turn.flows.by_keyword(said.text, said.words);
  if (turn.conversation && !(match && match->published->flow->triggers.interrupts)) {
    turn.file(inbound);
    return Script(turn).reply(inbound, said.text);
  }
  if (match) return begin_by_keyword(turn, inbound, *match);
  if (const auto* published = turn.flows.catch_all()) return begin(turn, inbound, *published, {Trigger::Kind::any, ""});
  turn.file(inbound);
}

// Files a text that comes after too many. The first one says so: it ends the conversation, or one that it would have begun.
void say_no_more(Turn& turn, const Inbound& inbound, const Incoming& said) {
  const bool is_first = fall_silent(turn.contact.pace, turn.settings.max_answers_per_hour, turn.now);
  const Ending too_many{Outcome::bailed, std::string(reasons::too_many_messages)};
  if (!turn.conversation && is_first && turn.contact.consent != Consent::opted_out) {
    const auto match = turn.flows.by_keyword(said.text, said.words);
    const auto* published = match ? match->published : turn.flows.catch_all();
    const Trigger trigger = match ? Trigger{Trigger::Kind::keyword, match->keyword} : Trigger{Trigger::Kind::any, ""};
    if (published != nullptr) turn.begin(*published, trigger, inbound.to, std::nullopt, match ? match->language : std::string_view());
  }
  turn.file(inbound);
  turn.end_if_running(too_many);
}

bool has_answered(const Turn& turn) {
  const auto& messages = turn.decision.messages;
  return std::any_of(messages.begin(), messages.end(), [](const Message& message) { return message.direction == Direction::out; });
}

// Nobody wrote anything; but who likes or dislikes a yes or no question has answered it.
void react(Turn& turn, const Inbound& inbound, const Reaction& reaction) {
  turn.file(inbound);
  if (!turn.conversation || turn.contact.consent == Consent::opted_out) return;
  Script script(turn);
  if (const auto word = script.meant_by(reaction); !word.empty()) script.reply(inbound, word);
}

// What a phone or an office sends by itself answers nothing and is not answered.
bool is_machine(Turn& turn, const Incoming& incoming) {
  switch (incoming.kind) {
    case Incoming::Kind::automatic: return true;
    case Incoming::Kind::perhaps_automatic: return !turn.conversation || !Script(turn).is_choice(incoming.text);
    case Incoming::Kind::reply:
    case Incoming::Kind::reaction: return false;
  }
  return false;
}

// No machine wrote it, and no reaction it is.
void listen(Turn& turn, const Inbound& inbound, const Incoming& said, const Keyword& keyword) {
  if (keyword.what == KeywordClass::start && asks_to_opt_in(turn, said)) return opt_in(turn, inbound, keyword);
  if (is_too_lively(turn.contact.pace, said.words, turn.settings.max_answers_per_hour, turn.now)) return say_no_more(turn, inbound, said);
  if (keyword.what == KeywordClass::help) return help(turn, inbound, keyword);
  // No other text ends an opt-out, whatever it says.
  if (turn.contact.consent == Consent::opted_out) {
    turn.file(inbound);
    return;
  }
  converse(turn, inbound, said);
}

}  // namespace

void handle(Turn& turn, const Inbound& inbound) {
  turn.admit_contact();
  turn.reached = turn.our_number(inbound.to);
  const auto incoming = read_incoming(inbound.text);
  if (incoming.reaction && (!turn.conversation || Script(turn).is_ours(*incoming.reaction))) return react(turn, inbound, *incoming.reaction);
  const auto keyword = classify(incoming.text, context_of(turn, inbound), incoming.words);
  if (keyword.what == KeywordClass::stop && !is_answer(turn, inbound, incoming, keyword)) return stop(turn, inbound, keyword);
  if (is_machine(turn, incoming)) {
    turn.file(inbound);
    return;
  }
  listen(turn, inbound, incoming, keyword);
  if (has_answered(turn)) note_answer(turn.contact.pace, incoming.words, turn.now);
}

void salvage(Turn& turn, const Inbound& inbound) {
  const auto keyword = classify(read_incoming(inbound.text).text, context_of(turn, inbound));
  const auto message = turn.file(inbound);
  if (keyword.what == KeywordClass::stop) turn.change_consent(ConsentSignal::stop, row_of(keyword, inbound, message), inbound.written_at);
}

}  // namespace answerback::engine
