// Reads consent words before any flow sees the text (docs/compliance.md names the lists and their sources).
#pragma once

#include <string>
#include <string_view>

namespace answerback::engine {

enum class KeywordClass : std::uint8_t { none, stop, start, help };

struct Keyword {
  KeywordClass what = KeywordClass::none;
  std::string word;          // the listed word or phrase that it matched: "opt out"
  std::string language;      // of that word: "en", "fr", "es"
  bool phrase = false;       // tier 2: a phrase that means it, not one of the listed words
  bool operator==(const Keyword&) const = default;
};

struct KeywordContext {
  bool opted_out = false;      // YES counts as START only then
  std::string language = "en";  // "es" turns the Spanish stop words on
};

// Texts beyond 1,600 characters are read up to there. Never throws.
Keyword classify(std::string_view text, const KeywordContext& context = {});

// For the check of flows: does this choice, synonym or phrase collide with a word that never reaches a flow?
KeywordClass collides(std::string_view choice);

}  // namespace answerback::engine
