// Simple English inflection, so that "it's leaking" meets the choice "leak". No dictionary: only regular endings.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

std::string without_inflection(std::string_view word);  // "leaks", "leaking", "leaked" -> "leak"
std::string without_derivation(std::string_view word);  // "inspection" -> "inspect", "replacement" -> "replac", "leaky" -> "leak"

// 1 for "1", "one", "1st", "first"; 0 when the word is no small number.
std::size_t small_number(std::string_view word);

}  // namespace answerback::flows
