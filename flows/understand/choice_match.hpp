// Where a reply points at a choice: by its words, by a slip of the hand, or by its place in the list.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "flows/understand/choice_forms.hpp"
#include "flows/understand/plain_words.hpp"

namespace answerback::flows {

struct ChoiceReply {
  const Reply& reply;
  std::vector<PlainWord> words;
  bool romance = false;  // Spanish or French: their endings count too
  std::string_view text(std::size_t at) const { return words[at].text; }
  bool ends_clause(std::size_t at) const { return at + 1 >= words.size() || words[at + 1].after_mark; }
};

// Words `first` to `last` of the reply, both included, point at one choice.
struct Match {
  std::size_t choice = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool sure = true;
};

ChoiceReply choice_reply(const Reply& reply, std::string_view language);

// The reply without fillers at its ends: [first, last).
std::pair<std::size_t, std::size_t> core_of(const ChoiceReply& reply);

// Forms that are exactly the words [first, last), or the signs of the reply.
std::vector<Match> whole_matches(const ChoiceReply& reply, std::size_t first, std::size_t last, const std::vector<ChoiceForm>& forms);

// Forms that stand somewhere in the reply and are not negated there; longer ones stand for themselves.
std::vector<Match> contained_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms);

// "the second one", "option b", "2"; `count` choices.
std::vector<Match> place_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms, std::size_t count);

// Slips of the hand in words of five letters and more: the forms that are nearest.
std::vector<Match> slip_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms);

// Is the match of words from `first` denied: "not", "anything but", "instead of" before it in its clause?
bool is_denied(const ChoiceReply& reply, std::size_t first, const std::vector<Match>& others);

}  // namespace answerback::flows
