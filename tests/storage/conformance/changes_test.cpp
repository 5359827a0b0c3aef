// Whatever a decision may change of what is stored already is changed in the store, member by member, and calls that only speak of
// the disk keep their promises.
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

// Another value for every member that a decision may change after the conversation began; its id, its flow and when it began stay.
void change_all(engine::Conversation& conversation) {
  conversation.revision += 4;
  conversation.life = engine::Life::running;
  conversation.step = "roof_age";
  conversation.turn += 3;
  conversation.trigger = {engine::Trigger::Kind::campaign, "spring"};
  conversation.campaign = engine::CampaignKey{9};
  conversation.sender = "+15125550100";
  conversation.due_at = at(7200);
  conversation.messages_in += 5;
  conversation.messages_out += 6;
  conversation.open = engine::OpenQuestion{"How old?", at(1),  at(2), 1, 2, engine::Awaited::confirmation, {{"12", std::int64_t{12}}},
                                           "twelve",   at(30), 2};
  conversation.answers = {{"service", std::string("repair")}};
  conversation.vars = {{"tries", std::int64_t{2}}};
  conversation.interactions.push_back({"service", "service", "What?", "its leaking", std::string("repair"), 1, at(3), at(4)});
  conversation.language = "es";
  conversation.splits = {{"greeting", "b"}};
  conversation.prefilled = {{"zip", std::string("78701"), "78701 please", at(5)}};
  conversation.inside = {{"visit", 2, "run_it", "visit."}};
  conversation.trail = {{1, 0}, {2, 1}};
}

void change_all(engine::Contact& contact) {
  contact.consent = engine::Consent::pending;
  contact.sequence += 7;
  contact.loose_messages += 3;
  contact.fields = {{"first_name", std::string("Eva")}};
  contact.pace = {at(1), 2, 3, 4};
  contact.consent_at = at(11);
  contact.yes_until = at(12);
  contact.spoken = "fr";
}

// A decision about somebody known that changes no message.
Commit change_of(const Person& person) {
  Commit commit;
  commit.at = at(20);
  commit.decision.contact = person.contact;
  commit.decision.contact_changed = true;
  commit.decision.conversations = {*person.active};
  return commit;
}

}  // namespace

TEST_CASE("every member of a running conversation and of its contact changes with a later commit") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  change_all(*ana.active);
  change_all(ana.contact);
  commit(*store, change_of(ana));
  CHECK(store->conversation(ana.conversation()) == ana.active);
  CHECK(store->find_conversation(ana.conversation()) == ana.active);
  CHECK(store->find_contact(ana.key()) == ana.contact);
  const Address address = ana.key();
  CHECK(store->load(std::span(&address, 1)).front()->active == ana.active);
}

TEST_CASE("a conversation that was moved to another revision is listed with it, waiting and ended") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  ana.active->revision = 5;
  commit(*store, change_of(ana));
  CHECK(store->list_conversations({}, {}).items.at(0).revision == 5);
  commit(*store, ana.end(30, engine::Life::bailed, "operator"));
  CHECK(store->list_conversations({}, {}).items.at(0).revision == 5);
}

TEST_CASE("what was committed ahead is seen at once by the writer, and told when it is on disk, in order") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  const std::vector<Commit> first{ana.begin(0)};
  std::vector<int> told;
  std::promise<void> all_told;
  store->commit_ahead(first);
  store->when_on_disk([&](bool on_disk) { told.push_back(on_disk ? 1 : -1); });
  CHECK(store->conversation(ana.conversation()) == ana.active);
  const std::vector<Commit> second{ana.turn(5, "its leaking")};
  store->commit_ahead(second);
  store->when_on_disk([&](bool on_disk) {
    told.push_back(on_disk ? 2 : -2);
    all_told.set_value();
  });
  CHECK(store->wait_for_disk());
  const auto waited = store->waited_for_disk();
  CHECK(store->wait_for_disk());
  CHECK(store->waited_for_disk() == waited);  // all of it is there already
  REQUIRE(all_told.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  CHECK(told == std::vector<int>{1, 2});
  store->tend();
  CHECK(store->writable());
  CHECK(store->find_conversation(ana.conversation()) == ana.active);
}

TEST_CASE("a campaign and a contact's entry in it change and are found again") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto key = store->add_campaign({{}, "spring", "roof-estimate", "+15125550100"}, at(1));
  const std::vector<engine::ContactKey> contacts{ana.key()};
  CHECK(store->add_campaign_entries(key, contacts) == 1);
  CHECK(store->waiting_entries(key, 10) == contacts);
  auto entered = change_of(ana);
  entered.decision.entry = engine::CampaignEntry{key, ana.key(), engine::EntryState::entered};
  commit(*store, entered);
  CHECK(store->waiting_entries(key, 10).empty());
  CHECK(store->campaign_entry(key, ana.key()) == entered.decision.entry);
  REQUIRE(store->set_campaign_state(key, "paused"));
  CHECK(store->find_campaign(key)->state == "paused");
  CHECK(store->campaigns().at(0).state == "paused");
}
