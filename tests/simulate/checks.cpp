#include "tests/simulate/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "storage/dedup.hpp"
#include "tests/simulate/town.hpp"

namespace answerback::simulate {

namespace {

using storage::memory::Data;


// I1, I6: what was acknowledged is there, and each text that somebody wrote is there once.
void check_texts(Town& town) {
  const auto& data = town.disk.data();
  for (const auto& [id, text] : town.history.acknowledged) {
    const auto key = storage::dedup_key("inbound", id);
    const auto found = town.disk.seen(std::span(&key, 1)).front();
    if (!found && !data.seen.contains(key)) town.world.broken("I1 acknowledged", id + " was acknowledged and is lost");
  }
  for (const auto& [phone, ids] : town.history.sent) {
    const auto contact = data.by_phone.find(phone);
    if (contact == data.by_phone.end()) continue;
    const auto is_theirs = [&](const auto& message) { return message.id.contact == contact->second && message.direction == engine::Direction::in; };
    const auto stored = static_cast<std::size_t>(std::count_if(data.messages.begin(), data.messages.end(), is_theirs));
    if (stored > ids.size()) town.world.broken("I6 once", fmt::format("{} wrote {} texts, and {} are stored", phone, ids.size(), stored));
  }
}

// I2, I7: an ended conversation has told its outcome once, with its answers.
void check_outcomes(Town& town) {
  const auto& data = town.disk.data();
  std::map<std::string, int> told;
  for (const auto& [cursor, kept] : data.events) {
    if (!is_outcome(kept.event.type)) continue;
    const auto json = nlohmann::json::parse(kept.event.body, nullptr, false);
    const auto id = json.is_object() ? json.value("/data/conversation/id"_json_pointer, "") : std::string();
    if (id.empty()) continue;  // of somebody who was erased
    ++told[id];
    const auto conversation = town.disk.find_conversation(*engine::parse_conversation_id(id));
    const auto answers = json.value("/data/answers"_json_pointer, nlohmann::json());
    if (conversation && answers.is_object() && answers.size() != conversation->answers.size())
      town.world.broken("I7 answers", fmt::format("{} gave {} answers, its outcome tells {}", id, conversation->answers.size(), answers.size()));
  }
  for (const auto& [id, conversation] : data.conversations) {
    const auto name = engine::to_string(id);
    const auto contact = data.contacts.find(id.contact);
    const bool is_erased = contact == data.contacts.end() || contact->second.phone.empty();
    if (!conversation.is_over() || is_erased) continue;
    if (told[name] != 1) town.world.broken("I2 one outcome", fmt::format("{} has ended and told {} outcomes", name, told[name]));
  }
}

// I4: every event has its delivery for each endpoint that was there from the beginning, and what counts as delivered was taken.
void check_deliveries(Town& town) {
  const auto& data = town.disk.data();
  std::map<std::pair<std::int64_t, std::int64_t>, const storage::memory::KeptDelivery*> of;
  for (const auto& [key, kept] : data.deliveries) of[{kept.event, kept.delivery.endpoint.value}] = &kept;
  for (const auto& [key, endpoint] : data.endpoints) {
    const auto crm = std::find_if(town.crms.begin(), town.crms.end(), [&](const auto& each) { return each->url() == endpoint.url; });
    for (const auto& [cursor, kept] : data.events) {
      const auto found = of.find({cursor, key});
      const auto contact = data.contacts.find(kept.contact);
      const bool is_erased = contact != data.contacts.end() && contact->second.phone.empty();
      const bool is_newer = kept.event.at > endpoint.created_at && endpoint.health.disabled_count == 0 && !town.world.clock_was_set();
      if (found == of.end()) {
        if (is_newer && !is_erased && kept.contact.value != 0) town.world.broken("I4 every event", fmt::format("{} {} has no delivery for {}", kept.event.type, kept.event.id, endpoint.url));
        continue;
      }
      const auto seen = (*crm)->events().find(kept.event.id);
      const bool taken = seen != (*crm)->events().end() && seen->second.accepted;
      const auto state = found->second->delivery.state;
      if (state == webhooks::DeliveryState::delivered && !taken) town.world.broken("I4 delivered", fmt::format("{} counts as delivered, {} never took it", kept.event.id, (*crm)->name()));
      if (state == webhooks::DeliveryState::dead && found->second->delivery.attempts < 3 && found->second->delivery.last_status != 410 && found->second->delivery.last_error != "erased")
        town.world.broken("I4 retried", fmt::format("{} was given up after {} attempts", kept.event.id, found->second->delivery.attempts));
    }
  }
}

constexpr std::size_t some = 200;  // letters about what waits

std::string waiting_texts(const Data& data) {
  std::string names;
  for (const auto& [row, send] : data.sends) if (names.size() < some) names += fmt::format(", {} ({})", engine::to_string(data.message(row).id), engine::to_string(data.message(row).status));
  return names;
}

std::string waiting_deliveries(const Data& data) {
  std::string names;
  for (const auto& [key, kept] : data.deliveries) {
    if (webhooks::unfinished(kept.delivery.state) && names.size() < some) names += fmt::format(", {} of {} for {} ({}, {} attempts, due at {})", webhooks::to_string(kept.delivery.key), kept.delivery.event_id, webhooks::to_string(kept.delivery.endpoint), webhooks::to_string(kept.delivery.state), kept.delivery.attempts, kept.delivery.due_at->time_since_epoch().count());
  }
  return names;
}

// I14: on a system where all works and nobody writes, nothing that is due waits.
void check_quiet(Town& town) {
  const auto gauges = town.disk.gauges();
  const auto& data = town.disk.data();
  if (gauges.queued_sends != 0) town.world.broken("I14 quiet", fmt::format("{} texts still wait", gauges.queued_sends) + waiting_texts(data));
  if (gauges.unfinished_deliveries != 0) town.world.broken("I14 quiet", fmt::format("{} deliveries still wait", gauges.unfinished_deliveries) + waiting_deliveries(data));
  if (gauges.unfinished_calls != 0) town.world.broken("I14 quiet", fmt::format("{} calls still wait", gauges.unfinished_calls));
  if (gauges.active_conversations != 0) town.world.broken("I14 quiet", fmt::format("{} conversations have not ended, though all silences are over", gauges.active_conversations));
  for (const auto& [key, state] : data.entries) {
    if (state == engine::EntryState::waiting && data.campaigns.at(key.first).state == "running") town.world.broken("I14 quiet", "a contact of a campaign still waits");
  }
  for (const auto& message : data.messages) {
    if (message.status == engine::MessageStatus::sending) town.world.broken("I14 quiet", engine::to_string(message.id) + " is still under way");
  }
}

// I16: who was erased, and has not written since, is nowhere.
void check_erased(Town& town) {
  const auto& data = town.disk.data();
  for (const auto& phone : town.history.erased) {
    if (data.by_phone.contains(phone)) continue;
    for (const auto& [cursor, kept] : data.events) {
      if (kept.event.body.find(phone) != std::string::npos) return town.world.broken("I16 erased", fmt::format("{} still has {}", kept.event.id, phone));
    }
    for (const auto& message : data.messages) {
      if (message.from == phone || message.to == phone) return town.world.broken("I16 erased", fmt::format("{} still has {}", engine::to_string(message.id), phone));
    }
  }
}

void note_situations(Town& town) {
  const auto& data = town.disk.data();
  for (const auto& [id, conversation] : data.conversations) town.world.met("a conversation ended: " + conversation.reason);
  for (const auto& message : data.messages) town.world.met("a text is " + std::string(engine::to_string(message.status)));
  for (const auto& [key, kept] : data.deliveries) {
    if (kept.delivery.attempts > 1) town.world.met("a webhook took more than one attempt");
    if (kept.delivery.attempts > 5) town.world.met("a webhook took more than five attempts");
    if (kept.delivery.state == webhooks::DeliveryState::dead) town.world.met("a webhook was given up");
  }
}

}  // namespace

void check_marks(Town& town, const std::set<std::string>& standing) {
  for (const auto& message : town.disk.data().messages) {
    if (message.status != engine::MessageStatus::sending) continue;
    const bool stands = standing.contains(engine::to_string(message.id)) || town.history.reached_carrier.contains(message.id);
    if (!stands) town.world.broken("marked late", engine::to_string(message.id) + " was marked before its connection stood");
  }
}

void check_consent_news(Town& town) {
  const auto& data = town.disk.data();
  // Endpoints and contacts: whom other consent news wait for, and whom other news that have not failed yet.
  std::set<std::pair<std::int64_t, engine::ContactKey>> before, fresh;
  for (const auto& [key, kept] : data.deliveries) {
    const auto& type = kept.delivery.event_type;
    if (!webhooks::unfinished(kept.delivery.state)) continue;
    const std::pair line(kept.delivery.endpoint.value, kept.contact);
    if (type != "contact.opted_out" && type != "contact.opted_in") {
      if (kept.delivery.attempts == 0) fresh.insert(line);
      continue;
    }
    const bool is_first = before.insert(line).second;
    if (type == "contact.opted_in" && fresh.contains(line)) continue;
    if (is_first && kept.delivery.state == webhooks::DeliveryState::held)
      town.world.broken("consent overtakes", fmt::format("{} of {} waits behind other news", type, engine::to_string(kept.contact)));
  }
}

void check_end(Town& town) {
  check_texts(town);
  check_outcomes(town);
  check_deliveries(town);
  check_quiet(town);
  check_erased(town);
  for (const auto& complaint : town.disk.check()) town.world.broken("db check", complaint);
  note_situations(town);
}

}  // namespace answerback::simulate
