#include "server/loop/send_gate.hpp"

#include <catch2/catch.hpp>

using namespace answerback;
using namespace std::chrono_literals;

namespace {

const engine::Instant noon = *flows::parse_iso8601("2026-03-02T12:00:00Z");

engine::Message message_for(std::int64_t contact, bool exempt = false) {
  engine::Message message;
  message.id = {{contact}, 1, 1};
  message.exempt = exempt;
  return message;
}

}  // namespace

TEST_CASE("once a contact's opt-out is on its way no text to them starts, but for the confirmation") {
  server::SendGate gate;
  CHECK(gate.may_start(message_for(7)));
  gate.close({{7}}, noon);
  CHECK_FALSE(gate.may_start(message_for(7)));
  CHECK(gate.may_start(message_for(7, true)));
  CHECK(gate.may_start(message_for(8)));
}

TEST_CASE("the gate opens again for those who opted back in, or whose opt-out was not kept") {
  server::SendGate gate;
  gate.close({{7}, {8}}, noon);
  gate.open({{7}, {9}});
  CHECK(gate.may_start(message_for(7)));
  CHECK_FALSE(gate.may_start(message_for(8)));
}

TEST_CASE("the gate holds an opt-out for longer than any text can be under way, and not for ever") {
  server::SendGate gate;
  gate.close({{7}}, noon);
  gate.close({{8}}, noon + 30min);
  CHECK_FALSE(gate.may_start(message_for(7)));
  gate.close({{9}}, noon + 31min);
  CHECK(gate.may_start(message_for(7)));
  CHECK_FALSE(gate.may_start(message_for(8)));
}
