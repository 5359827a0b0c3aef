// The languages that replies are read in. A reply in another language than the flow's is still read, as long as the flow's own
// language makes less of it.
#pragma once

#include <array>
#include <string_view>

#include "flows/understand/understand.hpp"

namespace answerback::flows {

enum class Language : unsigned char { en, es, fr };

// The own one first, for a tag such as "es-MX"; English is the own one of any other tag.
std::array<Language, 3> languages_for(std::string_view tag);

// What one language makes of a reply. Refused: it says several things, so that nobody else need look.
struct Attempt {
  Understood understood;
  bool refused = false;
};

// `read(language, foreign)` gives an Attempt. The own language counts when it is sure; else the reading that explains most.
template <class Read>
Understood in_any_language(const ReplyContext& context, const Read& read) {
  const auto order = languages_for(context.language);
  const auto length = [](const Attempt& attempt) { return attempt.understood.span.end - attempt.understood.span.begin; };
  Attempt best = read(order[0], false);
  for (std::size_t i = 1; i < order.size() && !best.refused && !best.understood.sure; ++i) {
    Attempt other = read(order[i], true);
    const bool more = other.understood.value && length(other) > length(best);
    if (more || (other.refused && !best.understood.value)) best = std::move(other);
  }
  return best.refused ? Understood{} : best.understood;
}

}  // namespace answerback::flows
