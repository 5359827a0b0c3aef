// How lively a contact's texts are answered is seen by the next turn as the last one left it, wherever a store keeps it.
#include <span>

#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

engine::Pace seen_by_next_turn(Store& store, const Person& person) {
  const Address address = person.key();
  const auto state = store.load(std::span(&address, 1)).front();
  REQUIRE(state);
  return state->contact.pace;
}

// A text was answered: the contact is livelier, and nothing else of it changed.
Commit livelier(Person& person, Commit commit, std::uint32_t answered) {
  person.contact.pace = {at(1), answered, 1, 4'000'000'000};
  commit.decision.contact = person.contact;
  commit.decision.contact_changed = commit.decision.only_pace_changed = true;
  return commit;
}

}  // namespace

TEST_CASE("each turn of a conversation sees the pace that the one before it left, and so does what comes after its end") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  CHECK(seen_by_next_turn(*store, ana) == engine::Pace{});
  for (std::uint32_t answered = 1; answered < 4; ++answered) {
    commit(*store, livelier(ana, ana.turn(answered, "its leaking"), answered));
    CHECK(seen_by_next_turn(*store, ana) == ana.contact.pace);
  }
  const auto before = ana.contact.pace;
  commit(*store, ana.end(9, engine::Life::completed, "done"));
  CHECK(seen_by_next_turn(*store, ana) == before);
  commit(*store, livelier(ana, ana.text(10, "thanks"), 4));
  CHECK(seen_by_next_turn(*store, ana).answered == 4);
  commit(*store, ana.begin(11));
  CHECK(seen_by_next_turn(*store, ana).answered == 4);
  commit(*store, livelier(ana, ana.turn(12, "its leaking"), 5));
  CHECK(seen_by_next_turn(*store, ana).answered == 5);
}

TEST_CASE("a text that leaves the conversation as it is changes the pace too, alone and with the contact's fields") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, livelier(ana, ana.text(1, "Reply STOP to end this"), 1));
  CHECK(seen_by_next_turn(*store, ana).answered == 1);
  ana.contact.fields = {{"first_name", std::string("Eva")}};
  auto told = livelier(ana, ana.text(2, "Reply STOP to end this"), 2);
  told.decision.only_pace_changed = false;
  commit(*store, told);
  CHECK(seen_by_next_turn(*store, ana).answered == 2);
  CHECK(store->find_contact(ana.key())->fields == ana.contact.fields);
}

TEST_CASE("a turn that ends its conversation leaves its own pace behind") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, livelier(ana, ana.turn(1, "yes"), 1));
  commit(*store, livelier(ana, ana.end(2, engine::Life::bailed, "person"), 2));
  CHECK(seen_by_next_turn(*store, ana).answered == 2);
}

TEST_CASE("an erased contact has no pace") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, livelier(ana, ana.turn(1, "yes"), 1));
  store->erase_contact(ana.key(), "hash", at(2), {});
  CHECK(seen_by_next_turn(*store, ana) == engine::Pace{});
}
