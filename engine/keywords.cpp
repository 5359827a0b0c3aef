#include "engine/keywords.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "engine/keyword_lists.hpp"
#include "engine/keyword_matching.hpp"
#include "engine/look_alikes.hpp"
#include "flows/code_points.hpp"
#include "flows/text.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_characters = 1'600;

bool speaks(std::string_view language, std::string_view wanted) {
  return language.substr(0, 2) == wanted && (language.size() == 2 || language[2] == '-' || language[2] == '_');
}

bool counts(const ListedWord& row, const KeywordContext& context) {
  switch (row.scope) {
    case WordScope::always: return true;
    case WordScope::own_language: return speaks(context.language, row.language);
    case WordScope::when_opted_out: return context.opted_out;
  }
  return false;
}

// "s t o p" is "stop" and "stop stop" is "stop"; everything else stays.
std::string without_spelling_out(const std::string& words) {
  const auto parts = flows::split_words(words);
  if (parts.size() < 2) return words;
  if (std::all_of(parts.begin(), parts.end(), [](auto part) { return part.size() == 1; })) {
    std::string joined;
    for (const auto part : parts) joined.append(part);
    return joined;
  }
  const bool same = std::all_of(parts.begin(), parts.end(), [&](auto part) { return part == parts.front(); });
  return same ? std::string(parts.front()) : words;
}

Keyword keyword_of(const ListedWord& row) { return {row.what, std::string(row.word), std::string(row.language), row.misspelling}; }

// Doubled letters make other words ("stoop"); three in a row never do, so only those ask for the collapsed comparison.
Keyword listed_stretched(const std::string& words, const KeywordContext& context) {
  const std::string collapsed = collapse_letters(words);
  for (const auto& row : listed_words()) {
    if ((words == row.word || collapsed == collapse_letters(row.word)) && counts(row, context)) return keyword_of(row);
  }
  return {};
}

// Rows by their word, each word's in the order of the list.
const std::unordered_map<std::string_view, std::vector<const ListedWord*>>& rows_by_word() {
  static const auto sorted = [] {
    std::unordered_map<std::string_view, std::vector<const ListedWord*>> rows;
    for (const auto& row : listed_words()) rows[row.word].push_back(&row);
    return rows;
  }();
  return sorted;
}

Keyword listed(const std::string& words, const KeywordContext& context) {
  if (has_stretched_letters(words)) return listed_stretched(words, context);
  const auto found = rows_by_word().find(words);
  if (found == rows_by_word().end()) return {};
  const auto row = std::find_if(found->second.begin(), found->second.end(), [&](const auto* each) { return counts(*each, context); });
  return row == found->second.end() ? Keyword{} : keyword_of(**row);
}

}  // namespace

Keyword classify(std::string_view text, const KeywordContext& context) {
  const std::string plain = latinised(flows::first_characters(text, max_characters));
  const std::string folded = flows::fold_words(plain);
  const std::string words = without_spelling_out(folded);
  if (words.empty()) return is_stop_sign(plain) ? Keyword{KeywordClass::stop, "🛑", "en", true} : Keyword{};
  if (auto keyword = listed(words, context); keyword.what != KeywordClass::none) return keyword;
  return find_phrase(plain, folded, speaks(context.language, "es"));
}

KeywordClass collides(std::string_view choice) {
  KeywordContext context;
  context.language = "es";
  return classify(choice, context).what;
}

}  // namespace answerback::engine
