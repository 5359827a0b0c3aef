#include "engine/keywords.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/keyword_lists.hpp"

namespace answerback::engine {
namespace {

const nlohmann::json& cases() {
  static const auto loaded = nlohmann::json::parse(std::ifstream(TESTS_DIR "/engine/data/keywords.json"));
  return loaded;
}

KeywordContext spanish() { return {false, "es", false, {}}; }

// 47 CFR 64.1200(a)(10) lists the words that are per se a revocation.
TEST_CASE("the words that the FCC lists stop, in any case") {
  for (const std::string word : {"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"}) {
    CHECK(classify(word) == Keyword{KeywordClass::stop, word, "en", false});
  }
}

TEST_CASE("a listed word stops however it is typed") {
  for (const auto& row : cases()["listed"]) {
    CAPTURE(row[0].get<std::string>());
    const auto keyword = classify(row[0].get<std::string>());
    CHECK(keyword.what == KeywordClass::stop);
    CHECK(keyword.word == row[1].get<std::string>());
    CHECK_FALSE(keyword.phrase);
  }
}

// CTIA Messaging Principles: normal language such as "please opt me out" counts.
TEST_CASE("a phrase that means it stops, and is told apart from a listed word") {
  for (const auto& text : cases()["phrases"]) {
    CAPTURE(text.get<std::string>());
    const auto keyword = classify(text.get<std::string>());
    CHECK(keyword.what == KeywordClass::stop);
    CHECK(keyword.phrase);
    CHECK_FALSE(keyword.word.empty());
  }
}

TEST_CASE("ordinary sentences with those words do not stop") {
  for (const auto& text : cases()["no_opt_out"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>()).what != KeywordClass::stop);
  }
}

TEST_CASE("Spanish words stop for Spanish speakers only") {
  for (const auto& text : cases()["spanish_only"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>()).what == KeywordClass::none);
    CHECK(classify(text.get<std::string>(), spanish()).what == KeywordClass::stop);
    CHECK(classify(text.get<std::string>(), {false, "es-MX", false, {}}).what == KeywordClass::stop);
  }
}

TEST_CASE("START and UNSTOP start; YES does only for a contact who opted out") {
  for (const auto& text : cases()["start"]) CHECK(classify(text.get<std::string>()).what == KeywordClass::start);
  for (const auto& text : cases()["start_when_opted_out"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>()).what == KeywordClass::none);
    CHECK(classify(text.get<std::string>(), {true, "en", true, {}}).what == KeywordClass::start);
  }
  for (const auto& text : cases()["no_start"]) CHECK(classify(text.get<std::string>(), {true, "en", true, {}}).what == KeywordClass::none);
}

// Canadian Common Short Code rules: HELP, AIDE and INFO always work, in both languages.
TEST_CASE("HELP, INFO, AIDE and AYUDA ask for help") {
  for (const auto& text : cases()["help"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>()).what == KeywordClass::help);
  }
}

TEST_CASE("every listed word is recognised in capitals, in quotes, with a full stop and stretched") {
  for (const auto& row : listed_words()) {
    const KeywordContext context{row.scope == WordScope::when_opted_out || row.scope == WordScope::when_invited, std::string(row.language), true, {}};
    const std::string word(row.word);
    std::string upper = word;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    for (const std::string& form : {word, upper, "\"" + word + "\"", "  " + upper + ".", word + "!!! 🙏", word + std::string(3, word.back())}) {
      CAPTURE(form);
      CHECK(classify(form, context).what == row.what);
    }
  }
}

TEST_CASE("one letter more or less makes another word") {
  for (const std::string text : {"shop", "step", "top", "stoop", "spot", "stopped", "ends", "bend", "quite", "canceled", "helo", "stat", "starts"}) {
    CAPTURE(text);
    CHECK(classify(text).what == KeywordClass::none);
  }
}

TEST_CASE("a flow's choice collides with the stop words of any language, and with start and help") {
  CHECK(collides("Cancel").what == KeywordClass::stop);
  CHECK(collides("stop texting me").what == KeywordClass::stop);
  CHECK_FALSE(collides("stop texting me").ordinary);
  CHECK(collides("start").what == KeywordClass::start);
  CHECK(collides("info").what == KeywordClass::help);
  CHECK(collides("yes").what == KeywordClass::none);
  CHECK(collides("repair").what == KeywordClass::none);
  CHECK(collides("not interested").what == KeywordClass::none);
}

TEST_CASE("everyday words of a language are told from words that only ever mean STOP") {
  for (const auto* word : {"alto", "baja", "salir", "fin", "cancelar por favor", "quiero cancelar", "suspender", "ça suffit", "je veux arrêter", "I want to cancel"}) {
    CAPTURE(word);
    CHECK(collides(word).what == KeywordClass::stop);
    CHECK(collides(word).ordinary);
  }
  CHECK_FALSE(classify("darme de baja", spanish()).ordinary);
}

TEST_CASE("the words of every language that may be spoken count, whichever the conversation is in") {
  const KeywordContext mixed{false, "en", false, {"es", "fr-CA"}};
  for (const auto& text : cases()["bilingual_stops"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>(), mixed).what == KeywordClass::stop);
  }
  for (const auto& text : cases()["bilingual_answers"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>(), mixed).what == KeywordClass::none);
  }
}

TEST_CASE("START is heard in the words that people wrap it in, in three languages") {
  const KeywordContext opted_out{true, "en", false, {"es", "fr"}};
  for (const auto& text : cases()["start_forms"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>(), opted_out).what == KeywordClass::start);
  }
  for (const auto& text : cases()["no_start_forms"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>(), opted_out).what != KeywordClass::start);
  }
}

TEST_CASE("words that are said of other things too bring back only who has opted out") {
  for (const auto& text : cases()["not_before_stop"]) {
    CAPTURE(text.get<std::string>());
    CHECK(classify(text.get<std::string>(), {false, "en", false, {"es", "fr"}}).what == KeywordClass::none);
    CHECK(classify(text.get<std::string>(), {true, "en", false, {"es", "fr"}}).what == KeywordClass::start);
  }
}

TEST_CASE("digits that stand for letters are read as letters, in words only") {
  for (const auto& [text, what] : std::vector<std::pair<std::string, KeywordClass>>{
           {"5TOP", KeywordClass::stop}, {"ST0P", KeywordClass::stop}, {"5T0P", KeywordClass::stop}, {"0PT OUT", KeywordClass::stop}, {"opt 0ut", KeywordClass::stop},
           {"UN5UB5CRIBE", KeywordClass::stop}, {"QU1T", KeywordClass::stop}, {"C4NCEL", KeywordClass::stop}, {"st0p t3xting me", KeywordClass::stop},
           {"5 T O P", KeywordClass::stop}, {"ST4RT", KeywordClass::start}, {"H3LP", KeywordClass::help}, {"5 top", KeywordClass::none},
           {"50", KeywordClass::none}, {"0", KeywordClass::none}, {"r00f", KeywordClass::none}, {"apt 0", KeywordClass::none}, {"2nd", KeywordClass::none}, {"3nd", KeywordClass::none}, {"57th", KeywordClass::none}}) {
    CAPTURE(text);
    CHECK(classify(text).what == what);
  }
}

TEST_CASE("a text is read up to 1,600 characters") {
  CHECK(classify("stop" + std::string(1'700, ' ') + "not").what == KeywordClass::stop);
  CHECK(classify(std::string(1'600, 'a') + " stop").what == KeywordClass::none);
}

TEST_CASE("any bytes are classified, without a throw") {
  rc::prop("any bytes", [](const std::string& text) { classify(text, {true, "es", true, {"fr"}}); });
}

}  // namespace
}  // namespace answerback::engine
