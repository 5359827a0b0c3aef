// How machines answer for people, as data, in the spelling of fold_words(): phones that are driving or silenced, offices that are
// closed, carriers and numbers that take no texts. English, Spanish, French.
#pragma once

#include <span>
#include <string_view>

namespace answerback::engine {

std::span<const std::string_view> automatic_openings();  // the text begins with it
std::span<const std::string_view> automatic_phrases();   // it stands anywhere in the text
std::span<const std::string_view> automatic_wholes();    // the whole text; an answer to some questions, too

}  // namespace answerback::engine
