// "This number", "el mismo", "ce numéro": the contact's own, in English, Spanish and French.
#pragma once

#include <string_view>

namespace answerback::flows {

// `folded`: a whole reply that has no number of its own.
bool means_own_number(std::string_view folded);

}  // namespace answerback::flows
