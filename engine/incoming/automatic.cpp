#include <re2/re2.h>

#include <string>

#include "engine/incoming/automatic_forms.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/code_points.hpp"
#include "flows/text.hpp"
#include "flows/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_looked_at = 1'600;   // characters; machines say so near their beginning
constexpr std::size_t shortest_form_bytes = 8;  // no form is shorter

// All forms as one expression: one pass over the words, however many forms there are.
std::string alternatives(std::span<const std::string_view> forms) {
  std::string pattern;
  for (const auto form : forms) pattern += (pattern.empty() ? "" : "|") + re2::RE2::QuoteMeta(re2::StringPiece(form.data(), form.size()));
  return pattern;
}

}  // namespace

Automatic is_automatic(std::string_view text) {
  if (text.size() < shortest_form_bytes) return Automatic::no;
  const auto words = flows::fold_words(flows::first_characters(text, max_looked_at));
  if (flows::is_one_of(words, automatic_wholes())) return Automatic::perhaps;
  static const re2::RE2 openings("(?:" + alternatives(automatic_openings()) + ")(?: .*)?");
  static const re2::RE2 phrases("(?:.* )?(?:" + alternatives(automatic_phrases()) + ")(?: .*)?");
  const re2::StringPiece whole(words.data(), words.size());
  return re2::RE2::FullMatch(whole, openings) || re2::RE2::FullMatch(whole, phrases) ? Automatic::yes : Automatic::no;
}

}  // namespace answerback::engine
