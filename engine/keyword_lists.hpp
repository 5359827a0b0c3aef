// The words and phrases of consent as dated data, each row with its source. Parties disagree and change their lists;
// this is the union of what carriers and regulators act on, in folded spelling (lower case, no accents, hyphen = space).
#pragma once

#include <span>
#include <string_view>

#include "engine/keywords.hpp"

namespace answerback::engine {

inline constexpr std::string_view keyword_lists_as_of = "2026-11-23";

// When a listed word counts.
// own_language: where that language may be spoken. ordinary: there too, and it is an everyday word besides. when_opted_out: from
// who has opted out. when_invited: from who was just told how to come back.
enum class WordScope : std::uint8_t { always, own_language, ordinary, when_opted_out, when_invited };

struct ListedWord {
  KeywordClass what;
  std::string_view word;
  std::string_view language;
  WordScope scope;
  bool misspelling;  // counts as a phrase: it means the word, but nobody lists it
  std::string_view source;
};

// How sure a phrase is when other sentences stand beside it in the message.
enum class PhraseStrength : std::uint8_t {
  clear,   // one clause of the message is enough: "take me off your list"
  bare,    // every other clause must support it: "stop. not interested"
  polite,  // the whole message must be it: "cancel please" (words that answer ordinary questions too)
  everyday,  // so too, and where it answers the open question, it is an answer: "quiero cancelar"
  support,  // no request by itself, but may stand beside a bare one: "not interested"
};

// A pattern over normalised words; `<name>` stands for a fragment of phrase_fragments().
struct PhraseRow {
  std::string_view language;
  PhraseStrength strength;
  std::string_view pattern;
  std::string_view source;
};

struct Fragment {
  std::string_view name;
  std::string_view pattern;
};

// The wish to get texts again, as a pattern over the whole message in normalised words.
struct StartRow {
  std::string_view language;
  WordScope scope;
  std::string_view pattern;
};

std::span<const ListedWord> listed_words();
std::span<const PhraseRow> phrase_rows();
std::span<const Fragment> phrase_fragments();
std::span<const StartRow> start_rows();
std::span<const std::string_view> leads();   // "could you", "please": may come before a request
std::span<const std::string_view> trails();  // "right now", "thanks": may come after it
std::string_view meant_by(std::string_view typed);  // "u" is "you", for phrases only; any other word is itself

}  // namespace answerback::engine
