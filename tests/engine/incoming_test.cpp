#include "engine/incoming/incoming.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/keywords.hpp"

namespace {

using namespace answerback::engine;
using nlohmann::json;

std::string name_of(Incoming::Kind kind) {
  switch (kind) {
    case Incoming::Kind::reply: return "reply";
    case Incoming::Kind::reaction: return "reaction";
    case Incoming::Kind::automatic: return "automatic";
    case Incoming::Kind::perhaps_automatic: return "perhaps_automatic";
  }
  return "";
}

std::string name_of(Sentiment sentiment) {
  switch (sentiment) {
    case Sentiment::agrees: return "agrees";
    case Sentiment::disagrees: return "disagrees";
    case Sentiment::other: return "other";
  }
  return "";
}

}  // namespace

TEST_CASE("what phones and gateways add is told apart from what a person writes") {
  const auto rows = json::parse(std::ifstream(TESTS_DIR "/engine/data/incoming.json"));
  REQUIRE(rows.size() > 150);
  for (const auto& row : rows) {
    const auto text = row["text"].get<std::string>();
    CAPTURE(text);
    const auto incoming = read_incoming(text);
    CHECK(name_of(incoming.kind) == row["kind"]);
    if (row.contains("written")) CHECK(incoming.text == row["written"].get<std::string>());
    CHECK(incoming.reaction.has_value() == row.contains("quoted"));
    if (!incoming.reaction || !row.contains("quoted")) continue;
    CHECK(name_of(incoming.reaction->sentiment) == row["sentiment"]);
    CHECK(incoming.reaction->quoted == row["quoted"].get<std::string>());
    CHECK(incoming.reaction->removed == row.value("removed", false));
    CHECK(incoming.reaction->cut == row.value("cut", false));
  }
}

TEST_CASE("a quote is known by its words, whole or cut short, whatever a network did to its marks") {
  const auto quote = [](const std::string& text) { return read_reaction("Liked “" + text + "”").value(); };
  CHECK(quotes(quote("It’s ok?"), "It's ok?"));
  CHECK(quotes(quote("What do you need? 1) re…"), "What do you need? 1) repair 2) replacement"));
  CHECK(quotes(quote("Got it: zip 78701. Is Monday fine for you?"), "Is Monday fine for you?"));
  CHECK_FALSE(quotes(quote("ok"), "okay then"));
  CHECK_FALSE(quotes(quote("Is Monday fine?"), "Is Tuesday fine?"));
  CHECK_FALSE(quotes(read_reaction("Liked an image").value(), ""));
}

TEST_CASE("any bytes are read without a throw, and what was written is a part of what came") {
  rc::prop("bytes", [](const std::string& noise) {
    for (const auto& text : {noise, "Liked “" + noise + "”", "Reacted " + noise + " to “x”", "Re: " + noise + "\n--\nSent from my " + noise, "> " + noise + "\nOn 3 " + noise + " wrote:"}) {
      const auto incoming = read_incoming(text);
      RC_ASSERT(incoming.text.data() >= text.data());
      RC_ASSERT(incoming.text.data() + incoming.text.size() <= text.data() + text.size());
    }
  });
}

TEST_CASE("texts of very many lines, subjects and words are read up to the bounds") {
  std::string lines, subjects, words = "Reacted ";
  for (int i = 0; i < 2'000; ++i) {
    lines += "> a\n";
    subjects += "re: ";
    words += "to ";
  }
  CHECK(read_incoming(lines + "STOP").kind == Incoming::Kind::reply);
  CHECK(read_incoming("yes\n" + lines).text.starts_with("yes"));
  CHECK(read_incoming(subjects + "STOP").text.ends_with("STOP"));
  CHECK(read_incoming(words).kind == Incoming::Kind::reply);
}
