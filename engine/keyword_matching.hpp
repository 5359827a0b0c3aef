// The matching behind classify(): stretched letters and phrases that mean STOP.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/keyword_lists.hpp"

namespace answerback::engine {

bool has_stretched_letters(std::string_view words);   // three or more of a letter in a row: "stoooop"
std::string collapse_letters(std::string_view words);  // "stoooop" -> "stop", "stopall" -> "stopal"

bool is_stop_sign(std::string_view text);  // nothing but 🛑 and white space

// Folded words as the patterns expect them: short forms written out, stretched letters brought back.
std::string spelled_out(std::string_view folded);

inline constexpr std::size_t max_start = 100;  // bytes; a longer message says more than START

// The wish to get texts again as the whole of `spelled`, by the rows that `counts` admits.
Keyword find_start(const std::string& spelled, const std::function<bool(const StartRow&)>& counts);

// A phrase that means STOP in `text` (Latin look-alikes already replaced), whose words are `spelled`. Spanish phrases only when asked for.
Keyword find_phrase(std::string_view text, std::string spelled, bool spanish);

}  // namespace answerback::engine
