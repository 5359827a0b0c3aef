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

// The wish to get texts again as the whole of folded `words`, by the rows that `counts` admits.
Keyword find_start(std::string_view words, const std::function<bool(const StartRow&)>& counts);

// A phrase that means STOP in `text` (Latin look-alikes already replaced), whose folded words are `words`. Spanish phrases
// only when asked for.
Keyword find_phrase(std::string_view text, std::string_view words, bool spanish);

}  // namespace answerback::engine
