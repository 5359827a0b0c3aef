// The words of a reply without its punctuation, short forms written out ("don't" is "do not", "j'ai" is "j" "ai"), and the
// phrases that stand in them. What people say is compared on these; where it stands is told by the tokens.
#pragma once

#include <string_view>
#include <vector>

#include "flows/understand/reply.hpp"

namespace answerback::flows {

struct PlainWord {
  std::string_view text;      // lives as long as the reply
  std::size_t token = 0;      // short forms give two words for one token
  bool after_mark = false;    // a mark that parts clauses stands before it: "no, thanks"
};

// At most `max` words; the rest of a long reply is left out.
std::vector<PlainWord> plain_words(const Reply& reply, std::size_t max);

// Number of words that `phrase` takes at `at`; 0 when it does not stand there, or a mark parts it.
std::size_t phrase_length_at(const std::vector<PlainWord>& words, std::size_t at, std::string_view phrase);

// Does this symbol part one clause from the next?
bool parts_clauses(const Token& token);

}  // namespace answerback::flows
