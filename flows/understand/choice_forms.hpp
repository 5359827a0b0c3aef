// A question's choices made ready for comparing: every key and synonym as folded words with their stems.
#pragma once

#include <string>
#include <vector>

#include "flows/expect.hpp"

namespace answerback::flows {

struct ComparedWord {
  std::string text;
  std::string stem;      // without inflection
  std::string root;      // without derivation too
  std::string romance;   // without the endings of Spanish and French
};

struct ChoiceForm {
  std::size_t choice = 0;  // index into the question's choices
  std::vector<ComparedWord> words;
  std::string joined;      // the words without spaces; of a form without words its signs ("👍")
};

ComparedWord compared(std::string_view word);
std::vector<ChoiceForm> choice_forms(const ExpectChoice& expect);

// A form that is a number or a single letter answers only when it is what the reply comes down to.
bool is_label(const ChoiceForm& form);

}  // namespace answerback::flows
