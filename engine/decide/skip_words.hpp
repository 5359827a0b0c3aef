// How people say that they will not answer an optional question, in English, Spanish and French.
#pragma once

#include <string_view>
#include <vector>

#include "flows/cue.hpp"

namespace answerback::engine {

// `folded`: a whole reply as flows::fold_phrase() gives it. `own`: what says so too, folded likewise. Apostrophes make no difference.
bool is_skip(std::string_view folded, const std::vector<flows::Cue>& own);

}  // namespace answerback::engine
