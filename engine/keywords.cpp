#include "engine/keywords.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <vector>

#include "engine/keyword_lists.hpp"
#include "engine/keyword_matching.hpp"
#include "engine/look_alikes.hpp"
#include "flows/phone/region.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_characters = 1'600;

// Tags are told apart by their first part, in any case: "ES-mx" is "es".
bool is_language(std::string_view tag, std::string_view wanted) {
  const auto primary = flows::primary_language(tag);
  return std::equal(primary.begin(), primary.end(), wanted.begin(), wanted.end(), [](char a, char b) { return flows::lower_ascii(a) == b; });
}

bool may_speak(const KeywordContext& context, std::string_view wanted) {
  const auto is_it = [&](std::string_view tag) { return is_language(tag, wanted); };
  return is_it(context.language) || std::any_of(context.also.begin(), context.also.end(), is_it);
}

bool in_scope(WordScope scope, std::string_view language, const KeywordContext& context) {
  switch (scope) {
    case WordScope::always: return true;
    case WordScope::own_language:
    case WordScope::ordinary: return may_speak(context, language);
    case WordScope::when_opted_out: return context.opted_out;
    case WordScope::when_invited: return context.opted_out && context.invited;
  }
  return false;
}

bool counts(const ListedWord& row, const KeywordContext& context) { return in_scope(row.scope, row.language, context); }

// "3nd" is a slip of "3rd", not END.
bool is_ordinal(std::string_view word) {
  const auto ending = word.substr(std::min(word.find_first_not_of("0123456789"), word.size()));
  return ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

constexpr std::string_view masking_digits = "013457", masked_letters = "oieast";

// "5T0P" is "stop": digits that stand for letters, in a word that has as many letters at least.
std::string unmasked(const std::string& words) {
  std::string out;
  for (const auto word : flows::split_words(words)) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto masked = std::count_if(word.begin(), word.end(), is_digit);
    const bool is_mixed = masked > 0 && !is_ordinal(word) && 2 * masked <= static_cast<std::ptrdiff_t>(word.size());
    if (!out.empty()) out.push_back(' ');
    for (const char c : word) {
      const auto at = is_mixed ? masking_digits.find(c) : std::string_view::npos;
      out.push_back(at == std::string_view::npos ? c : masked_letters[at]);
    }
  }
  return out;
}

// Letters that stand alone, one space between each two.
bool is_spelled_out(std::string_view words) {
  for (std::size_t at = 1; at < words.size(); at += 2) {
    if (words[at] != ' ' || at + 1 == words.size() || words[at - 1] == ' ') return false;
  }
  return words.size() % 2 == 1 && words.back() != ' ';
}

bool is_one_word_again_and_again(std::string_view words) {
  const auto one = words.find(' ');
  if ((words.size() + 1) % (one + 1) != 0) return false;
  for (auto at = one + 1; at < words.size(); at += one + 1) {
    if (words[at - 1] != ' ' || words.substr(at, one) != words.substr(0, one)) return false;
  }
  return true;
}

// "s t o p" is "stop" and "stop stop" is "stop"; everything else stays.
std::string without_spelling_out(const std::string& words) {
  const auto one = words.find(' ');
  if (one == std::string::npos) return words;
  if (is_spelled_out(words)) {
    std::string joined;
    std::copy_if(words.begin(), words.end(), std::back_inserter(joined), [](char c) { return c != ' '; });
    return joined;
  }
  return is_one_word_again_and_again(words) ? words.substr(0, one) : words;
}

Keyword keyword_of(const ListedWord& row) {
  return {row.what, std::string(row.word), std::string(row.language), row.misspelling, row.scope == WordScope::ordinary};
}

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

// By what is written, letter by letter: a listed word, a START in other words, a phrase that means STOP.
Keyword read_words(std::string_view plain, const std::string& folded, const KeywordContext& context) {
  if (auto keyword = listed(without_spelling_out(folded), context); keyword.what != KeywordClass::none) return keyword;
  auto spelled = spelled_out(folded);
  if (context.start_counts && folded.size() <= max_start) {
    const auto admitted = [&](const StartRow& row) { return in_scope(row.scope, row.language, context); };
    if (auto keyword = find_start(spelled, admitted); keyword.what != KeywordClass::none) return keyword;
  }
  return find_phrase(plain, std::move(spelled), may_speak(context, "es"));
}

}  // namespace

Keyword classify(std::string_view text, const KeywordContext& context, std::string_view words) {
  const std::string plain = latinised(text.size() <= max_characters ? text : flows::first_characters(text, max_characters));
  const std::string folded = !words.empty() && plain == text ? std::string(words) : flows::fold_words(plain);
  if (folded.empty()) return is_stop_sign(plain) ? Keyword{KeywordClass::stop, "🛑", "en", true} : Keyword{};
  if (auto keyword = read_words(plain, folded, context); keyword.what != KeywordClass::none) return keyword;
  if (folded.find_first_of(masking_digits) == std::string::npos) return {};
  const auto joined = without_spelling_out(folded);
  const auto without_digits = unmasked(joined);
  if (without_digits == joined) return {};
  auto keyword = read_words(without_digits, without_digits, context);
  keyword.phrase = keyword.what != KeywordClass::none;
  return keyword;
}

Keyword collides(std::string_view phrase) {
  KeywordContext context;
  context.language = "es";
  context.also = {"fr"};
  return classify(phrase, context);
}

}  // namespace answerback::engine
