#include "flows/understand/choice_forms.hpp"

#include <algorithm>

#include "flows/understand/reply.hpp"
#include "flows/understand/word_forms.hpp"

namespace answerback::flows {

ComparedWord compared(std::string_view word) {
  return {std::string(word), without_inflection(word), without_derivation(word)};
}

namespace {

ChoiceForm to_form(std::size_t choice, std::string_view text) {
  ChoiceForm form;
  form.choice = choice;
  const Reply as_typed(text);  // cut like a reply, so that "2br" meets "2br"
  for (const auto& token : as_typed.tokens()) {
    if (token.kind == Token::Kind::symbol) continue;
    form.words.push_back(compared(token.text));
    form.joined.append(token.text);
  }
  return form;
}

}  // namespace

std::vector<ChoiceForm> choice_forms(const ExpectChoice& expect) {
  std::vector<ChoiceForm> forms;
  for (std::size_t i = 0; i < expect.choices.size(); ++i) {
    forms.push_back(to_form(i, expect.choices[i].key));
    for (const auto& synonym : expect.choices[i].synonyms) forms.push_back(to_form(i, synonym));
  }
  std::erase_if(forms, [](const ChoiceForm& form) { return form.words.empty(); });
  return forms;
}

bool is_label(const ChoiceForm& form) {
  if (form.joined.size() == 1) return true;
  return std::all_of(form.joined.begin(), form.joined.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace answerback::flows
