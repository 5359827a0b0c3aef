#include "engine/ids.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace answerback::engine {

namespace {

constexpr std::size_t origin_digits = 6;
constexpr Origin base = 36;  // 36^6 is just above 2^31
constexpr std::uint64_t max_count = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t max_sequence = std::numeric_limits<std::int64_t>::max();  // what a store can hold

// The longest: "evt_test", three numbers of 20 digits each with an origin, what stands between them.
constexpr std::size_t max_id_bytes = 128;

// Puts an id together without allocating before it is whole.
class Writer {
 public:
  explicit Writer(std::string_view prefix) { add(prefix); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  Writer& add(std::string_view text) {
    end_ = std::copy(text.begin(), text.end(), end_);
    return *this;
  }
  Writer& digits(std::uint64_t number) {
    end_ = std::to_chars(end_, text_.data() + text_.size(), number).ptr;
    return *this;
  }
  // `understood`: the origin that the part has when it names none.
  Writer& part(std::uint64_t count, Origin origin, Origin understood) {
    digits(count);
    if (origin == understood) return *this;
    *end_++ = 's';
    for (auto at = end_ + origin_digits; at != end_; origin /= base) *--at = "0123456789abcdefghijklmnopqrstuvwxyz"[origin % base];
    end_ += origin_digits;
    return *this;
  }
  Writer& number(std::uint64_t number, Origin understood = no_origin) { return part(count_of(number), origin_of(number), understood); }
  Writer& key(std::int64_t key) { return number(static_cast<std::uint64_t>(key)); }
  std::string take() const { return std::string(text_.data(), static_cast<std::size_t>(end_ - text_.data())); }

 private:
  std::array<char, max_id_bytes> text_;
  char* end_ = text_.data();
};

Origin origin_of(ContactKey key) { return engine::origin_of(static_cast<std::uint64_t>(key.value)); }

struct Part {
  std::uint64_t count = 0;
  Origin origin = no_origin;
};

// Takes an id apart; once something does not fit, nothing does.
class Reader {
 public:
  Reader(std::string_view text, std::string_view prefix) : rest_(text) { literal(prefix); }

  Part part(Origin understood, std::uint64_t max = max_count) {
    Part read{digits(max), understood};
    if (!rest_.starts_with('s')) return read;
    const auto origin = parse_origin(rest_.substr(1, origin_digits));
    fail_unless(origin && *origin != understood);
    if (ok_) rest_.remove_prefix(1 + origin_digits);
    read.origin = origin.value_or(no_origin);
    return read;
  }
  std::uint64_t number(Origin understood) {
    const auto read = part(understood);
    return number_of(read.origin, static_cast<std::uint32_t>(read.count));
  }
  std::int64_t key() { return static_cast<std::int64_t>(number(no_origin)); }
  void separator() { literal("_"); }
  void fail_unless(bool fits) { ok_ = ok_ && fits; }
  bool done() const { return ok_ && rest_.empty(); }
  bool at_zero() const { return rest_.starts_with("0_"); }

 private:
  void literal(std::string_view expected) {
    fail_unless(rest_.starts_with(expected));
    if (ok_) rest_.remove_prefix(expected.size());
  }
  std::uint64_t digits(std::uint64_t max) {
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto length = static_cast<std::size_t>(stop - rest_.data());
    fail_unless(error == std::errc{} && value <= max && !(rest_.starts_with('0') && length > 1));
    if (ok_) rest_.remove_prefix(length);
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <class Id>
std::optional<Id> whole(const Reader& reader, const Id& id) {
  return reader.done() ? std::optional(id) : std::nullopt;
}

}  // namespace

std::string to_string(ContactKey key) { return key_text("con_", key.value); }
std::string to_string(CampaignKey key) { return key_text("cmp_", key.value); }
std::string key_text(std::string_view prefix, std::int64_t key) { return Writer(prefix).key(key).take(); }

std::string to_string(const ConversationId& id) {
  return Writer("cnv_").key(id.contact.value).add("_").number(id.number, origin_of(id.contact)).take();
}

// Messages outside any conversation have the number 0 there, which is of no origin.
std::string to_string(const MessageId& id) {
  const auto understood = origin_of(id.contact);
  Writer text("msg_");
  text.key(id.contact.value).add("_");
  if (id.conversation == 0) {
    text.add("0");
  } else {
    text.number(id.conversation, understood);
  }
  return text.add("_").number(id.number, understood).take();
}

std::string to_string(const EventId& id) {
  return Writer("evt_").key(id.contact.value).add("_").part(id.sequence, id.origin, origin_of(id.contact)).take();
}

std::string call_text(const ConversationId& conversation, std::uint32_t turn, Origin origin) {
  return Writer(to_string(conversation)).add("-t").part(turn, origin, origin_of(conversation.contact)).take();
}

std::string counted_text(std::string_view prefix, std::int64_t key, std::uint32_t count, Origin origin) {
  return Writer(prefix).key(key).add("_").part(count, origin, origin_of(ContactKey{key})).take();
}

std::optional<std::int64_t> parse_key(std::string_view text, std::string_view prefix) {
  Reader reader(text, prefix);
  const auto key = reader.key();
  reader.fail_unless(key != 0);
  return whole(reader, key);
}

std::optional<ContactKey> parse_contact_key(std::string_view text) {
  const auto key = parse_key(text, "con_");
  return key ? std::optional(ContactKey{*key}) : std::nullopt;
}

std::optional<CampaignKey> parse_campaign_key(std::string_view text) {
  const auto key = parse_key(text, "cmp_");
  return key ? std::optional(CampaignKey{*key}) : std::nullopt;
}

std::optional<ConversationId> parse_conversation_id(std::string_view text) {
  Reader reader(text, "cnv_");
  ConversationId id{{reader.key()}};
  reader.separator();
  id.number = reader.number(origin_of(id.contact));
  reader.fail_unless(count_of(id.number) != 0);
  return whole(reader, id);
}

std::optional<MessageId> parse_message_id(std::string_view text) {
  Reader reader(text, "msg_");
  MessageId id{{reader.key()}};
  reader.separator();
  const auto understood = origin_of(id.contact);
  const bool outside_any = reader.at_zero();
  const auto conversation = reader.number(understood);
  reader.fail_unless(outside_any || count_of(conversation) != 0);
  id.conversation = outside_any ? 0 : conversation;
  reader.separator();
  id.number = reader.number(understood);
  reader.fail_unless(count_of(id.number) != 0);
  return whole(reader, id);
}

std::optional<EventId> parse_event_id(std::string_view text) {
  Reader reader(text, "evt_");
  EventId id{{reader.key()}};
  reader.separator();
  const auto read = reader.part(origin_of(id.contact), max_sequence);
  id.sequence = read.count;
  id.origin = read.origin;
  reader.fail_unless(id.sequence != 0);
  return whole(reader, id);
}

std::string origin_text(Origin origin) {
  // As a part of a number 0, without the number and the mark.
  return Writer("").part(0, origin, origin == no_origin ? max_origin : no_origin).take().substr(2);
}

std::optional<Origin> parse_origin(std::string_view text) {
  if (text.size() != origin_digits) return std::nullopt;
  if (std::any_of(text.begin(), text.end(), [](char c) { return !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z'); })) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, static_cast<int>(base));
  return value <= max_origin ? std::optional(static_cast<Origin>(value)) : std::nullopt;
}

}  // namespace answerback::engine
