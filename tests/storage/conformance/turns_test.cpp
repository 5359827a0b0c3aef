// Loading and committing turns.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

TEST_CASE("an unknown phone is a new contact with a reserved key, the same one when asked twice") {
  const Opened store(EVERY_STORE);
  const std::vector<Address> addresses{ByPhone{"+15125550142"}, ByPhone{"+15125550143"}, ByPhone{"+15125550142"}, engine::ContactKey{99}};
  const auto states = store->load(addresses);
  REQUIRE(states.size() == 4);
  REQUIRE(states[0]->is_new);
  CHECK(states[0]->contact.phone == "+15125550142");
  CHECK(states[0]->contact.key == states[2]->contact.key);
  CHECK(states[0]->contact.key != states[1]->contact.key);
  CHECK_FALSE(states[3].has_value());
  CHECK_FALSE(store->find_contact("+15125550142").has_value());
}

TEST_CASE("what was committed is loaded again, by phone and by key") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  ana.contact.consent_at = at(3);
  ana.contact.yes_until = at(90);
  ana.contact.spoken = "es";
  ana.contact.fields = {{"first_name", std::string("Ana")}, {"age", std::int64_t{41}}, {"tags", std::vector<std::string>{"a", "b"}}};
  commit(*store, ana.begin(0));
  commit(*store, ana.turn(10, "its leaking"));
  const std::vector<Address> addresses{ByPhone{"+15125550142"}, ana.key()};
  for (const auto& state : store->load(addresses)) {
    REQUIRE(state);
    CHECK_FALSE(state->is_new);
    CHECK(state->contact == ana.contact);
    CHECK(state->active == ana.active);
  }
  CHECK(store->find_contact("+15125550142") == ana.contact);
  CHECK(store->conversation(ana.conversation()) == ana.active);
  CHECK(store->find_conversation(ana.conversation()) == ana.active);
}

TEST_CASE("a contact whose conversation has ended has no active one, and the ended one stays readable") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto first = ana.conversation();
  commit(*store, ana.end(20, engine::Life::completed, "estimate_requested"));
  commit(*store, ana.begin(30));
  const Address address = ana.key();
  const auto state = store->load(std::span(&address, 1)).front();
  CHECK(state->active->id.number == 2);
  CHECK(store->conversation(first)->life == engine::Life::completed);
  CHECK(store->conversation(first)->reason == "estimate_requested");
  CHECK(store->check().empty());
}

TEST_CASE("one batch may hold many commits of one contact") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  const std::vector<Commit> batch{ana.begin(0), ana.turn(1, "one"), ana.end(2, engine::Life::bailed, "not_understood"), ana.begin(3)};
  store->commit(batch);
  CHECK(store->find_contact(ana.key())->active == 2);
  CHECK(store->transcript({ana.key(), 1}).size() == 4);
  CHECK(store->transcript({ana.key(), 2}).size() == 2);
  CHECK(store->check().empty());
}

TEST_CASE("a provider's message is known again, and storing it twice is refused as a whole") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto first = ana.begin(0);
  first.seen = provider_key("SM1");
  commit(*store, first);
  const std::vector<DedupKey> keys{provider_key("SM1"), provider_key("SM2")};
  const auto ids = store->seen(keys);
  CHECK(ids[0] == first.decision.messages[0].id);
  CHECK_FALSE(ids[1].has_value());

  auto fresh = ana.turn(5, "news");
  auto again = ana.turn(6, "again");
  again.seen = provider_key("SM1");
  const std::vector<Commit> batch{fresh, again};
  CHECK_THROWS_AS(store->commit(batch), StoreError);
  CHECK(store->transcript(ana.conversation()).size() == 2);
  commit(*store, fresh);
  CHECK(store->transcript(ana.conversation()).size() == 4);
}

TEST_CASE("what contradicts what is kept is told apart from a store that fails, and the store takes others") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto first = ana.begin(0);
  first.seen = provider_key("SM1");
  commit(*store, first);
  auto same_message = ana.turn(1, "again");
  same_message.seen = provider_key("SM1");
  CHECK_THROWS_AS(commit(*store, same_message), Contradiction);
  auto same_event = ana.turn(2, "its leaking");
  REQUIRE_FALSE(first.events.empty());
  same_event.events = {first.events.front()};
  CHECK_THROWS_AS(commit(*store, same_event), Contradiction);
  auto same_phone = ana.begin(3);
  same_phone.decision.contact.key.value += 100;
  CHECK_THROWS_AS(commit(*store, same_phone), Contradiction);
  Person ben(*store, "+15125550143");
  commit(*store, ben.begin(4));
  CHECK(store->find_contact("+15125550143"));
}

TEST_CASE("a commit for a contact that nobody made is refused") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto turn = ana.turn(0, "hello");
  turn.decision.contact_changed = false;
  CHECK_THROWS_AS(commit(*store, turn), StoreError);
}

TEST_CASE("a phone that is no E.164 number is refused") {
  const Opened store(EVERY_STORE);
  const auto* phone = GENERATE("", "+", "5125550142", "+0125550142", "+1512555014x", "+1234567890123456");
  const std::vector<Address> addresses{ByPhone{phone}};
  CHECK_THROWS_AS(store->load(addresses), StoreError);
}

TEST_CASE("a message outside a conversation follows the contact's counter") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "Hello"));
  commit(*store, ana.begin(10));
  commit(*store, ana.end(20, engine::Life::discarded, "no_reply"));
  commit(*store, ana.text(30, "Bye"));
  const auto hello = store->message({ana.key(), 0, 1});
  const auto bye = store->message({ana.key(), 0, 2});
  REQUIRE(hello);
  REQUIRE(bye);
  CHECK(hello->text == "Hello");
  CHECK(bye->text == "Bye");
  CHECK_FALSE(store->message({ana.key(), 0, 3}).has_value());
  CHECK_FALSE(store->message({ana.key(), 7, 1}).has_value());
}

TEST_CASE("a message keeps all that it is") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto begin = ana.begin(0);
  auto& message = begin.decision.messages[0];
  message.media = {"https://example.com/a.jpg", "https://example.com/b.jpg"};
  message.error = "30003";
  message.exempt = true;
  message.expires_at = at(300);
  message.campaign = engine::CampaignKey{4};
  commit(*store, begin);
  CHECK(store->message(message.id) == message);
}

TEST_CASE("timers come soonest first, move with the conversation and go with its end") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  CHECK_FALSE(store->next_timer().has_value());
  commit(*store, ana.begin(0));
  commit(*store, bob.begin(10));
  CHECK(store->next_timer() == at(3600));
  CHECK(store->due_timers(at(3599), 10).empty());
  CHECK(store->due_timers(at(4000), 1).size() == 1);
  const auto due = store->due_timers(at(4000), 10);
  REQUIRE(due.size() == 2);
  CHECK(due[0].conversation == ana.conversation());
  CHECK(due[0].turn == 1);
  CHECK(due[1].conversation == bob.conversation());

  commit(*store, ana.turn(100, "its leaking"));
  CHECK(store->next_timer() == at(3610));
  commit(*store, bob.end(200, engine::Life::discarded, "no_reply"));
  CHECK(store->next_timer() == at(3700));
  CHECK(store->due_timers(at(9999), 10).at(0).turn == 2);
}

TEST_CASE("the answer to a request is kept with its commit, and the newest one counts") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto begin = ana.begin(0);
  begin.idempotency = IdempotencyRecord{"key", "print", 200, "{}", at(0)};
  commit(*store, begin);
  const auto kept = store->idempotency("key");
  REQUIRE(kept);
  CHECK(kept->fingerprint == "print");
  CHECK(kept->status == 200);
  CHECK(kept->body == "{}");
  CHECK(kept->at == at(0));
  store->store_idempotency({"key", "other", 201, "[]", at(90'000)});
  CHECK(store->idempotency("key")->fingerprint == "other");
  CHECK_FALSE(store->idempotency("unknown").has_value());
}
