// Blobs: what is written is read back; what is damaged is refused, whatever the damage.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "storage/codec.hpp"

using namespace answerback;
using namespace answerback::storage;

namespace {

rc::Gen<flows::Value> any_value() {
  return rc::gen::oneOf(rc::gen::just(flows::Value{}), rc::gen::map(rc::gen::arbitrary<bool>(), [](bool v) { return flows::Value(v); }),
                        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t v) { return flows::Value(v); }),
                        rc::gen::map(rc::gen::arbitrary<double>(), [](double v) { return flows::Value(v); }),
                        rc::gen::map(rc::gen::arbitrary<std::string>(), [](std::string v) { return flows::Value(std::move(v)); }),
                        rc::gen::map(rc::gen::arbitrary<std::vector<std::string>>(),
                                     [](std::vector<std::string> v) { return flows::Value(std::move(v)); }),
                        rc::gen::map(rc::gen::arbitrary<std::string>(), [](std::string v) { return flows::Value(flows::Range(std::move(v), std::int64_t{5})); }),
                        rc::gen::map(rc::gen::arbitrary<double>(), [](double v) { return flows::Value(flows::Range(flows::Money{v, "USD"}, {})); }));
}

rc::Gen<flows::Values> any_values() {
  return rc::gen::container<flows::Values>(rc::gen::pair(rc::gen::arbitrary<std::string>(), any_value()));
}

engine::Conversation any_conversation() {
  engine::Conversation conversation;
  conversation.step = *rc::gen::arbitrary<std::string>();
  conversation.trigger = {*rc::gen::element(engine::Trigger::Kind::keyword, engine::Trigger::Kind::campaign), "ROOF"};
  conversation.messages_in = *rc::gen::arbitrary<std::uint32_t>();
  conversation.answers = *any_values();
  conversation.vars = *any_values();
  if (*rc::gen::arbitrary<bool>()) conversation.open = engine::OpenQuestion{"What?", {}, flows::Instant(flows::Duration(-5)), 1, 2};
  const engine::Misunderstood reply{*rc::gen::arbitrary<std::string>(), "not_understood", flows::Instant(flows::Duration(7))};
  if (conversation.open) conversation.open->not_understood = {reply};
  if (*rc::gen::arbitrary<bool>()) conversation.left = engine::LeftQuestion{"visit.zip", "Where?", {}, {reply, reply}};
  conversation.phrase = *rc::gen::arbitrary<std::string>();
  conversation.interactions = {{"step", "answer", "What?", "reply", *any_value(), 3, {}, {}, *rc::gen::arbitrary<bool>(), "new roof"}};
  return conversation;
}

// Decodes whatever there is; only DamagedBytes may come out.
bool survives(std::string_view bytes) {
  engine::Conversation into;
  try {
    decode_state(bytes, into);
  } catch (const DamagedBytes&) {
  }
  return true;
}

}  // namespace

TEST_CASE("a conversation's state is read back as it was") {
  CHECK(rc::check([] {
    const auto conversation = any_conversation();
    engine::Conversation read;
    decode_state(encode_state(conversation), read);
    RC_ASSERT(read == conversation);
  }));
}

// Written by the version before, byte for byte: one answer, an open question, nothing beyond.
TEST_CASE("a state of the form before is read, and its answers count as sure") {
  auto conversation = engine::Conversation{};
  conversation.step = "zip";
  conversation.open = engine::OpenQuestion{"Where?", {}, {}, 1, 0};
  conversation.interactions = {{"service", "service", "What?", "fix", std::string("repair"), 1, {}, {}}};
  auto bytes = encode_state(conversation);
  // The newest part at its end: sure, label; no replies that were not understood; nothing left; no phrase.
  const std::string newest("\x01\x00\x00\x00\x00", 5);
  REQUIRE(bytes.ends_with(newest));
  bytes.resize(bytes.size() - newest.size());
  bytes[0] = 2;
  engine::Conversation read;
  decode_state(bytes, read);
  CHECK(read == conversation);
}

TEST_CASE("values are read back as they were, to the bit") {
  CHECK(rc::check([] {
    const auto values = *any_values();
    RC_ASSERT(decode_values(encode_values(values)) == values);
  }));
}

TEST_CASE("every cut of a state is refused") {
  engine::Conversation conversation;
  conversation.step = "service";
  conversation.open = engine::OpenQuestion{"What?", {}, {}, 1, 2};
  conversation.answers = {{"zip", std::string("78701")}};
  const auto bytes = encode_state(conversation);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    engine::Conversation into;
    CHECK_THROWS_AS(decode_state(std::string_view(bytes).substr(0, size), into), DamagedBytes);
  }
  engine::Conversation into;
  CHECK_THROWS_AS(decode_state(bytes + "x", into), DamagedBytes);
}

TEST_CASE("no damage to a state does more than be refused") {
  CHECK(rc::check([] {
    auto bytes = encode_state(any_conversation());
    const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[place] = *rc::gen::arbitrary<char>();
    RC_ASSERT(survives(bytes));
  }));
  CHECK(rc::check([](const std::string& noise) { RC_ASSERT(survives("\x01" + noise)); }));
}

TEST_CASE("a length beyond what is there is refused before anything is allocated") {
  CHECK_THROWS_AS(decode_texts("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), DamagedBytes);
  CHECK_THROWS_AS(decode_texts("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), DamagedBytes);
  CHECK_THROWS_AS(decode_texts("\x02"), DamagedBytes);
  CHECK_THROWS_AS(decode_pairs(encode_texts({"name without value"})), DamagedBytes);
}
