#include "engine/ids.hpp"

#include <fmt/compile.h>

#include <array>
#include <charconv>
#include <limits>

namespace answerback::engine {

namespace {

// Reads `prefix` and then exactly `count` positive decimal numbers without leading zeros, joined by '_'. The last ones may
// be zero where the id's definition says so.
template <std::size_t count>
std::optional<std::array<std::uint64_t, count>> parse_parts(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  std::array<std::uint64_t, count> parts{};
  for (std::size_t i = 0; i < count; ++i) {
    const auto end = i + 1 < count ? text.find('_') : text.size();
    if (end == std::string_view::npos || end == 0 || (text[0] == '0' && end > 1)) return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, parts[i]);
    if (error != std::errc{} || stop != text.data() + end) return std::nullopt;
    text.remove_prefix(i + 1 < count ? end + 1 : end);
  }
  return parts;
}

constexpr std::uint64_t max_key = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t max_number = std::numeric_limits<std::uint32_t>::max();

ContactKey contact_of(std::uint64_t part) { return ContactKey{static_cast<std::int64_t>(part)}; }

}  // namespace

std::string to_string(ContactKey key) { return fmt::format(FMT_COMPILE("con_{}"), key.value); }
std::string to_string(const ConversationId& id) { return fmt::format(FMT_COMPILE("cnv_{}_{}"), id.contact.value, id.number); }
std::string to_string(const MessageId& id) { return fmt::format(FMT_COMPILE("msg_{}_{}_{}"), id.contact.value, id.conversation, id.number); }
std::string to_string(const EventId& id) { return fmt::format(FMT_COMPILE("evt_{}_{}"), id.contact.value, id.sequence); }
std::string to_string(CampaignKey key) { return fmt::format(FMT_COMPILE("cmp_{}"), key.value); }

std::optional<ContactKey> parse_contact_key(std::string_view text) {
  const auto parts = parse_parts<1>(text, "con_");
  if (!parts || (*parts)[0] == 0 || (*parts)[0] > max_key) return std::nullopt;
  return contact_of((*parts)[0]);
}

std::optional<ConversationId> parse_conversation_id(std::string_view text) {
  const auto parts = parse_parts<2>(text, "cnv_");
  if (!parts || (*parts)[0] > max_key || (*parts)[1] == 0 || (*parts)[1] > max_number) return std::nullopt;
  return ConversationId{contact_of((*parts)[0]), static_cast<std::uint32_t>((*parts)[1])};
}

std::optional<MessageId> parse_message_id(std::string_view text) {
  const auto parts = parse_parts<3>(text, "msg_");
  if (!parts || (*parts)[0] > max_key || (*parts)[1] > max_number || (*parts)[2] == 0 || (*parts)[2] > max_number) return std::nullopt;
  return MessageId{contact_of((*parts)[0]), static_cast<std::uint32_t>((*parts)[1]), static_cast<std::uint32_t>((*parts)[2])};
}

std::optional<EventId> parse_event_id(std::string_view text) {
  const auto parts = parse_parts<2>(text, "evt_");
  if (!parts || (*parts)[0] > max_key || (*parts)[1] == 0) return std::nullopt;
  return EventId{contact_of((*parts)[0]), (*parts)[1]};
}

std::optional<CampaignKey> parse_campaign_key(std::string_view text) {
  const auto parts = parse_parts<1>(text, "cmp_");
  if (!parts || (*parts)[0] == 0 || (*parts)[0] > max_key) return std::nullopt;
  return CampaignKey{static_cast<std::int64_t>((*parts)[0])};
}

}  // namespace answerback::engine
