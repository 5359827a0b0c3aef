// Ids. Integer keys inside, prefixed text outside; derived from counters of the contact, so that a repeat makes the same
// ids. No dots in them: an event's id is part of what a webhook's signature covers, and the parts are joined by dots.
//
// Counters alone are the same in every store, and in a store and its restored copy. So each number holds in its upper half the origin under
// which it was counted. Outside it is spelled out, "con_7s4k9f2a", where it is not understood: there is none, or it is the contact's.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace answerback::engine {

// Which store gave an id, and in which life of it: 31 bits drawn when a store is made, and again when it turns out to be a copy.
// 0: ids from before there were origins, and those of rehearsals.
using Origin = std::uint32_t;
inline constexpr Origin no_origin = 0;
inline constexpr Origin max_origin = 0x7fff'ffff;

// The count-th thing of an origin. Beyond 32 bits the count runs into the next origin's, which is nobody's.
constexpr std::uint64_t number_of(Origin origin, std::uint32_t count) { return std::uint64_t{origin} << 32 | count; }
constexpr Origin origin_of(std::uint64_t number) { return static_cast<Origin>(number >> 32); }
constexpr std::uint32_t count_of(std::uint64_t number) { return static_cast<std::uint32_t>(number); }

// The key after `last` in a store that counts under `origin` now: keys grow, whatever origins they are from.
constexpr std::int64_t key_after(std::int64_t last, Origin origin) {
  const auto first = static_cast<std::int64_t>(number_of(origin, 1));
  return last < first ? first : last + 1;
}

struct ContactKey {
  std::int64_t value = 0;
  auto operator<=>(const ContactKey&) const = default;
};

// A contact's n-th conversation, counted from 1. Outside: "cnv_<contact>_<n>".
struct ConversationId {
  ContactKey contact;
  std::uint64_t number = 0;
  auto operator<=>(const ConversationId&) const = default;
};

// The n-th message, counted from 1, of a conversation, or of what a contact exchanged outside any (conversation 0).
// Outside: "msg_<contact>_<conversation>_<n>".
struct MessageId {
  ContactKey contact;
  std::uint64_t conversation = 0;
  std::uint64_t number = 0;
  auto operator<=>(const MessageId&) const = default;
};

// A contact's n-th event = its `sequence`, which counts on through all origins. Outside: "evt_<contact>_<n>".
struct EventId {
  ContactKey contact;
  std::uint64_t sequence = 0;
  Origin origin = no_origin;
  auto operator<=>(const EventId&) const = default;
};

struct CampaignKey {
  std::int64_t value = 0;
  auto operator<=>(const CampaignKey&) const = default;
};

std::string to_string(ContactKey key);  // "con_7", "con_7s4k9f2a"
std::string to_string(const ConversationId& id);
std::string to_string(const MessageId& id);
std::string to_string(const EventId& id);
std::string to_string(CampaignKey key);  // "cmp_3"

// Of a call that a conversation's turn makes: "cnv_7_2-t4".
std::string call_text(const ConversationId& conversation, std::uint32_t turn, Origin origin);
// Any key by its prefix, and things that are counted by one: "ep_4" and "evt_ep4_2".
std::string key_text(std::string_view prefix, std::int64_t key);
std::string counted_text(std::string_view prefix, std::int64_t key, std::uint32_t count, Origin origin);

// Exactly what the functions above write, nothing else.
std::optional<ContactKey> parse_contact_key(std::string_view text);
std::optional<ConversationId> parse_conversation_id(std::string_view text);
std::optional<MessageId> parse_message_id(std::string_view text);
std::optional<EventId> parse_event_id(std::string_view text);
std::optional<CampaignKey> parse_campaign_key(std::string_view text);
std::optional<std::int64_t> parse_key(std::string_view text, std::string_view prefix);

// An origin as it stands in an id: six digits of 0-9 and a-z.
std::string origin_text(Origin origin);
std::optional<Origin> parse_origin(std::string_view text);

}  // namespace answerback::engine

template <>
struct std::hash<answerback::engine::ContactKey> {
  std::size_t operator()(const answerback::engine::ContactKey& key) const noexcept { return std::hash<std::int64_t>{}(key.value); }
};
