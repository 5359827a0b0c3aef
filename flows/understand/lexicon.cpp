#include "flows/understand/lexicon.hpp"

#include <algorithm>

#include "flows/text.hpp"

namespace answerback::flows {

namespace {

std::string_view first_word_of(std::string_view words) { return words.substr(0, words.find(' ')); }

bool is_name_of_time(Role role) { return role == Role::month || role == Role::weekday; }
bool may_be_misspelt(const Phrase& phrase) {
  return (is_name_of_time(phrase.role) || phrase.role == Role::neighbour) && phrase.words.find(' ') == std::string_view::npos;
}

// Only long names, and never the first letter: "march" and "match" are both words, "febuary" is not.
constexpr std::size_t shortest_slip = 6;
constexpr std::size_t longest_slip = 14;

bool is_slip_of(std::string_view word, const Phrase& phrase) {
  constexpr std::size_t long_name = 8;
  const auto& name = phrase.words;
  if (name.size() < shortest_slip || word.front() != name.front()) return false;
  const std::size_t limit = std::min(word.size(), name.size()) >= long_name ? 2 : 1;
  return edit_distance(word, name, limit) <= limit;
}

}  // namespace

std::vector<Phrase> make_lexicon(std::vector<Phrase> phrases) {
  std::sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) { return a.words < b.words; });
  return phrases;
}

Lexed::Lexed(const TokenView& tokens, std::span<const Phrase> lexicon, bool foreign) : tokens_(tokens), lexicon_(lexicon), foreign_(foreign) {
  known_.reserve(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) known_.push_back(look_up(at));
}

Lexed::Known Lexed::look_up(std::size_t at) const {
  const auto word = tokens_.word(at);
  const auto begins_before = [](const Phrase& phrase, std::string_view wanted) { return first_word_of(phrase.words) < wanted; };
  const auto first = std::lower_bound(lexicon_.begin(), lexicon_.end(), word, begins_before);
  auto last = first;
  while (last != lexicon_.end() && first_word_of(last->words) == word) ++last;
  if (first == last) return look_up_misspelt(at);
  return {static_cast<std::uint16_t>(first - lexicon_.begin()), static_cast<std::uint16_t>(last - lexicon_.begin()), false};
}

Lexed::Known Lexed::look_up_misspelt(std::size_t at) const {
  const auto word = tokens_.word(at);
  if (!tokens_.is_word(at) || word.size() < shortest_slip || word.size() > longest_slip) return {};
  Known found;
  for (std::size_t i = 0; i < lexicon_.size(); ++i) {
    const auto& phrase = lexicon_[i];
    if (!may_be_misspelt(phrase) || !is_slip_of(word, phrase)) continue;
    const bool same = !found.misspelt || (lexicon_[found.first].role == phrase.role && lexicon_[found.first].value == phrase.value);
    if (!same) return {};
    found = {static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(i + 1), true};
  }
  return found;
}

// The token behind the phrase when it stands at `at`, else 0.
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

std::optional<Lexed::Match> Lexed::find(std::size_t at, Role role) const {
  if (at >= known_.size()) return std::nullopt;
  constexpr std::size_t shortest_foreign_name = 4;
  const auto& known = known_[at];
  std::optional<Match> found;
  for (std::size_t i = known.first; i < known.last; ++i) {
    const auto& phrase = lexicon_[i];
    if (phrase.role != role) continue;
    if (foreign_ && is_name_of_time(role) && phrase.words.size() < shortest_foreign_name) continue;
    const auto next = known.misspelt ? at + 1 : end_of(phrase.words, at);
    if (next > (found ? found->next : at)) found = Match{phrase.value, next, !known.misspelt};
  }
  return found;
}

std::size_t Lexed::skip(std::size_t at, Role role) const {
  const auto found = find(at, role);
  return found ? found->next : at;
}

}  // namespace answerback::flows
