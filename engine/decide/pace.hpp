// Two machines that answer each other would do so for ever. What ends it: only so many texts of a contact are answered in an hour, and
// few that say the same again and again. Beyond that the contact's texts are filed without an answer until the hour is over.
#pragma once

#include <string_view>

#include "engine/model.hpp"

namespace answerback::engine {

inline constexpr Duration pace_window = std::chrono::hours(1);
// Texts that say the same in a row. A person may well answer thirty questions with "y", but no one writes a sentence six times.
inline constexpr std::uint32_t max_alike_sentences = 5;
inline constexpr std::uint32_t max_alike_words = 30;
inline constexpr std::size_t sentence_bytes = 20;  // folded; from here on it is a sentence

// Is one answer more too many?
bool is_too_lively(const Pace& pace, std::string_view words, std::uint32_t max_answers, Instant now);

// This text was answered.
void note_answer(Pace& pace, std::string_view words, Instant now);

// From now until the hour is over nothing is answered; false when that was so already.
bool fall_silent(Pace& pace, std::uint32_t max_answers, Instant now);

}  // namespace answerback::engine
