// What words and phrases do to a yes or a no, as data of three languages: folded, short forms written out.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "flows/understand/plain_words.hpp"

namespace answerback::flows {

enum class Sense : std::uint8_t {
  yes,          // "yes": decides where a clause begins with it
  no,           // "no": the same, and it negates what follows
  soft_yes,     // "ok", "yeah": yes, unless the clause goes on to negate ("yeah no")
  certainty,    // "absolutely": yes, or all the more no when negated
  sure,         // "sure": yes, but "not sure" is unclear
  assent,       // "agree", "fine": yes when nothing unknown stands beside it; negated no
  pledge,       // "accept": the same, whatever stands beside it
  reject,       // "refuse": no; negated yes
  probably,     // yes with a doubt
  maybe,        // unclear; "maybe not" is no with a doubt
  unclear,      // "it depends", "no idea"
  negator,      // "not", "never", "sans"
  knowing,      // "know", "decided": negated it is unclear
  trouble,      // "problem", "mind": negated it is yes
  alone_yes,    // "please": yes when the clause says nothing else
  alone_no,     // "I'm good"
  pronoun,      // "I", with an auxiliary an answer of its own: "I do"
  auxiliary,
  question,     // "when"
  correction,   // "wait", "I mean": what follows counts
  but,
  either,       // "or", "and"
  filler,       // changes nothing
  other         // not in the lists
};

// Phrases of one sense, parted by "|".
struct SenseRow {
  Sense sense;
  std::string_view phrases;
};

std::span<const SenseRow> english_senses();
std::span<const SenseRow> spanish_senses();
std::span<const SenseRow> french_senses();

struct SenseMark {
  Sense sense = Sense::other;
  std::size_t first = 0;  // words, both included
  std::size_t last = 0;
  bool slip = false;      // only near to a listed word
  Sense alone = Sense::other;  // alone_yes, alone_no: what it says when nothing else is said
};

// The words as marks, longest phrases first; of a phrase that two languages know, the sense in `language` counts.
std::vector<SenseMark> marks_in(const std::vector<PlainWord>& words, std::string_view language);

std::span<const std::string_view> yes_emoji();
std::span<const std::string_view> no_emoji();
std::span<const std::string_view> unclear_emoji();

}  // namespace answerback::flows
