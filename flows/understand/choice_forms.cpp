#include "flows/understand/choice_forms.hpp"

#include <algorithm>

#include "flows/text.hpp"
#include "flows/understand/plain_words.hpp"
#include "flows/understand/word_forms.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_form_words = 50;  // a synonym has 100 characters

ChoiceForm to_form(std::size_t choice, std::string_view text) {
  ChoiceForm form;
  form.choice = choice;
  const Reply as_typed(text);  // cut like a reply, so that "2br" meets "2br"
  for (const auto& word : plain_words(as_typed, max_form_words)) {
    form.words.push_back(compared(word.text, true));
    form.joined.append(word.text);
  }
  if (form.words.empty()) form.joined = fold(text);
  form.letters = letters_in(form.joined);
  return form;
}

}  // namespace

ComparedWord compared(std::string_view word, bool romance) {
  return {std::string(word), without_inflection(word), without_derivation(word), romance ? without_romance_ending(word) : std::string()};
}

std::uint64_t letters_in(std::string_view text) {
  std::uint64_t letters = 0;
  for (const char c : text) {
    if (is_lower(c)) letters |= std::uint64_t{1} << (c - 'a');
    if (is_digit(c)) letters |= std::uint64_t{1} << (26 + (c - '0'));
  }
  return letters;
}

std::vector<ChoiceForm> choice_forms(const ExpectChoice& expect) {
  std::vector<ChoiceForm> forms;
  for (std::size_t i = 0; i < expect.choices.size(); ++i) {
    forms.push_back(to_form(i, expect.choices[i].key));
    for (const auto& synonym : expect.choices[i].synonyms) forms.push_back(to_form(i, synonym));
  }
  std::erase_if(forms, [](const ChoiceForm& form) { return form.joined.empty(); });
  std::stable_sort(forms.begin(), forms.end(), [](const ChoiceForm& a, const ChoiceForm& b) { return a.joined.front() < b.joined.front(); });
  return forms;
}

bool is_label(const ChoiceForm& form) {
  if (form.words.empty()) return false;
  return form.joined.size() == 1 || std::all_of(form.joined.begin(), form.joined.end(), is_digit);
}

}  // namespace answerback::flows
