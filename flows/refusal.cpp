#include "flows/refusal.hpp"

#include <algorithm>

namespace answerback::flows {

const std::vector<std::string>& refusal_words() {
  static const std::vector<std::string> words{"not_understood", "too_small", "too_big",   "not_whole", "too_short", "too_long",
                                              "no_match",       "in_past",   "too_early", "too_late",  "closed",    "rejected"};
  return words;
}

std::string_view to_string(Refusal refusal) { return refusal_words()[static_cast<std::size_t>(refusal)]; }

std::optional<Refusal> parse_refusal(std::string_view word) {
  const auto& words = refusal_words();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Refusal>(found - words.begin());
}

}  // namespace answerback::flows
