#include <algorithm>

#include "storage/memory/changes.hpp"

namespace answerback::storage::memory {

namespace {

using webhooks::DeliveryState;

void release_next_send(Data& data, engine::ContactKey contact) {
  const auto it = std::find_if(data.sends.begin(), data.sends.end(), [&](const auto& entry) { return entry.second.contact == contact; });
  if (it != data.sends.end() && it->second.state == Send::State::held) it->second.state = Send::State::queued;
}

// Of the contact; for an urgent one only urgent ones count, and what has not failed yet where it goes in turn.
bool has_unfinished(const Data& data, webhooks::EndpointKey endpoint, engine::ContactKey contact, DeliveryClass what, bool in_turn) {
  const auto it = data.unfinished.find(endpoint.value);
  const auto goes_before = [&](std::int64_t key) {
    const auto& other = data.deliveries.at(key);
    return other.contact == contact && (what != DeliveryClass::urgent || other.what == DeliveryClass::urgent || (in_turn && other.delivery.attempts == 0));
  };
  return it != data.unfinished.end() && std::any_of(it->second.begin(), it->second.end(), goes_before);
}

}  // namespace

void finish_send(Data& data, Row row) {
  const auto it = data.sends.find(row);
  if (it == data.sends.end()) return;
  const auto contact = it->second.contact;
  data.sends.erase(it);
  release_next_send(data, contact);
}

void cancel_sends(Data& data, engine::ContactKey contact, bool exempt_too) {
  for (auto it = data.sends.begin(); it != data.sends.end();) {
    auto& message = data.message(it->first);
    const bool stays = it->second.contact != contact || it->second.state == Send::State::sending || (message.exempt && !exempt_too);
    if (stays) {
      ++it;
      continue;
    }
    message.status = engine::MessageStatus::cancelled;
    message.error.clear();
    it = data.sends.erase(it);
  }
  release_next_send(data, contact);
}

std::int64_t insert_event(Data& data, const webhooks::RenderedEvent& event) {
  const auto cursor = data.events.empty() ? 1 : data.events.rbegin()->first + 1;
  if (!data.event_ids.emplace(event.id, cursor).second) throw Contradiction("an event's id comes twice: " + event.id);
  data.events[cursor] = {{cursor, event.id, event.type, event.at, event.body}, event.contact, event.sequence};
  return cursor;
}

webhooks::DeliveryKey insert_delivery(Data& data, webhooks::EndpointKey endpoint, std::int64_t event, DeliveryClass what, Instant now) {
  const auto& source = data.events.at(event);
  const auto key = data.next_delivery++;
  KeptDelivery kept;
  kept.delivery = {{key}, endpoint, source.event.id, source.event.type, DeliveryState::pending, 0, now, now, 0, "", {}};
  kept.event = event;
  kept.contact = source.contact;
  kept.what = what;
  const bool in_turn = webhooks::goes_in_turn(source.event.type);
  const bool held = kept.contact.value != 0 && has_unfinished(data, endpoint, kept.contact, what, in_turn);
  set_state(data, data.deliveries[key] = kept, held ? DeliveryState::held : DeliveryState::pending);
  if (what == DeliveryClass::urgent && !in_turn) release_delivery(data, endpoint, kept.contact);
  return {key};
}

void set_state(Data& data, KeptDelivery& kept, DeliveryState state) {
  kept.delivery.state = state;
  auto& unfinished = data.unfinished[kept.delivery.endpoint.value];
  if (webhooks::unfinished(state)) {
    unfinished.insert(kept.delivery.key.value);
  } else {
    unfinished.erase(kept.delivery.key.value);
  }
}

void release_delivery(Data& data, webhooks::EndpointKey endpoint, engine::ContactKey contact) {
  if (contact.value == 0) return;
  KeptDelivery* first = nullptr;
  KeptDelivery* first_urgent = nullptr;
  bool any_let_go = false;
  for (const auto key : data.unfinished[endpoint.value]) {
    auto& kept = data.deliveries.at(key);
    if (kept.contact != contact) continue;
    any_let_go = any_let_go || kept.delivery.state != DeliveryState::held;
    if (!first) first = &kept;
    if (!first_urgent && kept.what == DeliveryClass::urgent) first_urgent = &kept;
  }
  if (first_urgent && first_urgent->delivery.state == DeliveryState::held) {
    first_urgent->delivery.state = DeliveryState::pending;
    any_let_go = true;
  }
  if (first && !any_let_go) first->delivery.state = DeliveryState::pending;
}

void drop_delivery(Data& data, std::int64_t key) {
  const auto it = data.deliveries.find(key);
  data.unfinished[it->second.delivery.endpoint.value].erase(key);
  data.deliveries.erase(it);
}

}  // namespace answerback::storage::memory
