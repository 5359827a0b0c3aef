// A reply to a yes-or-no question, clause by clause: polarity, negation and how much of it was understood.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "flows/understand/yes_no_words.hpp"

namespace answerback::flows {

enum class Leaning : unsigned char { yes, no, unclear };

struct Clause {
  std::vector<SenseMark> marks;
  bool after_but = false;
  bool corrects = false;   // begins with "wait", "I mean"
  bool asks = false;       // a question mark ends it
  bool has_unknown() const;
};

struct ClauseAnswer {
  enum class Weight : unsigned char { plain, soft, particle };
  Leaning leaning = Leaning::unclear;
  Weight weight = Weight::plain;
  bool sure = true;
  bool complete = true;    // nothing unknown in the clause
  bool corrects = false;
  std::size_t first = 0;   // words, both included
  std::size_t last = 0;
};

// Parted at punctuation, emoji and words such as "but".
std::vector<Clause> clauses_in(const std::vector<PlainWord>& words, const Reply& reply, std::string_view language);

// Nothing when the clause says neither.
std::optional<ClauseAnswer> read_clause(const std::vector<PlainWord>& words, const Clause& clause);

}  // namespace answerback::flows
