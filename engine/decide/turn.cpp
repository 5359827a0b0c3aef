#include "engine/decide/turn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "flows/phone/region.hpp"

namespace answerback::engine {

namespace {

bool opts_out(ConsentSignal signal) {
  return signal == ConsentSignal::stop || signal == ConsentSignal::manual_out || signal == ConsentSignal::carrier_out;
}

LifeSignal signal_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return LifeSignal::complete;
    case Outcome::bailed: return LifeSignal::bail;
    case Outcome::discarded: return LifeSignal::discard;
  }
  throw std::logic_error("no such outcome");
}

Life life_after(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return Life::completed;
    case Outcome::bailed: return Life::bailed;
    case Outcome::discarded: return Life::discarded;
  }
  throw std::logic_error("no such outcome");
}

Event::Type event_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return Event::Type::conversation_completed;
    case Outcome::bailed: return Event::Type::conversation_bailed;
    case Outcome::discarded: return Event::Type::conversation_discarded;
  }
  throw std::logic_error("no such outcome");
}

bool about_contact(Event::Type type) { return type < Event::Type::conversation_started; }
bool is_about_conversation(Event::Type type) { return !about_contact(type) && type < Event::Type::message_received; }

bool asks(const OpenQuestion& open) { return open.awaited != Awaited::pause && open.awaited != Awaited::call; }

std::string whole_step(const Conversation& conversation) {
  return conversation.inside.empty() ? conversation.step : conversation.inside.back().prefix + conversation.step;
}

// Of one decision: there is room for them from the beginning, since moving them costs more than they do.
constexpr std::size_t usual_events = 3, usual_messages = 3;

bool tells_apart(const Contact& a, const Contact& b) {
  // The first language that is spoken with somebody changes nothing.
  const bool spoken = !a.spoken.empty() && a.spoken != b.spoken;
  return spoken || a.fields != b.fields || a.external_id != b.external_id || a.source != b.source;
}

}  // namespace

Turn::Turn(const Situation& situation, const FlowBook& book, const Settings& config, const EventWishes& wanted, Instant at)
    : before(situation),
      flows(book),
      settings(config),
      wishes(wanted),
      now(at),
      contact(situation.contact),
      conversation(situation.active) {}

void Turn::admit_contact() {
  admitted_ = true;
  if (!before.is_new) return;
  contact.created_at = now;
  created_ = decision.events.size();
  publish(Event::Type::contact_created);
}

void Turn::merge_fields(const Values& fields) {
  for (const auto& given : fields) {
    if (std::holds_alternative<std::monostate>(given.second)) {
      std::erase_if(contact.fields, [&](const auto& field) { return field.first == given.first; });
    } else {
      flows::assign(contact.fields, given.first, given.second);
    }
  }
}

void Turn::merge(const References& references) {
  // A field of that name is from before contacts had them.
  const auto take = [this](std::string& to, const std::optional<std::string>& given, std::string_view field) {
    if (!given) return;
    to = *given;
    std::erase_if(contact.fields, [&](const auto& one) { return one.first == field; });
  };
  take(contact.external_id, references.external_id, "external_id");
  take(contact.source, references.source, "source");
}

bool Turn::may_take(const References& references) {
  const bool is_taken = before.external_id_taken && references.external_id && *references.external_id != contact.external_id;
  if (is_taken) decision.refusal = Refusal::external_id_taken;
  return !is_taken;
}

MessageId Turn::next_message_id(Direction direction) {
  if (!conversation) return {contact.key, 0, number_of(before.origin, ++contact.loose_messages)};
  ++(direction == Direction::in ? conversation->messages_in : conversation->messages_out);
  return {contact.key, conversation->id.number, number_of(before.origin, conversation->messages())};
}

Message& Turn::new_message() {
  if (decision.messages.empty()) decision.messages.reserve(usual_messages);
  return decision.messages.emplace_back();
}

MessageId Turn::file(const Inbound& inbound) {
  auto& message = new_message();
  message.id = next_message_id(Direction::in);
  message.direction = Direction::in;
  message.at = inbound.received_at;
  message.from = contact.phone;
  message.to = our_number(inbound.to);
  message.text = inbound.text;
  message.media = inbound.media;
  message.status = MessageStatus::received;
  if (wishes.message_received) publish(Event::Type::message_received).message = message;
  return message.id;
}

Message& Turn::send(std::string text) {
  auto& message = send_notice(std::move(text), {}, false);
  message.campaign = conversation->campaign;
  return message;
}

Message& Turn::send_notice(std::string text, std::string_view from, bool exempt) {
  auto& message = new_message();
  message.id = next_message_id(Direction::out);
  message.direction = Direction::out;
  message.at = now;
  message.from = our_number(conversation ? std::string_view(conversation->sender) : from);
  message.to = contact.phone;
  message.text = std::move(text);
  message.status = MessageStatus::queued;
  message.exempt = exempt;
  return message;
}

Event& Turn::publish(Event::Type type) {
  ++contact.sequence;
  if (decision.events.empty()) decision.events.reserve(usual_events);
  auto& event = decision.events.emplace_back();
  event.type = type;
  event.id = {contact.key, contact.sequence, before.origin};
  event.at = now;
  event.contact = contact;
  if (conversation && !about_contact(type)) {
    event.campaign = conversation->campaign;
    if (is_about_conversation(type)) {
      event.conversation = conversation;
      describe(event, running_flow().get(), settings);
    } else {
      outline(*conversation, event.conversation);
    }
  }
  return event;
}

void Turn::begin(const Published& published, Trigger trigger, std::string sender_number, std::optional<CampaignKey> campaign,
                 std::string_view language) {
  conversation.emplace();
  conversation->id = {contact.key, number_of(before.origin, ++contact.conversations)};
  conversation->flow = published.flow->name;
  conversation->revision = published.revision;
  conversation->turn = 1;
  conversation->trigger = std::move(trigger);
  conversation->campaign = campaign;
  conversation->sender = std::move(sender_number);
  conversation->started_at = now;
  conversation->language = first_language(*published.flow, language);
  conversation->vars = published.flow->variables;
  contact.active = conversation->id.number;
  remember_language();
  signal(LifeSignal::begin);
  publish(Event::Type::conversation_started);
}

// The contact's own field first, then the keyword; "" where there is no choice.
std::string Turn::first_language(const flows::Flow& flow, std::string_view of_keyword) const {
  if (flow.languages.size() < 2) return {};
  const auto* field = flows::find(contact.fields, "language");
  const auto* theirs = field != nullptr ? std::get_if<std::string>(field) : nullptr;
  auto found = theirs != nullptr ? flow.speaks(*theirs) : std::nullopt;
  if (!found && !of_keyword.empty()) found = flow.speaks(of_keyword);
  return found.value_or(flow.language);
}

void Turn::remember_language() {
  const auto flow = conversation->language.empty() ? running_flow() : nullptr;
  contact.spoken = flows::primary_language(flow ? flow->language : conversation->language);
}

void Turn::signal(LifeSignal life_signal) {
  const auto step = advance(conversation->life, life_signal);
  if (!step.accepted) {
    throw std::logic_error(
        fmt::format("a conversation that is {} cannot take {}", to_string(conversation->life), to_string(life_signal)));
  }
  conversation->life = step.to;
}

void Turn::end(const Ending& ending) {
  signal(signal_of(ending.outcome));
  conversation->reason = ending.reason;
  conversation->ended_at = now;
  close(event_of(ending.outcome));
}

void Turn::put_down(const Ending& ending) {
  if (!conversation) return;
  if (conversation->is_over()) return close(std::nullopt);
  conversation->life = life_after(ending.outcome);
  conversation->reason = ending.reason;
  conversation->ended_at = now;
  close(event_of(ending.outcome));
}

void Turn::leave_question() {
  auto& open = conversation->open;
  if (open && asks(*open)) conversation->left = LeftQuestion{whole_step(*conversation), std::move(open->question), open->first_asked_at, std::move(open->not_understood)};
}

void Turn::close(std::optional<Event::Type> outcome) {
  leave_question();
  const auto step = whole_step(*conversation);
  conversation->step.clear();
  conversation->due_at.reset();
  conversation->open.reset();
  conversation->prefilled.clear();
  conversation->inside.clear();
  contact.active = 0;
  if (outcome) {
    auto& event = publish(*outcome);
    if (*outcome == Event::Type::conversation_bailed) std::tie(event.last_step, event.detail) = std::tie(step, detail);
  }
  decision.conversations.push_back(std::move(*conversation));
  conversation.reset();
}

void Turn::end_if_running(const Ending& ending) {
  if (!conversation) return;
  ++conversation->turn;
  const auto& step = conversation->inside.empty() ? conversation->step : conversation->inside.front().step;
  const auto flow = running_flow();
  const auto index = flow ? flow->find(step) : std::nullopt;
  if (index) conversation->trail.push_back({*index, flows::exit_outside});
  end(ending);
}

bool Turn::change_consent(ConsentSignal consent_signal, LedgerRow row, std::optional<Instant> written_at) {
  const auto step = advance(contact.consent, consent_signal);
  if (!step.changed) {
    // The newest of several opt-outs counts: a START that was written between them and arrives last ends none.
    if (opts_out(consent_signal)) contact.consent_at = std::max(contact.consent_at, written_at.value_or(now));
    return false;
  }
  contact.consent = step.to;
  contact.consent_at = written_at.value_or(now);
  contact.yes_until = {};
  row.contact = contact.key;
  row.at = now;
  row.status = step.to;
  if (step.to == Consent::opted_out) decision.cancel_queued = true;
  if (step.to != Consent::pending) {
    const bool out = step.to == Consent::opted_out;
    auto& event = publish(out ? Event::Type::contact_opted_out : Event::Type::contact_opted_in);
    event.consent = row;
    tell_circumstances(event);
  }
  decision.ledger.push_back(std::move(row));
  return true;
}

// What the contact was texting about, and with which of our numbers.
void Turn::tell_circumstances(Event& event) const {
  if (conversation) {
    outline(*conversation, event.conversation);
    event.campaign = conversation->campaign;
    describe(event, running_flow().get(), settings);
  }
  if (!reached.empty()) event.our_number = reached;
}

// The conversation that set something is the one that this turn was about: fields that callers set are told as theirs.
void Turn::tell_changes() {
  const auto told = [this]() -> const Contact& { return created_ ? decision.events[*created_].contact : before.contact; };
  if (!tells_apart(told(), contact) || (before.is_new && !created_)) return;
  const auto* about = conversation ? &*conversation : decision.touched();
  const bool was_working = about != nullptr && (!before.active || *about != *before.active);
  auto& event = publish(Event::Type::contact_updated);
  event.previous = told();
  if (was_working) event.set_in = about->id;
}

const Sender* Turn::sender(std::string_view number) const {
  const auto& senders = settings.senders;
  if (number.empty()) return senders.empty() ? nullptr : &senders.front();
  const auto found = std::find_if(senders.begin(), senders.end(), [&](const Sender& one) { return one.number == number; });
  return found == senders.end() ? nullptr : &*found;
}

std::string Turn::our_number(std::string_view number) const {
  if (!number.empty()) return std::string(number);
  return settings.senders.empty() ? std::string() : settings.senders.front().number;
}

std::string Turn::brand(const flows::Flow* flow, std::string_view number) const {
  if (flow != nullptr && !flow->sender.empty()) return flow->sender;
  const auto* ours = sender(number);
  return ours != nullptr && !ours->brand.empty() ? ours->brand : settings.brand;
}

const flows::LocalClock& Turn::clock() const {
  static const flows::LocalClock utc;
  return before.clock ? *before.clock : utc;
}

flows::FlowPtr Turn::running_flow() const {
  if (!conversation) return nullptr;
  if (!running_ || running_->name != conversation->flow || running_revision_ != conversation->revision) {
    running_ = flows.at(conversation->flow, conversation->revision);
    running_revision_ = conversation->revision;
  }
  return running_;
}

Decision Turn::finish() {
  tell_changes();
  if (conversation && conversation != before.active) {
    decision.conversations.push_back(std::move(*conversation));
    conversation.reset();
  }
  decision.is_new = before.is_new && admitted_;
  const auto pace = std::exchange(contact.pace, before.contact.pace);
  const bool is_other_contact = decision.is_new || contact != before.contact;
  contact.pace = pace;
  decision.contact_changed = is_other_contact || pace != before.contact.pace;
  decision.only_pace_changed = decision.contact_changed && !is_other_contact;
  decision.references_changed = contact.external_id != before.contact.external_id || contact.source != before.contact.source;
  decision.contact = std::move(contact);
  return std::move(decision);
}

}  // namespace answerback::engine
