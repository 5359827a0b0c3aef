// A question's choices made ready for comparing: every key and synonym as folded words with their stems.
#pragma once

#include <cstdint>
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
  std::uint64_t letters = 0;  // letters_in(joined)
};

ComparedWord compared(std::string_view word, bool romance);

// Which letters and digits occur, a bit for each. One slip of the hand changes two of them at most.
std::uint64_t letters_in(std::string_view text);

// The forms that count in each language of the choices, by their first byte.
struct ChoiceForms {
  std::vector<ChoiceForm> everywhere;                                          // in a language that no choice names
  std::vector<std::pair<std::string, std::vector<ChoiceForm>>> by_language;   // with those that count everywhere among them

  const std::vector<ChoiceForm>& in(std::string_view language) const;
};

ChoiceForms choice_forms(const ExpectChoice& expect);

// What a choice is called in a language: its label, else its key with spaces for "_".
std::string spoken_choice(const Choice& choice, std::string_view language);

// A form that is a number or a single letter answers only when it is what the reply comes down to.
bool is_label(const ChoiceForm& form);

}  // namespace answerback::flows
