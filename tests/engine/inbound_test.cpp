#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::texts;
using namespace std::chrono_literals;

namespace {

Inbound inbound(const Rig& rig, const std::string& text) {
  Inbound inbound;
  inbound.from = rig.contact.phone;
  inbound.text = text;
  inbound.received_at = rig.now;
  return inbound;
}

}  // namespace

TEST_CASE("the confirmation of STOP is exempt and worthless after five minutes (47 CFR 64.1200(a)(12))") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  auto stop = inbound(rig, "STOP");
  stop.received_at = rig.now - 2min;
  const auto decision = rig.apply(stop);
  REQUIRE(decision.messages.size() == 2);
  const auto& confirmation = decision.messages.back();
  CHECK(confirmation.exempt);
  CHECK(confirmation.expires_at == stop.received_at + 5min);
  CHECK(decision.cancel_queued);
  CHECK(decision.messages.front().id == (MessageId{{7}, 1, 4}));
  CHECK(confirmation.id == (MessageId{{7}, 1, 5}));
}

TEST_CASE("of several opt-outs the newest counts: a START that was written between them and comes last ends none") {
  for (const bool by_hand : {false, true}) {
    CAPTURE(by_hand);
    Rig rig;
    rig.publish("roof.json").text("ROOF");
    const auto written = [&rig](const std::string& text, Duration before_now) {
      auto sent = inbound(rig, text);
      sent.written_at = rig.now - before_now;
      return sent;
    };
    rig.apply(written("STOP", 60min));
    if (by_hand) {
      rig.apply(ManualConsent{});
    } else {
      rig.apply(written("STOP", 20min));
      rig.apply(written("STOP", 50min));
    }
    CHECK(rig.apply(written("START", 40min)).messages.size() == 1);
    CHECK(rig.contact.consent == Consent::opted_out);
    rig.wait(1min);
    rig.apply(written("START", 0min));
    CHECK(rig.contact.consent == Consent::opted_in);
  }
}

TEST_CASE("an opt-out cancels what is queued, but for what is exempt") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  rig.text("HELP");
  rig.text("STOP");
  std::vector<MessageStatus> outgoing;
  for (const auto& message : rig.messages) {
    if (message.direction == Direction::out) outgoing.push_back(message.status);
  }
  using enum MessageStatus;
  CHECK(outgoing == std::vector{cancelled, cancelled, queued, queued});
}

TEST_CASE("where the carrier has answered a consent word we do not answer it again") {
  Rig rig;
  rig.publish("roof.json");
  for (const auto* word : {"HELP", "STOP", "START"}) {
    INFO(word);
    auto message = inbound(rig, word);
    message.carrier_replied = true;
    CHECK(texts(rig.apply(message)).empty());
  }
  CHECK(rig.ledger.size() == 2);
}

TEST_CASE("where the carrier confirms by itself we do not confirm STOP, yet it counts") {
  Rig rig;
  rig.settings.confirm_opt_out = false;
  CHECK(texts(rig.text("STOP")).empty());
  CHECK(rig.contact.consent == Consent::opted_out);
}

TEST_CASE("a sender's own wording is used for its number, and the texts leave from the number that was written to") {
  Rig rig;
  rig.settings.senders.push_back({"+15125550199", "Acme Attics", "help!", "stopped!", "started!"});
  std::vector<std::string> said;
  for (const auto* word : {"HELP", "STOP", "START"}) {
    auto message = inbound(rig, word);
    message.to = "+15125550199";
    const auto decision = rig.apply(message);
    REQUIRE(decision.messages.size() == 2);
    CHECK(decision.messages.back().from == "+15125550199");
    CHECK(decision.messages.back().to == rig.contact.phone);
    said.push_back(decision.messages.back().text);
  }
  CHECK(said == std::vector<std::string>{"help!", "stopped!", "started!"});
}

TEST_CASE("the ledger says what was written, where it stands and what came of it") {
  Rig rig;
  rig.publish("roof.json").text("Roof!");
  REQUIRE(rig.ledger.size() == 1);
  const auto& row = rig.ledger.front();
  CHECK(row.keyword == "ROOF");
  CHECK(row.text == "Roof!");
  CHECK(row.message == MessageId{{7}, 1, 1});
  CHECK(row.scope == "all");
  CHECK(row.at == rig.now);
  CHECK(rig.event(Event::Type::contact_opted_in)->consent == row);
}

TEST_CASE("the text that starts a conversation is its first message; what belongs to none is counted apart") {
  Rig rig;
  rig.publish("roof.json");
  CHECK(rig.text("hello").messages.front().id == (MessageId{{7}, 0, 1}));
  const auto decision = rig.text("ROOF");
  CHECK(decision.messages.front().id == (MessageId{{7}, 1, 1}));
  CHECK(decision.messages.back().id == (MessageId{{7}, 1, 3}));
  CHECK(decision.touched()->messages_in == 1);
  CHECK(decision.touched()->messages_out == 2);
  CHECK(decision.touched()->trigger == (Trigger{Trigger::Kind::keyword, "ROOF"}));
}

TEST_CASE("an answer is kept with its question, the raw reply, the attempts and the times") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  const auto asked_at = rig.now;
  rig.now += 5min;
  rig.text("purple elephants");
  rig.now += 5min;
  rig.text("its LEAK ");
  REQUIRE(rig.last().interactions.size() == 1);
  const Interaction expected{"service", "service", "What do you need? 1) repair 2) replacement 3) inspection", "its LEAK ",
                             Value(std::string("repair")), 2, asked_at, rig.now, true, "repair"};
  CHECK(rig.last().interactions.front() == expected);
}

TEST_CASE("message.received is made when somebody wants it, after the conversation that it starts") {
  Rig rig;
  rig.wishes.message_received = true;
  rig.publish("roof.json").text("ROOF");
  CHECK(rig.told() == std::vector<std::string>{"contact.created", "contact.opted_in", "conversation.started", "message.received"});
  CHECK(rig.events.back().message->text == "ROOF");
  CHECK(rig.events.back().conversation->messages_in == 1);
}

TEST_CASE("an event shows the contact and the conversation as they are after it") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  CHECK(rig.event(Event::Type::contact_created)->contact.consent == Consent::unknown);
  CHECK(rig.event(Event::Type::contact_opted_in)->contact.consent == Consent::opted_in);
  CHECK_FALSE(rig.event(Event::Type::contact_opted_in)->conversation);
  CHECK(rig.event(Event::Type::conversation_started)->contact.active == 1);
  rig.text("not interested");
  const auto* ended = rig.event(Event::Type::conversation_discarded);
  CHECK(ended->contact.active == 0);
  CHECK(ended->contact.sequence == ended->id.sequence);
  CHECK(ended->conversation == rig.last());
}

TEST_CASE("fields and variables that a flow sets") {
  Rig rig;
  rig.publish("appointment.json").text("BOOK");
  CHECK(rig.contact.fields == Values{{"last_flow", Value(std::string("appointment"))}});
  CHECK(rig.last().vars == Values{{"tier", Value(std::string("gold"))}});
}
