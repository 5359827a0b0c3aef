// Ids. Integer keys inside, prefixed text outside; derived from counters of the contact, so that a repeat makes the same
// ids. No dots in them: an event's id is part of what a webhook's signature covers, and the parts are joined by dots.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace answerback::engine {

struct ContactKey {
  std::int64_t value = 0;
  auto operator<=>(const ContactKey&) const = default;
};

// A contact's n-th conversation, counted from 1. Outside: "cnv_<contact>_<n>".
struct ConversationId {
  ContactKey contact;
  std::uint32_t number = 0;
  auto operator<=>(const ConversationId&) const = default;
};

// The n-th message, counted from 1, of a conversation, or of what a contact exchanged outside any (conversation 0).
// Outside: "msg_<contact>_<conversation>_<n>".
struct MessageId {
  ContactKey contact;
  std::uint32_t conversation = 0;
  std::uint32_t number = 0;
  auto operator<=>(const MessageId&) const = default;
};

// A contact's n-th event = its `sequence`. Outside: "evt_<contact>_<n>".
struct EventId {
  ContactKey contact;
  std::uint64_t sequence = 0;
  auto operator<=>(const EventId&) const = default;
};

struct CampaignKey {
  std::int64_t value = 0;
  auto operator<=>(const CampaignKey&) const = default;
};

std::string to_string(ContactKey key);  // "con_7"
std::string to_string(const ConversationId& id);
std::string to_string(const MessageId& id);
std::string to_string(const EventId& id);
std::string to_string(CampaignKey key);  // "cmp_3"

std::optional<ContactKey> parse_contact_key(std::string_view text);
std::optional<ConversationId> parse_conversation_id(std::string_view text);
std::optional<MessageId> parse_message_id(std::string_view text);
std::optional<EventId> parse_event_id(std::string_view text);
std::optional<CampaignKey> parse_campaign_key(std::string_view text);

}  // namespace answerback::engine

template <>
struct std::hash<answerback::engine::ContactKey> {
  std::size_t operator()(const answerback::engine::ContactKey& key) const noexcept { return std::hash<std::int64_t>{}(key.value); }
};
