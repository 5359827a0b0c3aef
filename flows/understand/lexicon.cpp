#include "flows/understand/lexicon.hpp"

#include <algorithm>
#include <bit>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

std::string_view first_word_of(std::string_view words) { return words.substr(0, words.find(' ')); }

bool is_name_of_time(Role role) { return role == Role::month || role == Role::weekday; }

// Only long names, and never the first letter: "march" and "match" are both words, "febuary" is not.
constexpr std::size_t shortest_slip = 6;
constexpr std::size_t longest_slip = 14;

bool may_be_misspelt(const Phrase& phrase) {
  const bool name = is_name_of_time(phrase.role) || phrase.role == Role::neighbour;
  return name && phrase.words.size() >= shortest_slip && phrase.words.find(' ') == std::string_view::npos && is_lower(phrase.words.front());
}

bool is_slip_of(std::string_view word, std::string_view name) {
  constexpr std::size_t long_name = 8;
  const std::size_t limit = std::min(word.size(), name.size()) >= long_name ? 2 : 1;
  const auto apart = word.size() > name.size() ? word.size() - name.size() : name.size() - word.size();
  return apart <= limit && edit_distance(word, name, limit) <= limit;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Phrase> phrases) : phrases_(std::move(phrases)) {
  std::sort(phrases_.begin(), phrases_.end(), [](const Phrase& a, const Phrase& b) { return a.words < b.words; });
  table_.resize(std::bit_ceil(phrases_.size() * 2));
  for (std::size_t first = 0; first < phrases_.size();) {
    const auto word = first_word_of(phrases_[first].words);
    std::size_t last = first;
    while (last < phrases_.size() && first_word_of(phrases_[last].words) == word) ++last;
    auto slot = word_hash(word) & (table_.size() - 1);
    while (table_[slot].last > 0) slot = (slot + 1) & (table_.size() - 1);
    table_[slot] = known(first, last);
    first = last;
  }
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    if (may_be_misspelt(phrases_[i])) names_.at(static_cast<std::size_t>(phrases_[i].words.front() - 'a')).push_back(static_cast<std::uint16_t>(i));
  }
}

Vocabulary::Known Vocabulary::known(std::size_t first, std::size_t last) const {
  Known entry{static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last), 0, false};
  for (std::size_t i = first; i < last; ++i) entry.roles |= only(phrases_[i].role);
  return entry;
}

// Half of the table is empty, so that the search ends.
Vocabulary::Known Vocabulary::find(std::string_view word, std::uint32_t hash) const {
  for (auto slot = hash & (table_.size() - 1); table_[slot].last > 0; slot = (slot + 1) & (table_.size() - 1)) {
    const auto& words = phrases_[table_[slot].first].words;
    if (words.starts_with(word) && (words.size() == word.size() || words[word.size()] == ' ')) return table_[slot];
  }
  return {};
}

Vocabulary::Known Vocabulary::find_misspelt(std::string_view word) const {
  if (word.size() < shortest_slip || word.size() > longest_slip || !is_lower(word.front())) return {};
  Known found;
  for (const std::size_t place : names_[static_cast<std::size_t>(word.front() - 'a')]) {
    const auto& phrase = phrases_[place];
    if (!is_slip_of(word, phrase.words)) continue;
    const bool same = found.last == 0 || (phrases_[found.first].role == phrase.role && phrases_[found.first].value == phrase.value);
    if (!same) return {};
    found = known(place, place + 1);
    found.misspelt = true;
  }
  return found;
}

Lexed::Lexed(const TokenView& tokens, const Vocabulary& vocabulary, bool foreign) : tokens_(tokens), vocabulary_(vocabulary), foreign_(foreign) {
  known_.reserve(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto word = tokens.word(at);
    auto known = vocabulary.find(word, tokens.hash(at));
    if (known.roles == 0 && tokens.is_word(at)) known = vocabulary.find_misspelt(word);
    knows_any_ = knows_any_ || (known.roles != 0 && tokens.is_word(at));
    all_roles_ |= known.roles;
    known_.push_back(known);
  }
}

// The token behind the phrase when it stands at `at`, else 0. Its first word does.
std::size_t Lexed::end_of(std::string_view words, std::size_t at) const {
  for (;;) {
    const auto word = first_word_of(words);
    if (!tokens_.is(at, word)) return 0;
    ++at;
    if (word.size() == words.size()) return at;
    words.remove_prefix(word.size() + 1);
    if (tokens_.is(at, "-") || tokens_.is(at, ".")) ++at;
  }
}

std::optional<Lexed::Match> Lexed::longest(std::size_t at, Role role) const {
  constexpr std::size_t shortest_foreign_name = 4;
  const auto& known = known_[at];
  std::optional<Match> found;
  for (std::size_t i = known.first; i < known.last; ++i) {
    const auto& phrase = vocabulary_[i];
    if (phrase.role != role) continue;
    if (foreign_ && is_name_of_time(role) && phrase.words.size() < shortest_foreign_name) continue;
    const bool whole = known.misspelt || phrase.words.size() == tokens_.word(at).size();
    const auto next = whole ? at + 1 : end_of(phrase.words, at);
    if (next > (found ? found->next : at)) found = Match{phrase.value, next, !known.misspelt};
  }
  return found;
}

}  // namespace answerback::flows
