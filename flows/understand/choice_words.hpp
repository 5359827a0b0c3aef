// What people write around a choice in English, Spanish and French, as data: folded, short forms written out.
#pragma once

#include <cstddef>
#include <string_view>

namespace answerback::flows {

bool is_choice_filler(std::string_view word);     // "I'll take the … please": changes nothing
bool is_choice_cue(std::string_view word);        // "option", "number": a number or letter follows
bool is_choice_negator(std::string_view word);    // "not", "except"
bool is_choice_correction(std::string_view word); // "actually", "wait": what follows counts
bool is_choice_hedge(std::string_view word);      // "maybe", "guess"
bool is_choice_joint(std::string_view word);      // "or", "and"
bool is_several(std::string_view word);           // "both", "all"
bool is_asking(std::string_view word);            // "what", "how": at the beginning of a question
bool is_placed(std::string_view word);            // "one", "option": what an ordinal counts

// Words that may not pass for a slip of another: those of everyday sentences, and those that consent rules act on.
bool is_never_a_slip(std::string_view word);

// 1 for "1", "one", "uno", "une"; 0 when the word is no small number.
std::size_t small_number(std::string_view word);

// 1 for "first", "primera", "premiere"; `count` for "last"; 0 when the word counts no place.
std::size_t place_number(std::string_view word, std::size_t count);

// "2nd", "2do", "2eme": what may follow the digits.
bool is_ordinal_ending(std::string_view word);

}  // namespace answerback::flows
