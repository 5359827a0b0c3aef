#include <catch2/catch.hpp>

#include <set>

#include "engine/model.hpp"

using namespace answerback::engine;

TEST_CASE("every message status is read back as it is spelled, and each has its own word") {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(MessageStatus::cancelled); ++i) {
    const auto status = static_cast<MessageStatus>(i);
    CHECK(parse_message_status(to_string(status)) == status);
    words.insert(to_string(status));
  }
  CHECK(words.size() == 10);
  CHECK_FALSE(parse_message_status("lost"));
}

TEST_CASE("words that stand in the API and in events") {
  CHECK(to_string(MessageStatus::cancelled) == "cancelled");
  CHECK(to_string(MessageStatus::unknown) == "unknown");
  CHECK(to_string(ConsentSource::import_) == "import");
  CHECK(to_string(ConsentSource::phrase) == "phrase");
  CHECK(to_string(Trigger::Kind::campaign) == "campaign");
  CHECK(to_string(Trigger::Kind::any) == "any");
  CHECK(to_string(EntryState::skipped_opted_out) == "skipped_opted_out");
  CHECK(to_string(EntryState::failed) == "failed");
  CHECK(to_string(Direction::out) == "out");
}

TEST_CASE("only a conversation that has ended has an outcome") {
  CHECK(outcome_of(Life::completed) == Outcome::completed);
  CHECK(outcome_of(Life::bailed) == Outcome::bailed);
  CHECK(outcome_of(Life::discarded) == Outcome::discarded);
  for (const auto life : {Life::fresh, Life::running, Life::waiting}) CHECK_FALSE(outcome_of(life));
}
