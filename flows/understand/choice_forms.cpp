#include "flows/understand/choice_forms.hpp"

#include <algorithm>
#include <set>

#include "flows/text/text.hpp"
#include "flows/text/text_filters.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/plain_words.hpp"
#include "flows/understand/word_forms.hpp"

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

const std::string& label_in(const Choice& choice, std::string_view language) {
  const auto found = std::find_if(choice.labels.begin(), choice.labels.end(), [&](const auto& label) { return label.first == language; });
  return found == choice.labels.end() ? choice.labels.front().second : found->second;
}

std::vector<ChoiceForm> forms_in(const ExpectChoice& expect, std::string_view language) {
  std::vector<ChoiceForm> forms;
  for (std::size_t i = 0; i < expect.choices.size(); ++i) {
    const auto& choice = expect.choices[i];
    forms.push_back(to_form(i, choice.key));
    if (!choice.labels.empty()) forms.push_back(to_form(i, label_in(choice, language)));
    for (const auto& synonym : choice.synonyms) {
      if (synonym.counts_in(language)) forms.push_back(to_form(i, synonym.written));
    }
  }
  std::erase_if(forms, [](const ChoiceForm& form) { return form.joined.empty(); });
  std::stable_sort(forms.begin(), forms.end(), [](const ChoiceForm& a, const ChoiceForm& b) { return a.joined.front() < b.joined.front(); });
  return forms;
}

std::vector<std::string> languages_of(const ExpectChoice& expect) {
  std::set<std::string> languages;
  for (const auto& choice : expect.choices) {
    for (const auto& synonym : choice.synonyms) languages.insert(synonym.language);
    for (const auto& label : choice.labels) languages.insert(label.first);
  }
  languages.erase("");
  return {languages.begin(), languages.end()};
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

const std::vector<ChoiceForm>& ChoiceForms::in(std::string_view language) const {
  const auto found = std::find_if(by_language.begin(), by_language.end(), [&](const auto& one) { return one.first == language; });
  return found == by_language.end() ? everywhere : found->second;
}

ChoiceForms choice_forms(const ExpectChoice& expect) {
  ChoiceForms forms{forms_in(expect, ""), {}};
  for (auto& language : languages_of(expect)) {
    auto made = forms_in(expect, language);
    forms.by_language.emplace_back(std::move(language), std::move(made));
  }
  return forms;
}

std::string spoken_choice(const Choice& choice, std::string_view language) {
  if (!choice.labels.empty()) return label_in(choice, language);
  return without_underscores(choice.key);
}

bool is_label(const ChoiceForm& form) {
  if (form.words.empty()) return false;
  return form.joined.size() == 1 || std::all_of(form.joined.begin(), form.joined.end(), is_digit);
}

}  // namespace answerback::flows
