#include <algorithm>

#include "engine/incoming/automatic_forms.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/code_points.hpp"
#include "flows/text.hpp"
#include "flows/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_looked_at = 1'600;   // characters; machines say so near their beginning
constexpr std::size_t shortest_form_bytes = 8;  // no form is shorter

}  // namespace

Automatic is_automatic(std::string_view text) {
  if (text.size() < shortest_form_bytes) return Automatic::no;
  const auto words = flows::fold_words(flows::first_characters(text, max_looked_at));
  if (flows::is_one_of(words, automatic_wholes())) return Automatic::perhaps;
  const auto padded = " " + words + " ";
  const auto stands = [&](std::string_view form, bool anywhere) {
    const auto at = padded.find(form);
    if (at == std::string::npos || padded[at - 1] != ' ' || padded[at + form.size()] != ' ') return false;
    return anywhere || at == 1;
  };
  const auto openings = automatic_openings();
  const auto phrases = automatic_phrases();
  const bool automatic = std::any_of(openings.begin(), openings.end(), [&](auto form) { return stands(form, false); }) ||
                         std::any_of(phrases.begin(), phrases.end(), [&](auto form) { return stands(form, true); });
  return automatic ? Automatic::yes : Automatic::no;
}

}  // namespace answerback::engine
