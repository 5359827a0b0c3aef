// The caller's own ids of contacts, and what handovers look up.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

Commit known_as(Person& person, std::int64_t seconds, const std::string& external_id, const std::string& source) {
  Commit commit;
  commit.at = at(seconds);
  person.contact.external_id = external_id;
  person.contact.source = source;
  if (person.contact.created_at == Instant{}) person.contact.created_at = commit.at;
  commit.decision.contact = person.contact;
  commit.decision.contact_changed = true;
  commit.decision.references_changed = true;
  return commit;
}

std::vector<engine::ContactKey> keys(const Page<engine::Contact>& page) {
  std::vector<engine::ContactKey> found;
  for (const auto& contact : page.items) found.push_back(contact.key);
  return found;
}
using Keys = std::vector<engine::ContactKey>;

}  // namespace

TEST_CASE("contacts are found by the caller's id and by where they come from, the newest first", "[references]") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, known_as(ana, 0, "crm-1", "fair"));
  Person ben(*store, "+15125550143");
  commit(*store, known_as(ben, 1, "crm-2", "fair"));
  Person eve(*store, "+15125550144");
  commit(*store, known_as(eve, 2, "", ""));
  CHECK(store->external_id_owner("crm-2") == ben.key());
  CHECK_FALSE(store->external_id_owner("crm-3"));
  CHECK_FALSE(store->external_id_owner(""));
  CHECK(keys(store->list_contacts({"crm-1", ""}, {})) == Keys{ana.key()});
  CHECK(keys(store->list_contacts({"crm-1", "fair"}, {})) == Keys{ana.key()});
  CHECK(keys(store->list_contacts({"crm-1", "web"}, {})).empty());
  CHECK(keys(store->list_contacts({"", "fair"}, {})) == Keys{ben.key(), ana.key()});
  CHECK(keys(store->list_contacts({}, {})) == Keys{eve.key(), ben.key(), ana.key()});
  const auto first = store->list_contacts({"", "fair"}, {1, 0});
  CHECK(keys(first) == Keys{ben.key()});
  CHECK(keys(store->list_contacts({"", "fair"}, {1, first.next})) == Keys{ana.key()});
  CHECK(store->find_contact(ana.key())->external_id == "crm-1");
  CHECK(store->find_contact(ana.key())->source == "fair");
}

TEST_CASE("what every text changes leaves the caller's ids as they are; they go when they are taken away or the contact is erased", "[references]") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, known_as(ana, 0, "crm-1", "fair"));
  commit(*store, ana.begin(1));
  auto other = ana.text(2, "Hello");
  other.decision.contact.external_id = "not said to have changed";
  commit(*store, other);
  CHECK(store->find_contact(ana.key())->external_id == "crm-1");
  SECTION("taken away") {
    commit(*store, known_as(ana, 3, "", ""));
    CHECK(store->find_contact(ana.key())->external_id.empty());
  }
  SECTION("erased") {
    REQUIRE(store->erase_contact(ana.key(), "hash", at(3), {}));
    CHECK(store->find_contact(ana.key())->external_id.empty());
    CHECK(store->find_contact(ana.key())->source.empty());
  }
  CHECK_FALSE(store->external_id_owner("crm-1"));
  CHECK(store->list_contacts({"", "fair"}, {}).items.empty());
  Person ben(*store, "+15125550143");
  commit(*store, known_as(ben, 4, "crm-1", ""));
  CHECK(store->external_id_owner("crm-1") == ben.key());
}

TEST_CASE("no two contacts have one external id, but one may be handed on", "[references]") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142"), ben(*store, "+15125550143");
  commit(*store, known_as(ana, 0, "crm-1", ""));
  CHECK_THROWS_AS(commit(*store, known_as(ben, 1, "crm-1", "")), StoreError);
  const std::vector<Commit> handed_on{known_as(ana, 2, "crm-9", ""), known_as(ben, 2, "crm-1", "")};
  store->commit(handed_on);
  CHECK(store->external_id_owner("crm-1") == ben.key());
  CHECK(store->external_id_owner("crm-9") == ana.key());
}

TEST_CASE("the newest texts of a conversation are those of its own, oldest first, and the last conversation is found when it is over", "[handover]") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  CHECK_FALSE(store->last_conversation(ana.key()));
  commit(*store, ana.begin(0));
  for (int i = 1; i < 5; ++i) commit(*store, ana.turn(i, "text " + std::to_string(i)));
  commit(*store, ana.end(6, engine::Life::completed, "done"));
  commit(*store, ana.text(7, "outside"));
  const auto id = ana.conversation();
  const auto newest = store->newest_messages(id, 3);
  REQUIRE(newest.size() == 3);
  CHECK(newest[1].text == "text 4");
  CHECK(newest[2].id.number == 10);
  CHECK(store->newest_messages(id, 50).size() == 10);
  CHECK(store->newest_messages({ana.key(), 99}, 50).empty());
  CHECK(store->last_conversation(ana.key())->id == id);
  commit(*store, ana.begin(8));
  CHECK(store->last_conversation(ana.key())->id == ana.conversation());
}
