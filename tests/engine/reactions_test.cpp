#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::texts;
using namespace std::chrono_literals;

namespace {

constexpr auto survey = R"({
  "flow": "survey", "language": "en", "triggers": { "keywords": ["SURVEY"], "any": true }, "start": "hello",
  "steps": {
    "hello": { "say": "Acme: thanks! Reply STOP to opt out.", "next": "again" },
    "again": { "ask": "Would you come again?", "answer": "again", "expect": "yes_no",
               "unclear": { "say": "Again, yes or no?", "times": 1, "then": "person" },
               "silent": { "remind": [ { "after": "1h", "say": "Still there? Again?" } ], "after": "24h", "then": "gone" }, "next": "film" },
    "film": { "ask": "Which film was it?", "answer": "film", "expect": "text", "next": "travel" },
    "travel": { "ask": "How do you travel?", "answer": "travel", "expect": { "choice": { "car": ["I'm driving"], "train": [], "Casablanca": [] } }, "next": "done" },
    "done": { "say": "Bye.", "complete": "done" },
    "person": { "say": "A person will call.", "bail": "not_understood" },
    "gone": { "discard": "no_reply" }
  },
  "anytime": [ { "phrases": ["call me"], "bail": "person_wanted" } ]
})";

Rig begun() {
  Rig rig;
  rig.publish_source(survey).text("SURVEY");
  return rig;
}

const Value* answer(const Rig& rig, std::string_view name) { return answerback::flows::find(rig.last().answers, name); }

}  // namespace

TEST_CASE("a reaction is no reply: nothing is answered, nothing counted, no word in its quote is heard") {
  auto rig = begun();
  const auto before = rig.last();
  for (const auto* text : {"Liked “Acme: thanks! Reply STOP to opt out.”", "Disliked “Acme: thanks! Reply STOP to opt out.”", "Laughed at “Would you come again?”",
                           "Loved an image", "😂 to “Would you come again?”", "Removed a like from “Would you come again?”", "Liked “thanks”",
                           "Questioned “call me”", "A aimé « STOP pour ne plus recevoir de textos »", "Reacted 🔥 to “SURVEY”"}) {
    CAPTURE(text);
    CHECK(texts(rig.text(text)).empty());
  }
  CHECK(rig.last().open == before.open);
  CHECK(rig.last().turn == before.turn);
  CHECK(rig.last().messages_in == before.messages_in + 10);
  CHECK(rig.contact.consent == Consent::opted_in);
  CHECK(texts(rig.text("yes")) == std::vector<std::string>{"Which film was it?"});
}

TEST_CASE("a like or dislike of the question that was put last answers it") {
  const struct {
    const char* text;
    bool value;
  } rows[] = {{"Liked “Would you come again?”", true},        {"Loved \"Would you come again?\"", true}, {"Disliked “Would you come again?”", false},
              {"👍 to “Would you come again?”", true},          {"Reacted 👎🏿 to “Would you come…”", false}, {"Reacted with ✅ to “Would you come again?”", true}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    auto rig = begun();
    rig.text(row.text);
    REQUIRE(answer(rig, "again") != nullptr);
    CHECK(*answer(rig, "again") == Value(row.value));
    CHECK(rig.last().interactions.back().reply == row.text);
  }
}

TEST_CASE("the words of a question put again and of its reminder are the question, too") {
  auto rig = begun();
  rig.text("what?");
  rig.text("Liked “Again, yes or no?”");
  CHECK(*answer(rig, "again") == Value(true));
  auto other = begun();
  other.wait(2h);
  other.text("Disliked “Still there? Again?”");
  CHECK(*answer(other, "again") == Value(false));
}

TEST_CASE("a value that was read back is kept by a like of just that text") {
  Rig rig;
  rig.publish("visit.json").text("VISIT");
  const auto read_back = texts(rig.text("tomorrow")).front();
  CHECK(texts(rig.text("Liked “Acme Roofing: which day suits you? Reply STOP to opt out.”")).empty());
  CHECK(texts(rig.text("Liked “" + read_back + "”")) == std::vector<std::string>{"How many rooms?"});
  rig.text("3");
  rig.text("Loved “Shall we book it?”");
  CHECK(rig.last().reason == "booked");
}

TEST_CASE("a reaction speaks the conversation's language") {
  Rig rig;
  rig.publish("visit.json").text("VISITA");
  rig.text("mañana");
  rig.text("sí");
  rig.text("3");
  rig.text("Le gustó “Lo reservamos?”");
  CHECK(rig.last().reason == "booked");
}

TEST_CASE("who writes of what they loved has replied") {
  auto rig = begun();
  rig.text("yes");
  CHECK(texts(rig.text("Loved “Which film was it?”")).empty());
  CHECK(texts(rig.text("Liked “thanks”")).empty());
  rig.text("Loved “Casablanca”");
  CHECK(*answer(rig, "film") == Value(std::string("Loved “Casablanca”")));
}

TEST_CASE("a reaction or a machine begins no conversation and ends no opt-out") {
  Rig rig;
  rig.publish_source(survey);
  CHECK(texts(rig.text("Liked “Hi”")).empty());
  CHECK(texts(rig.text("Automatic reply: I am away")).empty());
  CHECK(texts(rig.text("I'm driving")).empty());
  CHECK(rig.conversations.empty());
  CHECK(rig.messages.size() == 3);
  rig.text("STOP");
  CHECK(texts(rig.text("Liked “Reply START to resubscribe.”")).empty());
  CHECK(rig.contact.consent == Consent::opted_out);
}

TEST_CASE("an automatic answer is no answer, never an outcome, and not counted as unclear") {
  auto rig = begun();
  const auto before = rig.last();
  for (const auto* text : {"I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
                           "Out of office: if urgent, call me at 5", "Estoy conduciendo", "Je conduis", "Auto reply: yes I am away. Reply HELP for help"}) {
    CAPTURE(text);
    CHECK(texts(rig.text(text)).empty());
  }
  CHECK(rig.last().open == before.open);
  CHECK_FALSE(rig.last().is_over());
}

TEST_CASE("what could be a machine's answer is the person's where the question gives that choice") {
  auto rig = begun();
  rig.text("yes");
  rig.text("Casablanca");
  rig.text("I'm driving");
  CHECK(*answer(rig, "travel") == Value(std::string("car")));
}

TEST_CASE("STOP is heard under a signature, and from a machine that says it by itself") {
  for (const auto* text : {"STOP\n-- \nSent from my iPhone", "Stop Sent from my Galaxy", "stop\n\nOn Mon, Mar 2, 2026 at 9 Acme <a@example.com> wrote:\n> Would you come again?",
                           "Automatic reply: stop texting me"}) {
    CAPTURE(text);
    auto rig = begun();
    rig.text(text);
    CHECK(rig.contact.consent == Consent::opted_out);
    CHECK(rig.ledger.back().text == text);
  }
  auto rig = begun();
  rig.text("This is an automated message from Bob's. Reply STOP to unsubscribe.");
  CHECK(rig.contact.consent == Consent::opted_in);
}

TEST_CASE("an answer is read without its signature and recorded with it") {
  auto rig = begun();
  rig.text("yes\n\nSent from my iPhone 12");
  rig.text("Casablanca\n\nGet Outlook for iOS");
  CHECK(*answer(rig, "film") == Value(std::string("Casablanca")));
  CHECK(rig.last().interactions.back().reply == "Casablanca\n\nGet Outlook for iOS");
  CHECK(rig.messages.back().direction == Direction::out);
}
