// Reading lists, and removing a person.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

// Follows the cursor to the end; `turns` bounds it.
template <class T, class Read>
std::vector<T> all_pages(Read&& read, std::uint32_t limit, int turns = 50) {
  std::vector<T> all;
  PageRequest request{limit, 0};
  for (; turns > 0; --turns) {
    auto page = read(request);
    CHECK(page.items.size() <= limit);
    all.insert(all.end(), page.items.begin(), page.items.end());
    if (page.next == 0) return all;
    request.after = page.next;
  }
  FAIL("the cursor does not come to an end");
  return all;
}

}  // namespace

TEST_CASE("how lively a contact's texts are answered is kept with the contact, and goes with the person") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  ana.contact.pace = {at(3), 7, 2, 0xFFFF'FFFFU};
  commit(*store, ana.begin(0));
  CHECK(store->find_contact(ana.key())->pace == ana.contact.pace);
  ana.contact.pace = {at(4), 61, 1, 5};
  auto turn = ana.turn(1, "yes");
  turn.decision.contact_changed = true;
  commit(*store, turn);
  const Address address = ana.key();
  CHECK(store->load(std::span(&address, 1)).front()->contact.pace == ana.contact.pace);
  commit(*store, ana.end(2, engine::Life::bailed, "too_many_messages"));
  store->erase_contact(ana.key(), "hash", at(5), {});
  CHECK(store->find_contact(ana.key())->pace == engine::Pace{});
}

TEST_CASE("conversations are listed newest first, filtered, page by page") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  for (int i = 0; i < 3; ++i) {
    commit(*store, ana.begin(i * 10));
    commit(*store, ana.end(i * 10 + 1, engine::Life::completed, "done"));
  }
  commit(*store, bob.begin(50));
  const auto list = [&](const ConversationFilter& filter) {
    return all_pages<engine::Conversation>([&](const PageRequest& page) { return store->list_conversations(filter, page); }, 2);
  };
  const auto all = list({});
  REQUIRE(all.size() == 4);
  CHECK(all[0].id == bob.conversation());
  CHECK(all[1].id == engine::ConversationId{ana.key(), 3});
  CHECK(all[3].id == engine::ConversationId{ana.key(), 1});
  ConversationFilter filter;
  filter.contact = ana.key();
  CHECK(list(filter).size() == 3);
  CHECK(list(filter)[0].id.number == 3);
  filter = {};
  filter.active = true;
  CHECK(list(filter).size() == 1);
  filter = {};
  filter.outcome = engine::Outcome::completed;
  CHECK(list(filter).size() == 3);
  filter = {};
  filter.flow = "other";
  CHECK(list(filter).empty());
}

TEST_CASE("messages are listed newest first, of all or of one contact, across conversations") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, ana.text(0, "loose one"));
  commit(*store, ana.begin(1));
  commit(*store, bob.begin(2));
  commit(*store, ana.turn(3, "its leaking"));
  commit(*store, ana.end(4, engine::Life::completed, "done"));
  commit(*store, ana.text(5, "loose two"));
  const auto list = [&](const MessageFilter& filter) {
    return all_pages<engine::Message>([&](const PageRequest& page) { return store->list_messages(filter, page); }, 2);
  };
  CHECK(list({}).size() == 8);
  MessageFilter filter;
  filter.contact = ana.key();
  const auto of_ana = list(filter);
  REQUIRE(of_ana.size() == 6);
  CHECK(of_ana.front().text == "loose two");
  CHECK(of_ana[1].text == "And then?");
  CHECK(of_ana.back().text == "loose one");
  filter.direction = engine::Direction::in;
  CHECK(list(filter).size() == 2);
  filter.status = engine::MessageStatus::queued;
  CHECK(list(filter).empty());
  filter.direction.reset();
  CHECK(list(filter).size() == 2);
  filter.contact = engine::ContactKey{77};
  CHECK(list(filter).empty());
}

TEST_CASE("a transcript is one conversation's messages, oldest first, with loose ones left out") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto loose = ana.turn(1, "its leaking");
  engine::Message help = loose.decision.messages[0];
  help.id = {ana.key(), 0, 1};
  help.text = "HELP";
  auto with_help = ana.turn(2, "since May");
  with_help.decision.messages.insert(with_help.decision.messages.begin(), help);
  commit(*store, loose);
  commit(*store, with_help);
  const auto transcript = store->transcript(ana.conversation());
  REQUIRE(transcript.size() == 6);
  for (std::uint32_t i = 0; i < 6; ++i) CHECK(transcript[i].id.number == i + 1);
  CHECK(store->transcript({ana.key(), 9}).empty());
  CHECK(store->message(help.id)->text == "HELP");
}

TEST_CASE("a message to a conversation that did not change otherwise is in its transcript") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto reply = ana.turn(5, "late");
  reply.decision.conversations.clear();
  commit(*store, reply);
  commit(*store, ana.turn(6, "later"));
  CHECK(store->transcript(ana.conversation()).size() == 6);
}

TEST_CASE("events are listed oldest first, so that a cursor catches up") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, ana.end(1, engine::Life::bailed, "not_understood"));
  commit(*store, ana.opt_out(2));
  const auto list = [&](const std::string& pattern) {
    return all_pages<StoredEvent>([&](const PageRequest& page) { return store->list_events(pattern, page); }, 1);
  };
  REQUIRE(list("").size() == 3);
  CHECK(list("*").size() == 3);
  CHECK(list("conversation.*").size() == 2);
  CHECK(list("contact.opted_out").size() == 1);
  const auto events = list("");
  CHECK(events[0].type == "conversation.started");
  CHECK(events[0].cursor < events[1].cursor);
  CHECK(store->find_event(events[2].id)->body == events[2].body);
  const auto rest = store->list_events("", {50, events[1].cursor});
  REQUIRE(rest.items.size() == 1);
  CHECK(rest.items[0].id == events[2].id);
  CHECK(rest.next == 0);
}

TEST_CASE("deliveries are listed newest first by endpoint, event and state") {
  const Opened store(EVERY_STORE);
  const auto one = store->add_endpoint(an_endpoint("https://one.example.com"));
  const auto two = store->add_endpoint(an_endpoint("https://two.example.com"));
  Person ana(*store, "+15125550142");
  auto begin = with_deliveries(with_deliveries(ana.begin(0), one), two);
  commit(*store, begin);
  commit(*store, with_deliveries(ana.end(1, engine::Life::completed, "done"), one));
  const auto list = [&](const DeliveryFilter& filter) {
    return all_pages<Delivery>([&](const PageRequest& page) { return store->list_deliveries(filter, page); }, 1);
  };
  CHECK(list({}).size() == 3);
  CHECK(list({one, "", {}}).size() == 2);
  CHECK(list({{}, begin.events[0].id, {}}).size() == 2);
  CHECK(list({one, begin.events[0].id, {}}).size() == 1);
  CHECK(list({{}, "evt_9_9", {}}).empty());
  CHECK(list({{}, "", webhooks::DeliveryState::held}).size() == 1);
  CHECK(list({{}, "", webhooks::DeliveryState::dead}).empty());
  CHECK(list({})[0].event_type == "conversation.completed");
}

TEST_CASE("the ledger keeps every change of consent in order") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto out = ana.opt_out(1);
  auto& row = out.decision.ledger[0];
  row.message = engine::MessageId{ana.key(), 1, 1};
  row.evidence = "ticket 7";
  row.actor = "staff";
  row.source = engine::ConsentSource::manual;
  commit(*store, out);
  auto in = out.decision.ledger[0];
  in.status = engine::Consent::opted_in;
  in.message.reset();
  Commit opt_in;
  opt_in.at = at(2);
  opt_in.decision.contact = ana.contact;
  opt_in.decision.ledger = {in};
  commit(*store, opt_in);
  const auto ledger = store->ledger(ana.key());
  REQUIRE(ledger.size() == 2);
  CHECK(ledger[0] == row);
  CHECK(ledger[1] == in);
}

// GDPR Art. 17: erasure; Art. 21(3) needs the objection itself to be remembered.
TEST_CASE("erasing removes the person and keeps the fact that they opted out") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  ana.contact.fields = {{"first_name", std::string("Ana")}};
  auto begin = with_deliveries(ana.begin(0), endpoint);
  begin.idempotency = IdempotencyRecord{"key", "print", 200, "Ana", at(0)};
  commit(*store, begin);
  commit(*store, ana.turn(1, "Ana Lopez"));
  commit(*store, ana.end(2, engine::Life::discarded, "opted_out"));
  commit(*store, ana.text(3, "Bye Ana"));
  auto out = ana.opt_out(4);
  out.decision.cancel_queued = false;
  commit(*store, out);

  REQUIRE(store->erase_contact(ana.key(), "hash", at(5), {}));
  CHECK_FALSE(store->find_contact("+15125550142").has_value());
  const auto contact = store->find_contact(ana.key());
  CHECK(contact->phone.empty());
  CHECK(contact->fields.empty());
  CHECK(contact->consent == engine::Consent::opted_out);
  MessageFilter of_ana;
  of_ana.contact = ana.key();
  for (const auto& message : store->list_messages(of_ana, {}).items) {
    CHECK(message.text.empty());
    CHECK((message.direction == engine::Direction::in ? message.from : message.to).empty());
  }
  const auto conversation = store->conversation({ana.key(), 1});
  CHECK(conversation->answers.empty());
  CHECK(conversation->interactions.at(0).reply.empty());
  CHECK(conversation->reason == "opted_out");
  for (const auto& event : store->list_events("", {}).items) CHECK(event.body.find("5125550142") == std::string::npos);
  CHECK(store->ledger(ana.key()).at(0).text.empty());
  CHECK(store->list_deliveries({}, {}).items.empty());
  CHECK_FALSE(store->idempotency("key").has_value());
  CHECK(store->lease_sends(at(10), 10).due.empty());
  CHECK(store->is_suppressed("hash"));
  CHECK_FALSE(store->is_suppressed("other"));
  CHECK(store->check().empty());
  CHECK_FALSE(store->erase_contact({77}, "nobody", at(6), {}));

  Person again(*store, "+15125550142");
  CHECK(again.key() != ana.key());
}

TEST_CASE("erasing somebody who did not opt out leaves no hash") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  REQUIRE(store->erase_contact(ana.key(), "hash", at(5), {}));
  CHECK_FALSE(store->is_suppressed("hash"));
  const auto state = store->conversation(ana.conversation());
  CHECK(state->open.has_value());
  CHECK(state->open->question.empty());
  CHECK(store->due_timers(at(9999), 10).size() == 1);
}

TEST_CASE("a text under way to somebody erased is not tried again") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "Hello"));
  const auto leased = store->lease_sends(at(1), 10);
  REQUIRE(store->start_sends(leased.due, at(1)).at(0) == webhooks::SendStart::go);
  REQUIRE(store->erase_contact(ana.key(), "hash", at(5), {}));
  Commit again;
  again.at = at(6);
  again.decision.contact = ana.contact;
  again.decision.message_change = engine::MessageChange{leased.due.at(0).message.id, engine::MessageStatus::queued, "", ""};
  commit(*store, again);
  CHECK(store->lease_sends(at(7), 10).suppressed.size() == 1);
}
