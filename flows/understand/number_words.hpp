// The words of numbers in each language, as data. A `part` is the n of 1/n; a `collective` counts by itself ("a dozen").
#pragma once

#include "flows/understand/language.hpp"
#include "flows/understand/lexicon.hpp"

namespace answerback::flows {

const Vocabulary& number_words(Language language);

}  // namespace answerback::flows
