#include <catch2/catch.hpp>
#include <rapidcheck.h>

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

TEST_CASE("an id is read back as it is spelled") {
  const bool held = rc::check([] {
    const ContactKey contact{*rc::gen::inRange<std::int64_t>(1, INT64_MAX)};
    const auto number = *rc::gen::inRange<std::uint32_t>(1, UINT32_MAX);
    const auto conversation = *rc::gen::arbitrary<std::uint32_t>();
    RC_ASSERT(parse_contact_key(to_string(contact)) == contact);
    RC_ASSERT(parse_conversation_id(to_string(ConversationId{contact, number})) == (ConversationId{contact, number}));
    RC_ASSERT(parse_message_id(to_string(MessageId{contact, conversation, number})) == (MessageId{contact, conversation, number}));
    RC_ASSERT(parse_event_id(to_string(EventId{contact, number})) == (EventId{contact, number}));
    RC_ASSERT(parse_campaign_key(to_string(CampaignKey{contact.value})) == CampaignKey{contact.value});
  });
  CHECK(held);
}

TEST_CASE("what is no id is not taken for one") {
  for (const auto* text : {"", "con_", "con_0", "con_07", "con_-7", "con_7 ", " con_7", "con_7x", "cnv_7", "con_9223372036854775808", "CON_7"}) {
    INFO(text);
    CHECK_FALSE(parse_contact_key(text));
  }
  for (const auto* text : {"cnv_7_0", "cnv_7_4294967296", "cnv_7_1_2", "cnv__1", "cnv_7_", "msg_7_1"}) {
    INFO(text);
    CHECK_FALSE(parse_conversation_id(text));
  }
  for (const auto* text : {"msg_7_1_0", "msg_7_1", "msg_7_1_2_3", "evt_7_1_1"}) {
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
