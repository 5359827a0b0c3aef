#include "engine/decide/pace.hpp"

#include <algorithm>

#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

// A clock that was set back begins the hour anew, rather than to make it longer.
bool is_over(const Pace& pace, Instant now) { return now < pace.since || now - pace.since >= pace_window; }

}  // namespace

bool is_too_lively(const Pace& pace, std::string_view words, std::uint32_t max_answers, Instant now) {
  if (pace.answered == 0 || is_over(pace, now)) return false;
  if (pace.answered >= max_answers) return true;
  if (pace.alike < max_alike_sentences) return false;
  const auto most = words.size() >= sentence_bytes ? max_alike_sentences : max_alike_words;
  return pace.alike >= most && pace.last == flows::word_hash(words);
}

void note_answer(Pace& pace, std::string_view words, Instant now) {
  if (is_over(pace, now)) pace = {now, 0, 0, 0};
  const auto hash = flows::word_hash(words);
  pace.alike = pace.answered > 0 && pace.last == hash ? pace.alike + 1 : 1;
  pace.last = hash;
  ++pace.answered;
}

bool fall_silent(Pace& pace, std::uint32_t max_answers, Instant now) {
  if (is_over(pace, now)) pace.since = now;
  const bool was_silent = pace.answered > max_answers;
  pace.answered = std::max(pace.answered, max_answers + 1);
  return !was_silent;
}

}  // namespace answerback::engine
