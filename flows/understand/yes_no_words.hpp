// What people write for yes and no, as data: folded, short forms of "not" written out ("dont" is "do not").
#pragma once

#include <span>
#include <string_view>

namespace answerback::flows {

enum class Leaning : unsigned char { yes, no, unclear };

// How much of the reply a phrase may speak for.
enum class Weight : unsigned char {
  strong,  // decides wherever it stands
  weak,    // decides in a short reply only
  alone,   // must be the whole reply
};

struct YesNoPhrase {
  std::string_view words;
  Leaning leaning;
  Weight weight;
};

std::span<const YesNoPhrase> yes_no_phrases();
std::span<const std::string_view> yes_emoji();
std::span<const std::string_view> no_emoji();

// "don't" -> "do not"; "" when the word is no short form.
std::string_view without_contraction(std::string_view word);

}  // namespace answerback::flows
