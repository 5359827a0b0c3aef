#include "flows/understand/yes_no_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t shortest_slip_word = 6;
constexpr std::size_t most_words_with_slips = 4;  // a slip is looked for in short replies only, each costs a look at every word

constexpr auto yes_signs = std::to_array<std::string_view>({"👍", "👌", "✅", "✔", "☑", "💯", "🆗", "🙆", "🤝", "🫡", "🙌", "⭕", "🤙"});
constexpr auto no_signs = std::to_array<std::string_view>({"👎", "❌", "🚫", "✖", "🙅", "❎", "⛔", "🆖", "✘", "✗"});
constexpr auto unclear_signs = std::to_array<std::string_view>({"🤷", "🤔", "❓", "❔", "⁉"});

struct Entry {
  std::string_view phrase;
  std::size_t language;
  Sense sense = Sense::other;
  Sense alone = Sense::other;  // alone_yes or alone_no, beside the sense that the phrase has among others
};

// Every phrase of all languages, by its first word, longest first.
class Lexicon {
 public:
  Lexicon() {
    const std::array<std::span<const SenseRow>, 3> all{english_senses(), spanish_senses(), french_senses()};
    for (std::size_t language = 0; language < all.size(); ++language) {
      for (const auto& row : all[language]) add(row, language);
    }
    for (auto& [word, entries] : by_word_) {
      std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.phrase.size() > b.phrase.size(); });
    }
  }

  const std::vector<Entry>* at(std::string_view word) const {
    const auto found = by_word_.find(word);
    return found == by_word_.end() ? nullptr : &found->second;
  }

  // Single words that a slip of the hand may have meant.
  const std::vector<Entry>& long_words() const { return long_words_; }

 private:
  static bool is_alone(Sense sense) { return sense == Sense::alone_yes || sense == Sense::alone_no; }

  void add(const SenseRow& row, std::size_t language) {
    std::string_view rest = row.phrases;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('|'), rest.size());
      add_phrase(rest.substr(0, end), row.sense, language);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void add_phrase(std::string_view phrase, Sense sense, std::size_t language) {
    auto& entries = by_word_[phrase.substr(0, phrase.find(' '))];
    auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return one.phrase == phrase && one.language == language; });
    if (entry == entries.end()) entry = entries.insert(entries.end(), {phrase, language});
    auto& slot = is_alone(sense) ? entry->alone : entry->sense;
    if (slot == Sense::other) slot = sense;  // the first row counts
    const bool decides = sense == Sense::certainty || sense == Sense::probably || sense == Sense::maybe;
    if (decides && phrase.size() >= shortest_slip_word && phrase.find(' ') == std::string_view::npos) long_words_.push_back(*entry);
  }

  std::unordered_map<std::string_view, std::vector<Entry>> by_word_;
  std::vector<Entry> long_words_;
};

const Lexicon& lexicon() {
  static const Lexicon all;
  return all;
}

std::size_t language_number(std::string_view language) {
  if (language.starts_with("es")) return 1;
  return language.starts_with("fr") ? 2 : 0;
}

struct Candidate {
  Sense sense = Sense::other;
  Sense alone = Sense::other;
  std::size_t length = 0;
  bool own = false;
};

// The longest phrase there; of equal ones that of the language, else the first that has a sense.
Candidate longest(const std::vector<PlainWord>& words, std::size_t at, std::size_t language, const std::vector<Entry>& entries) {
  Candidate best;
  for (const auto& entry : entries) {
    const auto length = phrase_length_at(words, at, entry.phrase);
    if (length == 0 || length < best.length) continue;
    if (length > best.length) best = {Sense::other, Sense::other, length, false};
    if (best.alone == Sense::other) best.alone = entry.alone;
    const bool own = entry.language == language;
    if (entry.sense != Sense::other && (best.sense == Sense::other || (own && !best.own))) {
      best.sense = entry.sense;
      best.own = own;
    }
  }
  return best;
}

// "yeaah" -> "yeah", "siii" -> "si"
std::string without_doubles(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (out.empty() || out.back() != c || !is_letter(c)) out.push_back(c);
  }
  return out;
}

Sense stretched_sense(std::string_view word) {
  const auto* entries = lexicon().at(without_doubles(word));
  if (entries == nullptr) return Sense::other;
  const auto is_single = [](const Entry& entry) { return entry.phrase.find(' ') == std::string_view::npos; };
  const auto single = std::find_if(entries->begin(), entries->end(), is_single);
  if (single == entries->end()) return Sense::other;
  const bool answers = single->sense <= Sense::sure;
  return answers ? single->sense : Sense::other;
}

Sense slip_sense(std::string_view word) {
  if (word.size() < shortest_slip_word) return Sense::other;
  const std::size_t limit = word.size() >= 9 ? 2 : 1;
  const Entry* nearest = nullptr;
  std::size_t least = limit + 1;
  for (const auto& entry : lexicon().long_words()) {
    const auto distance = edit_distance(word, entry.phrase, limit);
    if (distance < least) {
      least = distance;
      nearest = &entry;
    }
  }
  return nearest == nullptr ? Sense::other : nearest->sense;
}

SenseMark unlisted(const std::vector<PlainWord>& words, std::size_t at) {
  SenseMark mark{stretched_sense(words[at].text), at, at, false};
  if (mark.sense == Sense::other && words.size() <= most_words_with_slips) {
    mark.sense = slip_sense(words[at].text);
    mark.slip = mark.sense != Sense::other;
  }
  return mark;
}

}  // namespace

std::vector<SenseMark> marks_in(const std::vector<PlainWord>& words, std::string_view language) {
  std::vector<SenseMark> marks;
  const auto number = language_number(language);
  for (std::size_t at = 0; at < words.size();) {
    const auto* entries = lexicon().at(words[at].text);
    const auto found = entries ? longest(words, at, number, *entries) : Candidate{};
    if (found.length == 0) {
      marks.push_back(unlisted(words, at++));
      continue;
    }
    marks.push_back({found.sense, at, at + found.length - 1, false, found.alone});
    at += found.length;
  }
  return marks;
}

std::span<const std::string_view> yes_emoji() { return yes_signs; }
std::span<const std::string_view> no_emoji() { return no_signs; }
std::span<const std::string_view> unclear_emoji() { return unclear_signs; }

}  // namespace answerback::flows
