#include "flows/understand/word_forms.hpp"

#include <algorithm>
#include <array>

namespace answerback::flows {

namespace {

constexpr std::size_t shortest_stem = 3;

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool cut(std::string& word, std::string_view ending) {
  if (!word.ends_with(ending) || word.size() < ending.size() + shortest_stem) return false;
  word.resize(word.size() - ending.size());
  return true;
}

// "fitt" (of "fitting") -> "fit", "replace" -> "replac": both spellings of a stem must meet.
void finish(std::string& word) {
  const auto size = word.size();
  const bool doubled = size > shortest_stem && word[size - 1] == word[size - 2] && !is_vowel(word[size - 1]);
  if (doubled && std::string_view("lsz").find(word[size - 1]) == std::string_view::npos) word.pop_back();
  if (word.size() > shortest_stem && word.back() == 'e') word.pop_back();
}

bool has_vowel(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return is_vowel(c) || c == 'y'; });
}

void cut_verb_ending(std::string& word) {
  for (const std::string_view ending : {"ing", "ed"}) {
    std::string stem = word;
    if (cut(stem, ending) && has_vowel(stem)) {
      word = std::move(stem);
      return;
    }
  }
}

void cut_plural(std::string& word) {
  if (cut(word, "'s")) return;
  if (word.size() > shortest_stem + 2 && word.ends_with("ies")) {
    word.replace(word.size() - 3, 3, "y");
    return;
  }
  for (const std::string_view ending : {"sses", "shes", "ches", "xes", "zes"}) {
    if (word.ends_with(ending)) {
      word.resize(word.size() - 2);
      return;
    }
  }
  if (word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) return;
  cut(word, "s");
}

}  // namespace

std::string without_inflection(std::string_view word) {
  std::string stem(word);
  cut_plural(stem);
  cut_verb_ending(stem);
  finish(stem);
  return stem;
}

std::string without_derivation(std::string_view word) {
  std::string stem = without_inflection(word);
  for (const std::string_view ending : {"ement", "ment", "ation", "ion", "or", "er", "y"}) {
    if (stem.size() >= ending.size() + shortest_stem + 1 && cut(stem, ending)) break;
  }
  finish(stem);
  return stem;
}

std::string without_romance_ending(std::string_view word) {
  std::string stem(word);
  cut(stem, "s");
  for (const std::string_view ending : {"aciones", "acione", "acion", "iciones", "icion", "ciones", "cion", "ation", "ition", "ement", "amiento", "imiento", "ando",
                                        "iendo", "cionar", "cionado", "arlo", "arla", "erlo", "irlo", "ado", "ada", "ido", "ida", "aba", "ant", "ait", "ees", "ee", "er", "ar",
                                        "ir", "ez", "es", "en", "an", "e", "a", "o"}) {
    if (cut(stem, ending)) break;
  }
  return stem;
}

}  // namespace answerback::flows
