// Reads consent words before any flow sees the text (docs/compliance.md names the lists and their sources).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace answerback::engine {

enum class KeywordClass : std::uint8_t { none, stop, start, help };

struct Keyword {
  KeywordClass what = KeywordClass::none;
  std::string word;          // the listed word or phrase that it matched: "opt out"
  std::string language;      // of that word: "en", "fr", "es"
  bool phrase = false;       // tier 2: a phrase that means it, not one of the listed words
  bool ordinary = false;     // an everyday word of its language too ("alto"): where it answers the open question, it is an answer
  bool operator==(const Keyword&) const = default;
};

struct KeywordContext {
  bool opted_out = false;       // the words that only ever bring back count only then
  std::string language = "en";  // that is spoken with the contact
  bool invited = false;         // and our last word to the contact was how to come back: YES counts as START only then
  std::vector<std::string_view> also{};  // the other languages that the contact may be speaking; the words of all of them count
  bool start_counts = true;         // false: START would be a reply like any other, so only its listed words are looked for
};

// Texts beyond 1,600 characters are read up to there. Never throws. `words` is fold_words() of the text, where the caller has it.
Keyword classify(std::string_view text, const KeywordContext& context = {}, std::string_view words = {});

// For the check of flows: the word that this keyword, phrase or choice collides with in any language. One that is `ordinary` reaches
// a flow as the answer to a question that it answers.
Keyword collides(std::string_view phrase);

}  // namespace answerback::engine
