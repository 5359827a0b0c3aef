#include "server/loop/turns.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;
using engine::MessageStatus;

namespace {

std::vector<MessageStatus> statuses(const std::vector<engine::Message>& messages) {
  std::vector<MessageStatus> found;
  for (const auto& message : messages) found.push_back(message.status);
  return found;
}

engine::Handover accepted(const engine::Message& message) {
  return {message, engine::Handover::Result::accepted, "SM1", ""};
}

}  // namespace

TEST_CASE("two texts of one contact in one batch: the second is a reply to what the first was asked") {
  Office office;
  const auto handled = office.handle({office.text(ana, "ROOF"), office.text(ana, "2"), office.text(ana, "12")});
  CHECK(texts(handled[0].decision).size() == 2);
  CHECK(texts(handled[1].decision) == std::vector<std::string>{"About how old is the roof, in years?"});
  CHECK(texts(handled[2].decision) == std::vector<std::string>{"What is the ZIP code of the house?"});
  CHECK(office.store.commits == 1);
  const auto conversation = office.store.find_conversation({office.contact(ana).key, 1});
  REQUIRE(conversation);
  CHECK(conversation->step == "zip");
  CHECK(conversation->messages_in == 3);
  CHECK(office.messages(ana).size() == 7);
}

TEST_CASE("a contact who is met twice in one batch is one contact") {
  Office office;
  const auto handled = office.handle({office.text(ana, "hello"), office.text(ana, "is anybody there?"), office.text(ben, "hello")});
  CHECK(handled[0].decision.contact.key == handled[1].decision.contact.key);
  CHECK(handled[0].decision.contact.key != handled[2].decision.contact.key);
  CHECK(office.store.gauges().contacts == 2);
  const auto types = office.event_types();
  CHECK(std::count(types.begin(), types.end(), "contact.created") == 2);
}

TEST_CASE("a conversation that ends early in a batch is not spoken to later in it") {
  Office office;
  const auto handled = office.handle({office.text(ana, "ROOF"), office.text(ana, "agent"), office.text(ana, "ROOF")});
  CHECK(office.store.find_conversation({handled[0].decision.contact.key, 1})->life == engine::Life::bailed);
  CHECK(office.store.find_conversation({handled[0].decision.contact.key, 2})->life == engine::Life::waiting);
  const auto types = office.event_types();
  CHECK(std::count(types.begin(), types.end(), "conversation.bailed") == 1);
}

TEST_CASE("a carrier's message id acts once within a batch, and once over all batches") {
  Office office;
  const auto first = office.handle({office.text(ana, "ROOF", "SM1"), office.text(ana, "ROOF", "SM1")});
  const auto id = first[0].decision.messages.front().id;
  CHECK_FALSE(first[0].duplicate_of);
  CHECK(first[1].duplicate_of == id);
  CHECK(first[1].decision.messages.empty());

  const auto again = office.handle_one(office.text(ana, "ROOF", "SM1"));
  CHECK(again.stored);
  CHECK(again.duplicate_of == id);
  CHECK(office.result.committed == 0);
  CHECK(office.messages(ana).size() == 3);
  CHECK_FALSE(office.handle_one(office.text(ana, "1", "SM2")).duplicate_of);
}

TEST_CASE("a message id belongs to its sender's number: another number's text under it is refused, in one batch and later") {
  Office office;
  const auto handled = office.handle({office.text(ana, "hello", "SM1"), office.text(ben, "ROOF", "SM1")});
  CHECK_FALSE(handled[0].clash);
  CHECK(handled[1].clash);
  CHECK_FALSE(handled[1].duplicate_of);
  CHECK(handled[1].decision.messages.empty());
  CHECK(office.handle_one(office.text(ben, "START", "SM1")).clash);
  CHECK_FALSE(office.store.find_contact(ben));
  CHECK(office.handle_one(office.text(ana, "hello", "SM1")).duplicate_of);
}

TEST_CASE("a wish to stop under another number's message id is refused, and stands all the same") {
  const bool in_one_batch = GENERATE(true, false);
  const std::string stop = GENERATE("STOP", "stop texting me", "🛑");
  CAPTURE(in_one_batch, stop);
  Office office;
  office.subscribe({"contact.opted_out"});
  office.handle_one(office.text(ben, "ROOF", "SM0"));
  const auto sent = office.outgoing(ben).size();
  std::vector<server::Handled> handled;
  if (in_one_batch) {
    handled = office.handle({office.text(ana, "hello", "SM1"), office.text(ben, stop, "SM1"), office.text(ben, "1", "SM2")});
  } else {
    office.handle_one(office.text(ana, "hello", "SM1"));
    handled = office.handle({office.text(ana, "hello again", "SM3"), office.text(ben, stop, "SM1"), office.text(ben, "1", "SM2")});
  }
  CHECK(handled[1].clash);
  CHECK(handled[1].decision.messages.empty());
  CHECK(texts(handled[2].decision).empty());
  CHECK(office.contact(ben).consent == engine::Consent::opted_out);
  CHECK(office.store.find_conversation({office.contact(ben).key, 1})->life == engine::Life::discarded);
  CHECK(office.outgoing(ben).size() == sent);
  CHECK(office.contact(ana).consent == engine::Consent::unknown);
  const std::vector<engine::ContactKey> who{office.contact(ben).key};
  CHECK(std::count(office.gate.begin(), office.gate.end(), std::make_pair(who, false)) == 1);
  const auto types = office.event_types();
  CHECK(std::count(types.begin(), types.end(), "contact.opted_out") == 1);
}

TEST_CASE("a wish to stop under another number's message id stands once, also from who never wrote before") {
  Office office;
  office.handle({office.text(ana, "hello", "SM1"), office.text(ben, "STOP", "SM1"), office.text(ben, "STOP", "SM1")});
  office.handle_one(office.text(ben, "STOP", "SM1"));
  CHECK(office.contact(ben).consent == engine::Consent::opted_out);
  CHECK(office.messages(ben).size() == 1);
  CHECK(office.store.ledger(office.contact(ben).key).size() == 1);
  office.handle_one(office.text(ben, "START", "SM1"));
  CHECK(office.contact(ben).consent == engine::Consent::opted_out);
}

TEST_CASE("equal texts with different ids are both heard: people do say YES twice") {
  Office office;
  const auto handled = office.handle({office.text(ana, "yes", "SM1"), office.text(ana, "yes", "SM2")});
  CHECK_FALSE(handled[1].duplicate_of);
  CHECK(office.messages(ana).size() == 2);
}

TEST_CASE("whoever is addressed by a key that nobody has is named as unknown, and nothing is kept") {
  Office office;
  const auto handled = office.handle_one(office.about(engine::ContactKey{404}, engine::ManualConsent{}));
  CHECK(handled.stored);
  CHECK_FALSE(handled.known_contact);
  CHECK(office.result.committed == 0);
}

TEST_CASE("a store that can't commit tells every job so, opens the gate again and keeps nothing") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  office.store.commit_fails = true;
  const auto handled = office.handle({office.text(ana, "STOP", "SM7"), office.text(ben, "ROOF")});
  CHECK_FALSE(handled[0].stored);
  CHECK_FALSE(handled[1].stored);
  CHECK_FALSE(office.result.sends_with_work);
  const std::vector<engine::ContactKey> who{office.contact(ana).key};
  REQUIRE(office.gate.size() >= 2);
  CHECK(office.gate.front() == std::make_pair(who, false));
  CHECK(office.gate.back() == std::make_pair(who, true));
  CHECK(office.contact(ana).consent != engine::Consent::opted_out);
  CHECK_FALSE(office.store.find_contact(ben));

  office.store.commit_fails = false;
  const auto retried = office.handle_one(office.text(ana, "STOP", "SM7"));
  CHECK(retried.stored);
  CHECK_FALSE(retried.duplicate_of);
  CHECK(office.contact(ana).consent == engine::Consent::opted_out);
  CHECK(office.gate.size() == 1);
}

TEST_CASE("a store that can't even be read tells every job so and never closes the gate") {
  Office office;
  office.store.load_fails = true;
  const auto handled = office.handle({office.text(ana, "STOP"), office.text(ben, "ROOF")});
  CHECK_FALSE(handled[0].stored);
  CHECK_FALSE(handled[1].stored);
  CHECK(office.gate.empty());
}

TEST_CASE("a text that is stored only counts as sent in the same commit") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  CHECK(statuses(office.outgoing(ana)) == std::vector(2, MessageStatus::sent));
  CHECK(office.outgoing(ana).front().carrier == "log");
  CHECK_FALSE(office.result.sends_with_work);
  CHECK(office.store.lease_sends(office.now, 10).due.empty());
}

TEST_CASE("a contact enters a campaign once, with the first of its texts that is accepted for sending") {
  Office office;
  const auto campaign = office.campaign_for({ana});
  const auto handled = office.handle_one(office.about(ana, engine::Start{campaign.flow, campaign.sender, {}, campaign}));
  CHECK(texts(handled.decision).size() == 2);
  CHECK(office.store.campaign_entry(campaign.key, office.contact(ana).key)->state == engine::EntryState::entered);
  const auto types = office.event_types();
  CHECK(std::count(types.begin(), types.end(), "contact.entered_campaign") == 1);
  CHECK(office.store.campaigns().front().entered == 1);
}

TEST_CASE("over a carrier's lane a contact enters a campaign only when the carrier has accepted the text") {
  Office office;
  office.carrier = "http";
  const auto campaign = office.campaign_for({ana});
  office.handle_one(office.about(ana, engine::Start{campaign.flow, campaign.sender, {}, campaign}));
  auto leased = office.store.lease_sends(office.now, 10).due;
  REQUIRE_FALSE(leased.empty());
  CHECK(office.store.campaign_entry(campaign.key, office.contact(ana).key)->state == engine::EntryState::started);
  office.handle_one(office.about(office.contact(ana).key, accepted(leased.front().message)));
  CHECK(office.store.campaign_entry(campaign.key, office.contact(ana).key)->state == engine::EntryState::entered);
}

TEST_CASE("texts for a carrier's lane are queued and leave one after the other") {
  Office office;
  office.carrier = "http";
  const auto handled = office.handle_one(office.text(ana, "ROOF"));
  CHECK(office.result.sends_with_work);
  CHECK(statuses(office.outgoing(ana)) == std::vector(2, MessageStatus::queued));
  const auto leased = office.store.lease_sends(office.now, 1).due;
  REQUIRE(leased.size() == 1);
  CHECK(leased.front().message.text == texts(handled.decision).front());
  CHECK(leased.front().message.carrier == "http");
}

TEST_CASE("replies that ride in the answer to a carrier's own request are sent, and nothing is queued") {
  Office office;
  office.carrier = "twilio";
  auto job = office.text(ana, "ROOF");
  job.answered_by = "twilio";
  const auto handled = office.handle_one(std::move(job));
  CHECK(texts(handled.decision).size() == 2);
  CHECK(statuses(office.outgoing(ana)) == std::vector(2, MessageStatus::sent));
  CHECK_FALSE(office.result.sends_with_work);
  CHECK(office.store.lease_sends(office.now, 10).due.empty());
}

TEST_CASE("an event goes to the endpoints that want it and to nobody else") {
  Office office;
  const auto outcomes = office.subscribe({"conversation.bailed", "conversation.completed"});
  const auto people = office.subscribe({"contact.*"});
  const auto completed_only = office.subscribe({"conversation.*"}, R"({"outcome": "completed"})");
  office.handle({office.text(ana, "ROOF"), office.text(ana, "agent")});

  const auto types = [&](webhooks::EndpointKey endpoint) {
    storage::DeliveryFilter filter;
    filter.endpoint = endpoint;
    std::vector<std::string> found;
    for (const auto& delivery : office.store.list_deliveries(filter, {50, 0}).items) found.push_back(delivery.event_type);
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(types(outcomes) == std::vector<std::string>{"conversation.bailed"});
  CHECK(types(people) == std::vector<std::string>{"contact.created", "contact.opted_in"});
  CHECK(types(completed_only).empty());
  const auto& woken = office.result.endpoints_with_work;
  CHECK(std::count(woken.begin(), woken.end(), outcomes) == 1);
  CHECK(std::count(woken.begin(), woken.end(), completed_only) == 0);
}

TEST_CASE("message events are made only when somebody wants them") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  const auto before = office.event_types();
  CHECK(std::count(before.begin(), before.end(), "message.sent") == 0);
  office.subscribe({"message.sent"});
  office.handle_one(office.text(ana, "1"));
  const auto after = office.event_types();
  CHECK(std::count(after.begin(), after.end(), "message.sent") == 1);
}

TEST_CASE("whoever opted out and was erased is still opted out when they come back") {
  Office office;
  office.handle({office.text(ana, "ROOF"), office.text(ana, "STOP")});
  const auto old_key = office.contact(ana).key;
  REQUIRE(office.store.erase_contact(old_key, hash_of(ana), office.now, {}));
  REQUIRE_FALSE(office.store.find_contact(ana));

  const auto back = office.handle_one(office.text(ana, "ROOF"));
  CHECK(back.decision.contact.key != old_key);
  CHECK(texts(back.decision).empty());
  CHECK(office.contact(ana).consent == engine::Consent::opted_out);
  const auto started = office.handle_one(office.about(ana, engine::Start{"roof-estimate", "", {}, std::nullopt}));
  CHECK(started.decision.refusal == engine::Refusal::opted_out);

  office.handle_one(office.text(ana, "START"));
  CHECK(office.contact(ana).consent == engine::Consent::opted_in);
}

TEST_CASE("an erased contact who never opted out comes back as a stranger") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  office.store.erase_contact(office.contact(ana).key, hash_of(ana), office.now, {});
  CHECK(texts(office.handle_one(office.text(ana, "ROOF")).decision).size() == 2);
}

TEST_CASE("a text that was surely not accepted goes back into the queue until its time") {
  Office office;
  office.carrier = "http";
  office.handle_one(office.text(ana, "hello"));
  office.handle_one(office.text(ana, "HELP"));
  const auto leased = office.store.lease_sends(office.now, 10).due;
  REQUIRE(leased.size() == 1);
  CHECK(leased.front().attempt == 1);

  auto job = office.about(office.contact(ana).key, engine::Handover{leased.front().message, engine::Handover::Result::unknown, "", "http_503"});
  job.retry_at = office.now + std::chrono::seconds(30);
  office.handle_one(std::move(job));
  CHECK(office.store.message(leased.front().message.id)->status == MessageStatus::queued);
  CHECK(office.store.lease_sends(office.now + std::chrono::seconds(29), 10).due.empty());
  const auto again = office.store.lease_sends(office.now + std::chrono::seconds(30), 10).due;
  REQUIRE(again.size() == 1);
  CHECK(again.front().attempt == 2);
}

TEST_CASE("a receipt may overtake the answer to the hand-over: what was delivered stays delivered") {
  Office office;
  office.carrier = "http";
  office.handle_one(office.text(ana, "HELP"));
  const auto leased = office.store.lease_sends(office.now, 10).due.front().message;
  const auto key = office.contact(ana).key;
  office.handle_one(office.about(key, engine::Receipt{leased, MessageStatus::delivered, "", false}));
  office.handle_one(office.about(key, accepted(leased)));
  CHECK(office.store.message(leased.id)->status == MessageStatus::delivered);
  CHECK(office.store.message_by_provider("http", "SM1")->id == leased.id);
}

TEST_CASE("the answer to a POST with an Idempotency-Key is kept in the commit that it tells of, or not at all") {
  Office office;
  const auto start = [&] {
    auto job = office.about(ana, engine::Start{"roof-estimate", "", {}, std::nullopt});
    job.remember = [&](const server::Handled& handled) {
      return storage::IdempotencyRecord{"key", "print", 201, engine::to_string(handled.decision.conversations.front().id), office.now};
    };
    return job;
  };
  office.store.commit_fails = true;
  office.handle_one(start());
  CHECK_FALSE(office.store.idempotency("key"));
  office.store.commit_fails = false;
  const auto handled = office.handle_one(start());
  REQUIRE(office.store.idempotency("key"));
  CHECK(office.store.idempotency("key")->body == engine::to_string(handled.decision.conversations.front().id));
}

TEST_CASE("timers that are due become jobs, and one that the reply has overtaken changes nothing") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  CHECK(office.turns.due_timers(office.now + std::chrono::minutes(59), 10).empty());
  office.now += std::chrono::hours(1);
  auto due = office.turns.due_timers(office.now, 10);
  REQUIRE(due.size() == 1);

  SECTION("silence: the reminder goes out once") {
    CHECK(texts(office.handle_one(due.front()).decision) == std::vector<std::string>{"Still there? What does your roof need?"});
    CHECK(office.turns.due_timers(office.now, 10).empty());
    CHECK(office.handle_one(due.front()).decision.messages.empty());
  }
  SECTION("a reply in the same batch before it: no reminder") {
    const auto handled = office.handle({office.text(ana, "2"), due.front()});
    CHECK(handled[1].decision.messages.empty());
  }
}

TEST_CASE("those who look on see each committed batch once and nothing of a failed one") {
  Office office;
  std::vector<std::size_t> seen;
  office.turns.on_commit = [&](const auto& commits) { seen.push_back(commits.size()); };
  office.handle({office.text(ana, "ROOF"), office.text(ben, "ROOF")});
  office.store.commit_fails = true;
  office.handle_one(office.text(ana, "1"));
  CHECK(seen == std::vector<std::size_t>{2});
}
