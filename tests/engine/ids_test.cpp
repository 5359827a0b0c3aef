#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "engine/ids.hpp"

using namespace answerback::engine;

TEST_CASE("ids are spelled with their kind first and without a dot, which parts a webhook's signed content") {
  CHECK(to_string(ContactKey{7}) == "con_7");
  CHECK(to_string(ConversationId{{7}, 2}) == "cnv_7_2");
  CHECK(to_string(MessageId{{7}, 2, 3}) == "msg_7_2_3");
  CHECK(to_string(MessageId{{7}, 0, 3}) == "msg_7_0_3");
  CHECK(to_string(EventId{{7}, 11}) == "evt_7_11");
  CHECK(to_string(CampaignKey{3}) == "cmp_3");
}

TEST_CASE("what another origin counted is spelled with it, once where a part is of the contact's") {
  const Origin ours = 0x12d687, later = 0x7fffffff;
  const auto ana = static_cast<std::int64_t>(number_of(ours, 7));
  CHECK(to_string(ContactKey{ana}) == "con_7s00qglj");
  CHECK(to_string(ConversationId{{ana}, number_of(ours, 2)}) == "cnv_7s00qglj_2");
  CHECK(to_string(ConversationId{{ana}, number_of(later, 3)}) == "cnv_7s00qglj_3szik0zj");
  CHECK(to_string(MessageId{{ana}, number_of(ours, 2), number_of(later, 9)}) == "msg_7s00qglj_2_9szik0zj");
  CHECK(to_string(MessageId{{ana}, 0, number_of(ours, 1)}) == "msg_7s00qglj_0_1");
  CHECK(to_string(EventId{{ana}, 11, ours}) == "evt_7s00qglj_11");
  CHECK(to_string(EventId{{ana}, 12, later}) == "evt_7s00qglj_12szik0zj");
  CHECK(to_string(EventId{{7}, 12, ours}) == "evt_7_12s00qglj");
  CHECK(call_text({{ana}, number_of(ours, 2)}, 4, ours) == "cnv_7s00qglj_2-t4");
  CHECK(call_text({{ana}, number_of(ours, 2)}, 4, later) == "cnv_7s00qglj_2-t4szik0zj");
  CHECK(counted_text("evt_ep", static_cast<std::int64_t>(number_of(ours, 4)), 2, ours) == "evt_ep4s00qglj_2");
  CHECK(origin_text(ours) == "00qglj");
}

namespace {

// Few of them, so that parts are often of the same one.
Origin any_origin() { return *rc::gen::elementOf(std::vector<Origin>{no_origin, 1, 35, 36, 0x12d687, max_origin - 1, max_origin}); }
std::uint64_t any_number() { return number_of(any_origin(), *rc::gen::inRange<std::uint32_t>(1, UINT32_MAX)); }

}  // namespace

TEST_CASE("an id is read back as it is spelled, whatever origins its parts are of") {
  const bool held = rc::check([] {
    const ContactKey contact{static_cast<std::int64_t>(any_number())};
    const ConversationId conversation{contact, any_number()};
    const MessageId message{contact, *rc::gen::element(std::uint64_t{0}, any_number()), any_number()};
    const EventId event{contact, *rc::gen::inRange<std::uint64_t>(1, INT64_MAX), any_origin()};
    RC_ASSERT(parse_contact_key(to_string(contact)) == contact);
    RC_ASSERT(parse_conversation_id(to_string(conversation)) == conversation);
    RC_ASSERT(parse_message_id(to_string(message)) == message);
    RC_ASSERT(parse_event_id(to_string(event)) == event);
    RC_ASSERT(parse_campaign_key(to_string(CampaignKey{contact.value})) == CampaignKey{contact.value});
    RC_ASSERT(parse_key(key_text("dlv_", contact.value), "dlv_") == contact.value);
    const auto origin = any_origin();
    RC_ASSERT(parse_origin(origin_text(origin)) == origin);
  });
  CHECK(held);
}

TEST_CASE("one thing has one spelling: what is read as an id is spelled just so") {
  const bool held = rc::check([] {
    const auto text = "msg_" + *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0127s0z_9a")));
    if (const auto id = parse_message_id(text)) RC_ASSERT(to_string(*id) == text);
    const auto event = "evt_" + text.substr(4);
    if (const auto id = parse_event_id(event)) RC_ASSERT(to_string(*id) == event);
  });
  CHECK(held);
}

TEST_CASE("keys grow from one origin to the next, and run on when a count is full") {
  CHECK(key_after(0, no_origin) == 1);
  CHECK(key_after(41, no_origin) == 42);
  CHECK(count_of(static_cast<std::uint64_t>(key_after(41, 5))) == 1);
  const auto last = static_cast<std::int64_t>(number_of(5, UINT32_MAX));
  CHECK(key_after(last, 5) == last + 1);
  CHECK(parse_key(key_text("dlv_", last + 1), "dlv_") == last + 1);
  CHECK(key_after(last + 1, 5) == last + 2);
}

TEST_CASE("what is no id is not taken for one") {
  for (const auto* text : {"", "con_", "con_0", "con_07", "con_-7", "con_7 ", " con_7", "con_7x", "cnv_7", "con_9223372036854775808", "CON_7", "con_4294967296",
                           "con_7s", "con_7s00qgl", "con_7s000000", "con_7s00QGLJ", "con_7szzzzzz", "con_7s00qglj0", "con_7s00qglj_1", "con_s00qglj"}) {
    INFO(text);
    CHECK_FALSE(parse_contact_key(text));
  }
  for (const auto* text : {"cnv_7_0", "cnv_7_4294967296", "cnv_7_1_2", "cnv__1", "cnv_7_", "msg_7_1", "cnv_7s00qglj_2s00qglj", "cnv_7_2s000000", "cnv_7_0s00qglj"}) {
    INFO(text);
    CHECK_FALSE(parse_conversation_id(text));
  }
  for (const auto* text : {"msg_7_1_0", "msg_7_1", "msg_7_1_2_3", "evt_7_1_1", "msg_7s00qglj_0s000000_1", "msg_7_00_1"}) {
    INFO(text);
    CHECK_FALSE(parse_message_id(text));
  }
  for (const auto* text : {"evt_7", "evt_7_0", "evt_7_1.", "evt_7_99999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_event_id(text));
  }
  for (const auto* text : {"cmp_0", "cmp_", "con_3"}) {
    INFO(text);
    CHECK_FALSE(parse_campaign_key(text));
  }
}
