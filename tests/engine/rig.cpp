#include "tests/engine/rig.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "flows/load/load.hpp"

namespace answerback::tests {

using namespace engine;

namespace {

constexpr int max_timers = 10'000;  // more than any flow of the tests can set in one wait

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> outgoing(const std::vector<Message>& messages) {
  std::vector<std::string> result;
  for (const auto& message : messages) {
    if (message.direction == Direction::out) result.push_back(message.text);
  }
  return result;
}

std::vector<std::string> names(const std::vector<Event>& events) {
  std::vector<std::string> result;
  for (const auto& event : events) result.emplace_back(to_string(event.type));
  return result;
}

}  // namespace

Rig::Rig() : now(*flows::parse_iso8601("2026-03-02T15:00:00Z")) {
  contact.key = {7};
  contact.phone = "+15125550142";
  settings.senders = {{"+15125550100", "Acme Roofing", "", "", ""}};
}

Rig& Rig::publish(const std::string& file, std::uint32_t revision) {
  return publish_source(read(std::string(TESTS_DIR) + "/engine/flows/" + file), revision);
}

Rig& Rig::publish_source(std::string_view source, std::uint32_t revision) {
  flows.publish(std::make_shared<flows::Flow>(load(source)), revision);
  return *this;
}

Rig& Rig::publish_circle() {
  auto circle = load(read(std::string(TESTS_DIR) + "/engine/flows/circle.json"));
  const auto again = *circle.find("again");
  const auto grow = *circle.find("grow");
  std::get<flows::Ask>(circle.steps[again].verb).silent.then = again;
  std::get<flows::Set>(circle.steps[grow].verb).next = {{{}, grow}};
  flows.publish(std::make_shared<flows::Flow>(std::move(circle)), 1);
  return *this;
}

flows::Flow Rig::load(std::string_view source) const {
  const auto loaded = answerback::flows::load_flow(source);
  for (const auto& issue : loaded.issues) UNSCOPED_INFO(answerback::flows::to_line(issue, "flow"));
  REQUIRE(loaded.flow);
  return *loaded.flow;
}

std::optional<Conversation> Rig::active() const {
  const auto found = conversations.find({contact.key, contact.active});
  return contact.active == 0 || found == conversations.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Conversation> Rig::subject(const Message& message) const {
  const auto found = conversations.find({contact.key, message.id.conversation});
  const bool ended = found != conversations.end() && found->second.is_over();
  return ended ? std::optional(found->second) : std::nullopt;
}

Situation Rig::situation(const Stimulus& stimulus) const {
  Situation situation;
  situation.contact = contact;
  situation.is_new = is_new;
  situation.active = active();
  const auto about = [&](const Message& message) {
    situation.subject = subject(message);
    if (!message.campaign) return;
    const auto entry = entries.find(message.campaign->value);
    if (entry != entries.end()) situation.entry = entry->second;
  };
  if (const auto* handover = std::get_if<Handover>(&stimulus)) about(handover->message);
  if (const auto* receipt = std::get_if<Receipt>(&stimulus)) about(receipt->message);
  if (const auto* end = std::get_if<OperatorEnd>(&stimulus)) {
    const auto found = conversations.find(end->conversation);
    if (found != conversations.end() && found->second.is_over()) situation.addressed = found->second;
  }
  return situation;
}

Decision Rig::apply(const Stimulus& stimulus) {
  auto decision = decide(situation(stimulus), stimulus, flows, settings, wishes, now);
  keep(decision);
  return decision;
}

Decision Rig::answer_call(bool ok, Values values) {
  REQUIRE_FALSE(calls.empty());
  return apply(CallAnswered{calls.back().conversation, calls.back().turn, ok, std::move(values)});
}

void Rig::keep(const Decision& decision) {
  if (decision.contact_changed) {
    contact = decision.contact;
    is_new = false;
  }
  if (decision.cancel_queued) {
    for (auto& message : messages) {
      if (message.status == MessageStatus::queued && !message.exempt) message.status = MessageStatus::cancelled;
    }
  }
  for (const auto& conversation : decision.conversations) conversations.insert_or_assign(conversation.id, conversation);
  messages.insert(messages.end(), decision.messages.begin(), decision.messages.end());
  ledger.insert(ledger.end(), decision.ledger.begin(), decision.ledger.end());
  calls.insert(calls.end(), decision.calls.begin(), decision.calls.end());
  events.insert(events.end(), decision.events.begin(), decision.events.end());
  if (decision.entry) entries.insert_or_assign(decision.entry->campaign.value, *decision.entry);
  if (!decision.message_change) return;
  for (auto& message : messages) {
    if (message.id == decision.message_change->id) message.status = decision.message_change->status;
  }
}

Decision Rig::text(const std::string& text) {
  Inbound inbound;
  inbound.carrier = "log";
  inbound.from = contact.phone;
  inbound.text = text;
  inbound.received_at = now;
  return apply(inbound);
}

Decision Rig::start(const std::string& flow) { return apply(Start{flow, "", {}, std::nullopt}); }

Decision Rig::start(const Campaign& campaign) { return apply(Start{campaign.flow, "", {}, campaign}); }

std::vector<Decision> Rig::wait(Duration duration) {
  const auto until = now + duration;
  std::vector<Decision> decisions;
  for (int fired = 0; fired < max_timers; ++fired) {
    const auto waiting = active();
    if (!waiting || !waiting->due_at || *waiting->due_at > until) break;
    now = std::max(now, *waiting->due_at);
    decisions.push_back(apply(TimerDue{waiting->id, waiting->turn}));
  }
  now = until;
  return decisions;
}

const Conversation& Rig::last() const {
  REQUIRE_FALSE(conversations.empty());
  return conversations.rbegin()->second;
}

std::vector<std::string> Rig::said() const { return outgoing(messages); }

std::vector<std::string> Rig::told() const { return names(events); }

const Event* Rig::event(Event::Type type) const {
  const auto found = std::find_if(events.rbegin(), events.rend(), [&](const Event& event) { return event.type == type; });
  return found == events.rend() ? nullptr : &*found;
}

std::vector<std::string> texts(const Decision& decision) { return outgoing(decision.messages); }
std::vector<std::string> types(const Decision& decision) { return names(decision.events); }

}  // namespace answerback::tests
