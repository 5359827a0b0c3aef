#include "flows/understand/range_bounds.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

enum class Of : unsigned char { times, amounts, both };

struct BoundPhrase {
  std::string_view words;  // folded, parted by one space
  bool is_lower = false;
  bool is_behind = false;  // stands behind its value
  Of of = Of::both;
};

constexpr bool at_least = true;
constexpr bool at_most = false;
constexpr bool behind = true;

// A longer phrase stands before the shorter ones that it begins with.
constexpr auto bound_phrases = std::to_array<BoundPhrase>({
    // English
    {"after", at_least, false, Of::times}, {"past", at_least, false, Of::times}, {"later than", at_least, false, Of::times}, {"from", at_least},
    {"not before", at_least, false, Of::times}, {"no earlier than", at_least, false, Of::times}, {"not earlier than", at_least, false, Of::times},
    {"starting at", at_least}, {"starting from", at_least}, {"starting", at_least, false, Of::times}, {"since", at_least, false, Of::times},
    {"before", at_most, false, Of::times}, {"until", at_most}, {"till", at_most, false, Of::times}, {"til", at_most, false, Of::times},
    {"by", at_most, false, Of::times}, {"no later than", at_most, false, Of::times}, {"not later than", at_most, false, Of::times},
    {"not after", at_most, false, Of::times}, {"earlier than", at_most, false, Of::times}, {"prior to", at_most, false, Of::times}, {"up to", at_most}, {"upto", at_most},
    {"or later", at_least, behind, Of::times}, {"or after", at_least, behind, Of::times}, {"onwards", at_least, behind}, {"onward", at_least, behind},
    {"and later", at_least, behind, Of::times}, {"at the earliest", at_least, behind, Of::times}, {"or before", at_most, behind, Of::times},
    {"or earlier", at_most, behind, Of::times}, {"or sooner", at_most, behind, Of::times}, {"at the latest", at_most, behind, Of::times},
    {"no less than", at_least, false, Of::amounts}, {"not less than", at_least, false, Of::amounts}, {"no fewer than", at_least, false, Of::amounts},
    {"no more than", at_most, false, Of::amounts}, {"not more than", at_most, false, Of::amounts},
    {"over", at_least, false, Of::amounts}, {"more than", at_least, false, Of::amounts}, {"at least", at_least, false, Of::amounts}, {"above", at_least, false, Of::amounts},
    {"greater than", at_least, false, Of::amounts}, {">", at_least, false, Of::amounts}, {"under", at_most, false, Of::amounts}, {"less than", at_most, false, Of::amounts},
    {"fewer than", at_most, false, Of::amounts}, {"at most", at_most, false, Of::amounts}, {"below", at_most, false, Of::amounts}, {"<", at_most, false, Of::amounts},
    {"+", at_least, behind, Of::amounts}, {"or more", at_least, behind, Of::amounts}, {"or above", at_least, behind, Of::amounts}, {"or over", at_least, behind, Of::amounts},
    {"and up", at_least, behind, Of::amounts}, {"and above", at_least, behind, Of::amounts}, {"plus", at_least, behind, Of::amounts}, {"or less", at_most, behind, Of::amounts},
    {"or under", at_most, behind, Of::amounts}, {"or below", at_most, behind, Of::amounts}, {"or fewer", at_most, behind, Of::amounts}, {"tops", at_most, behind, Of::amounts},
    {"at most", at_most, behind, Of::amounts}, {"at least", at_least, behind, Of::amounts},
    // English, Spanish and French
    {"minimum", at_least, false, Of::amounts}, {"maximum", at_most, false, Of::amounts}, {"min", at_least, false, Of::amounts}, {"max", at_most, false, Of::amounts},
    {"minimum", at_least, behind, Of::amounts}, {"maximum", at_most, behind, Of::amounts}, {"min", at_least, behind, Of::amounts}, {"max", at_most, behind, Of::amounts},
    // Spanish
    {"despues de las", at_least, false, Of::times}, {"despues de la", at_least, false, Of::times}, {"despues del", at_least, false, Of::times},
    {"despues de", at_least, false, Of::times}, {"a partir de las", at_least, false, Of::times}, {"a partir de la", at_least, false, Of::times},
    {"a partir del", at_least, false, Of::times}, {"a partir de", at_least}, {"desde", at_least}, {"pasadas las", at_least, false, Of::times}, {"no antes de", at_least, false, Of::times},
    {"antes de las", at_most, false, Of::times}, {"antes de la", at_most, false, Of::times}, {"antes del", at_most, false, Of::times}, {"no antes del", at_least, false, Of::times},
    {"antes de", at_most, false, Of::times}, {"no despues de", at_most, false, Of::times}, {"hasta", at_most}, {"a mas tardar", at_most, false, Of::times},
    {"en adelante", at_least, behind}, {"o despues", at_least, behind, Of::times}, {"o mas tarde", at_least, behind, Of::times}, {"o antes", at_most, behind, Of::times},
    {"a mas tardar", at_most, behind, Of::times}, {"como muy tarde", at_most, behind, Of::times},
    {"no menos de", at_least, false, Of::amounts}, {"no mas de", at_most, false, Of::amounts}, {"mas de", at_least, false, Of::amounts}, {"al menos", at_least, false, Of::amounts},
    {"por lo menos", at_least, false, Of::amounts}, {"como minimo", at_least, false, Of::amounts}, {"minimo", at_least, false, Of::amounts},
    {"menos de", at_most, false, Of::amounts}, {"como maximo", at_most, false, Of::amounts}, {"maximo", at_most, false, Of::amounts}, {"a lo sumo", at_most, false, Of::amounts},
    {"o mas", at_least, behind, Of::amounts}, {"para arriba", at_least, behind, Of::amounts}, {"como minimo", at_least, behind, Of::amounts}, {"minimo", at_least, behind, Of::amounts},
    {"o menos", at_most, behind, Of::amounts}, {"como maximo", at_most, behind, Of::amounts}, {"maximo", at_most, behind, Of::amounts},
    // French
    {"apres", at_least, false, Of::times}, {"a partir du", at_least, false, Of::times}, {"des", at_least, false, Of::times}, {"pas avant", at_least, false, Of::times},
    {"depuis", at_least, false, Of::times}, {"avant", at_most, false, Of::times}, {"jusqu'a", at_most}, {"jusqu'au", at_most, false, Of::times},
    {"jusqu'en", at_most, false, Of::times}, {"pas apres", at_most, false, Of::times}, {"au plus tard", at_most, false, Of::times}, {"d'ici", at_most, false, Of::times},
    {"ou plus tard", at_least, behind, Of::times}, {"ou apres", at_least, behind, Of::times}, {"et apres", at_least, behind, Of::times}, {"au plus tot", at_least, behind, Of::times},
    {"ou avant", at_most, behind, Of::times}, {"ou plus tot", at_most, behind, Of::times}, {"au plus tard", at_most, behind, Of::times},
    {"pas moins de", at_least, false, Of::amounts}, {"pas plus de", at_most, false, Of::amounts}, {"plus de", at_least, false, Of::amounts}, {"au moins", at_least, false, Of::amounts},
    {"moins de", at_most, false, Of::amounts}, {"au maximum", at_most, false, Of::amounts}, {"au plus", at_most, false, Of::amounts},
    {"ou plus", at_least, behind, Of::amounts}, {"et plus", at_least, behind, Of::amounts}, {"ou moins", at_most, behind, Of::amounts},
    {"au moins", at_least, behind, Of::amounts}, {"au minimum", at_least, behind, Of::amounts}, {"au maximum", at_most, behind, Of::amounts}, {"au plus", at_most, behind, Of::amounts},
});

constexpr std::size_t most_bounds = 4;

struct FoundBound {
  const BoundPhrase* phrase;
  std::size_t first = 0, last = 0;  // tokens, both included
};

// The token behind the phrase when it begins at `at`; zero when it does not.
std::size_t behind_phrase(const std::vector<Token>& tokens, std::size_t at, std::string_view words) {
  for (const auto word : split_words(words)) {
    if (at >= tokens.size() || tokens[at].text != word) return 0;
    ++at;
  }
  return at;
}

bool holds_value(const std::vector<Token>& tokens, std::size_t from) {
  return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end(), [](const Token& token) { return token.kind != Token::Kind::symbol; });
}

// "Half past 3", "10 after 5", "the day after tomorrow", "après-midi" limit nothing.
bool is_part_of_value(const std::vector<Token>& tokens, std::size_t first, std::size_t next) {
  constexpr auto counted = std::to_array<std::string_view>({"half", "quarter", "day", "days", "week", "weeks", "month", "months", "minutes", "min", "mins", "hour", "hours",
                                                            "dia", "dias", "semana", "semanas", "jour", "jours", "semaine", "semaines"});
  const auto& word = tokens[first].text;
  const bool shifts = word == "past" || word == "after" || word == "before" || word == "despues" || word == "antes" || word == "apres" || word == "avant";
  if (!shifts) return false;
  constexpr auto no_counts = std::to_array<std::string_view>({"any", "every", "all", "some", "cualquier", "n'importe", "quel"});
  const bool is_counted = first > 0 && (tokens[first - 1].kind == Token::Kind::digits || is_one_of(tokens[first - 1].text, counted));
  if (is_counted && (first < 2 || !is_one_of(tokens[first - 2].text, no_counts))) return true;
  constexpr auto articles = std::to_array<std::string_view>({"-", "the", "le", "el"});
  constexpr auto joined = std::to_array<std::string_view>({"demain", "hier", "work", "trabajo", "travail", "boulot"});
  const auto follows = next < tokens.size() && is_one_of(tokens[next].text, articles) ? next + 1 : next;
  if (follows >= tokens.size()) return false;
  return is_one_of(tokens[follows].text, joined) || (word == "apres" && tokens[follows].text == "midi");
}

std::optional<FoundBound> bound_at(const std::vector<Token>& tokens, std::size_t at, bool of_times) {
  std::optional<FoundBound> found;
  for (const auto& phrase : bound_phrases) {
    if (phrase.of == (of_times ? Of::amounts : Of::times)) continue;
    const auto next = behind_phrase(tokens, at, phrase.words);
    if (next == 0 || is_part_of_value(tokens, at, next)) continue;
    const bool has_place = phrase.is_behind ? at > 0 : holds_value(tokens, next);
    if (has_place && (!found || next - 1 > found->last)) found = FoundBound{&phrase, at, next - 1};
  }
  return found;
}

std::string_view between(const Reply& reply, std::size_t begin, std::size_t end) {  // tokens, `end` not included
  if (begin >= end) return {};
  const auto span = reply.span_of(begin, end - 1);
  return reply.raw().substr(span.begin, span.end - span.begin);
}

}  // namespace

std::vector<SaidBound> said_bounds(const Reply& reply, bool of_times) {
  const auto& tokens = reply.tokens();
  std::vector<FoundBound> found;
  for (std::size_t at = 0; at < tokens.size() && found.size() < most_bounds;) {
    const auto bound = bound_at(tokens, at, of_times);
    if (bound) found.push_back(*bound);
    at = bound ? bound->last + 1 : at + 1;
  }
  std::vector<SaidBound> said;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto begin = found[i].phrase->is_behind ? (i == 0 ? 0 : found[i - 1].last + 1) : found[i].last + 1;
    const auto end = found[i].phrase->is_behind ? found[i].first : i + 1 < found.size() ? found[i + 1].first : tokens.size();
    const auto first_word = found[i].phrase->words.substr(0, found[i].phrase->words.find(' '));
    const bool is_behind_it = first_word == "after" || first_word == "past" || first_word == "despues" || first_word == "apres";
    said.push_back({found[i].phrase->is_lower, between(reply, begin, end), is_behind_it});
  }
  return said;
}

}  // namespace answerback::flows
