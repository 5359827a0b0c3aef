// Simple inflection, so that "it's leaking" meets the choice "leak". No dictionary: only regular endings.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

std::string without_inflection(std::string_view word);  // "leaks", "leaking", "leaked" -> "leak"
std::string without_derivation(std::string_view word);  // "inspection" -> "inspect", "replacement" -> "replac", "leaky" -> "leak"

// "reparaciones", "repararlo", "reparer", "reparee" -> "repar"
std::string without_romance_ending(std::string_view word);

}  // namespace answerback::flows
