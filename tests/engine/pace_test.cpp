#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "engine/decide/pace.hpp"
#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::texts;
using answerback::tests::types;
using namespace std::chrono_literals;

namespace {

// Answers every text in one turn, or asks for ever.
constexpr auto parrot = R"({ "flow": "parrot", "triggers": { "any": true, "keywords": ["PARROT"] }, "start": "hi",
  "steps": { "hi": { "say": "Thanks for your text! Reply STOP to opt out.", "complete": "thanked" } } })";
constexpr auto talker = R"({ "flow": "talker", "triggers": { "any": true }, "start": "hi",
  "steps": { "hi": { "ask": "Tell me more. Reply STOP to opt out.", "expect": "text", "next": "hi" } } })";

std::size_t answered(Rig& rig, const std::string& form, int texts_sent) {
  std::size_t count = 0;
  for (int i = 0; i < texts_sent; ++i) {
    if (!texts(rig.text(fmt::format(fmt::runtime(form), i))).empty()) ++count;
    rig.wait(1s);
  }
  return count;
}

}  // namespace

TEST_CASE("two machines that answer each other end after sixty answers in an hour, and an outcome says so") {
  Rig rig;
  rig.publish_source(talker);
  CHECK(answered(rig, "Message {} of your friendly bot", 300) == 60);
  CHECK(rig.last().life == Life::bailed);
  CHECK(rig.last().reason == "too_many_messages");
  CHECK(rig.conversations.size() == 1);
  CHECK(rig.messages.size() == 300 + 60);
}

TEST_CASE("where every text begins a conversation and ends it, one more says that it is over, once") {
  Rig rig;
  rig.publish_source(parrot);
  CHECK(answered(rig, "Thank you {}", 200) == 60);
  CHECK(rig.conversations.size() == 61);
  CHECK(rig.last().reason == "too_many_messages");
  CHECK(rig.last().messages_out == 0);
}

TEST_CASE("a sentence that comes again and again is a machine's at the sixth time") {
  Rig rig;
  rig.publish_source(talker);
  CHECK(answered(rig, "Thank you for your message. Somebody will be with you soon.", 40) == max_alike_sentences);
  CHECK(rig.last().reason == "too_many_messages");
}

TEST_CASE("a fast person is answered: many questions, short replies that are alike, a whole afternoon") {
  Rig rig;
  rig.publish_source(talker);
  CHECK(answered(rig, "y", 29) == 29);
  CHECK(answered(rig, "reply number {}", 30) == 30);
  rig.wait(1h);
  CHECK(answered(rig, "another {}", 59) == 59);
  CHECK_FALSE(rig.last().is_over());
}

TEST_CASE("when the hour is over texts are answered again") {
  Rig rig;
  rig.publish_source(talker);
  answered(rig, "Message {}", 70);
  rig.wait(1h);
  CHECK(texts(rig.text("anybody there?")).size() == 1);
}

TEST_CASE("STOP is heard and confirmed however many texts came, and START after it") {
  Rig rig;
  rig.publish_source(talker);
  answered(rig, "Message {}", 100);
  const auto stopped = rig.text("STOP");
  CHECK(rig.contact.consent == Consent::opted_out);
  CHECK(texts(stopped).size() == 1);
  CHECK(texts(rig.text("hello")).empty());
  CHECK(rig.conversations.size() == 1);
  rig.text("START");
  CHECK(rig.contact.consent == Consent::opted_in);
}

TEST_CASE("HELP is answered sixty times an hour, no more") {
  Rig rig;
  rig.publish_source(talker);
  std::size_t count = 0;
  for (int i = 0; i < 100; ++i) count += texts(rig.text("HELP")).size();
  CHECK(count == max_alike_words);
}

TEST_CASE("how many answers are allowed is configured") {
  Rig rig;
  rig.settings.max_answers_per_hour = 5;
  rig.publish_source(talker);
  CHECK(answered(rig, "Message {}", 20) == 5);
}

TEST_CASE("a clock that is set back begins the hour anew") {
  Pace pace;
  const Instant noon{std::chrono::hours(12)};
  for (int i = 0; i < 60; ++i) note_answer(pace, "x", noon);
  CHECK(is_too_lively(pace, "y", 60, noon));
  CHECK_FALSE(is_too_lively(pace, "y", 60, noon - 1min));
  CHECK_FALSE(is_too_lively(pace, "y", 60, noon + pace_window));
}
