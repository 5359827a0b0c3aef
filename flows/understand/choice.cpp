#include <algorithm>
#include <array>
#include <optional>

#include "flows/text.hpp"
#include "flows/understand/choice_forms.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/word_forms.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_words = 120;
constexpr std::size_t negation_reach_words = 3;

struct ReplyWord {
  ComparedWord word;
  std::size_t token;
};

// Words `first` to `last` of the reply, both included, point at one choice.
struct Match {
  std::size_t choice;
  std::size_t first;
  std::size_t last;
  bool sure;
};

// Words around a choice that do not change it: "I'll take the second one please".
bool is_filler(std::string_view word) {
  constexpr auto fillers = std::to_array<std::string_view>(
      {"a",     "an",     "the",  "please", "pls",    "plz",   "thanks", "thank", "you",  "i",    "i'd",  "i'll",  "i'm",  "im",   "ill",  "id",
       "we",    "we'd",   "we'll", "want",  "need",   "take",  "like",   "would", "will", "go",   "with", "for",   "my",   "choose", "pick", "prefer",
       "think", "guess",  "maybe", "it's",  "its",    "is",    "it",     "that",  "that's", "thats", "be", "to",   "lets", "let's", "do",  "just",
       "um",    "uh",     "hi",   "hello",  "hey",    "ok",    "okay",   "yes",   "yeah", "sure", "option", "choice", "number", "no.", "answer", "letter",
       "one",   "me",     "give", "get",    "definitely", "probably", "say", "select", "am", "going", "of", "them", "could", "can", "have", "some", "in", "on", "so"});
  return is_one_of(word, fillers);
}

// Words that announce a label: "option 2", "number two", "choice b".
bool is_cue(std::string_view word) {
  constexpr auto cues = std::to_array<std::string_view>({"option", "choice", "number", "no", "nr", "answer", "letter", "opcion", "numero"});
  return is_one_of(word, cues);
}

bool is_negator(std::string_view word) {
  constexpr auto negators = std::to_array<std::string_view>({"not", "no", "don't", "dont", "isn't", "isnt", "without", "never", "doesn't", "doesnt",
                                                             "didn't", "didnt", "neither", "nor", "than", "instead", "ain't", "wasn't", "won't", "cannot"});
  return is_one_of(word, negators);
}

std::vector<ReplyWord> reply_words(const Reply& reply) {
  std::vector<ReplyWord> words;
  const auto& tokens = reply.tokens();
  for (std::size_t i = 0; i < tokens.size() && words.size() < max_words; ++i) {
    if (tokens[i].kind != Token::Kind::symbol) words.push_back({compared(tokens[i].text), i});
  }
  return words;
}

// The reply without fillers at its ends: [first, last). At least the form itself may be a filler, so this comes second.
std::pair<std::size_t, std::size_t> core(const std::vector<ReplyWord>& words) {
  std::size_t first = 0;
  std::size_t last = words.size();
  while (first < last && is_filler(words[first].word.text)) ++first;
  while (last > first && is_filler(words[last - 1].word.text)) --last;
  return {first, last};
}

enum class Likeness { none, root, stem, same };

Likeness likeness(const ComparedWord& a, const ComparedWord& b) {
  constexpr std::size_t shortest = 3;
  if (a.text == b.text) return Likeness::same;
  if (a.stem.size() >= shortest && a.stem == b.stem) return Likeness::stem;
  if (a.root.size() > shortest && a.root == b.root) return Likeness::root;
  return Likeness::none;
}

Likeness form_at(const std::vector<ReplyWord>& words, std::size_t at, const ChoiceForm& form) {
  if (at + form.words.size() > words.size()) return Likeness::none;
  auto weakest = Likeness::same;
  for (std::size_t i = 0; i < form.words.size(); ++i) {
    weakest = std::min(weakest, likeness(words[at + i].word, form.words[i]));
    if (weakest == Likeness::none) break;
  }
  return weakest;
}

// The one choice that all matches name; nothing when they name several.
std::optional<Match> agreed(const std::vector<Match>& matches) {
  if (matches.empty()) return std::nullopt;
  const bool same = std::all_of(matches.begin(), matches.end(), [&](const Match& match) { return match.choice == matches.front().choice; });
  return same ? std::optional(matches.front()) : std::nullopt;
}

std::optional<Match> whole(const std::vector<ReplyWord>& words, std::size_t first, std::size_t last, const std::vector<ChoiceForm>& forms) {
  std::vector<Match> matches;
  for (const auto& form : forms) {
    if (first >= last || form.words.size() != last - first) continue;
    if (form_at(words, first, form) == Likeness::same) matches.push_back({form.choice, first, last - 1, true});
  }
  return agreed(matches);
}

bool is_negated(const std::vector<ReplyWord>& words, std::size_t first) {
  const std::size_t from = first > negation_reach_words ? first - negation_reach_words : 0;
  for (std::size_t i = from; i < first; ++i) {
    if (is_negator(words[i].word.text)) return true;
  }
  return false;
}

std::vector<Match> contained(const std::vector<ReplyWord>& words, const std::vector<ChoiceForm>& forms) {
  std::vector<Match> matches;
  for (const auto& form : forms) {
    if (is_label(form)) continue;
    for (std::size_t at = 0; at < words.size(); ++at) {
      const auto like = form_at(words, at, form);
      if (like == Likeness::none || is_negated(words, at)) continue;
      matches.push_back({form.choice, at, at + form.words.size() - 1, like != Likeness::root});
    }
  }
  return matches;
}

// "new roof" stands for itself where another choice is just "roof".
void drop_covered(std::vector<Match>& matches) {
  const auto all = matches;
  std::erase_if(matches, [&](const Match& match) {
    return std::any_of(all.begin(), all.end(), [&](const Match& other) {
      const bool longer = other.last - other.first > match.last - match.first;
      return longer && other.first <= match.first && other.last >= match.last;
    });
  });
}

std::optional<Match> by_containment(const std::vector<ReplyWord>& words, const std::vector<ChoiceForm>& forms) {
  auto matches = contained(words, forms);
  drop_covered(matches);
  const bool any_sure = std::any_of(matches.begin(), matches.end(), [](const Match& match) { return match.sure; });
  if (any_sure) std::erase_if(matches, [](const Match& match) { return !match.sure; });
  return agreed(matches);
}

bool is_ordinal(std::string_view word) {
  constexpr auto ordinals = std::to_array<std::string_view>({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"});
  return is_one_of(word, ordinals);
}

bool is_ordinal_ending(std::string_view word) { return word == "st" || word == "nd" || word == "rd" || word == "th"; }

// The position that word `at` names, from 1; `count` for "last". Takes "2nd" as its two tokens.
std::size_t position_at(const std::vector<ReplyWord>& words, std::size_t at, std::size_t count) {
  const std::string_view word = words[at].word.text;
  if (word == "last") return count;
  if (word == "letter" || word.size() != 1 || word[0] < 'a' || word[0] > 'j') return small_number(word);
  const auto position = static_cast<std::size_t>(word[0] - 'a') + 1;
  return position <= count ? position : 0;
}

bool names_position(const std::vector<ReplyWord>& words, std::size_t at, std::size_t first, std::size_t last) {
  const std::string_view word = words[at].word.text;
  const bool moment = word == "second" && at > 0 && (words[at - 1].word.text == "a" || words[at - 1].word.text == "one");
  if (moment) return false;  // "just a second"
  const bool ordinal = is_ordinal(word) || word == "last" || (at + 1 < words.size() && is_ordinal_ending(words[at + 1].word.text));
  const bool ends = at + 1 >= last || (at + 2 >= last && is_ordinal_ending(words[at + 1].word.text));
  const bool alone = first == at && ends;
  const bool announced = at > 0 && is_cue(words[at - 1].word.text);
  const bool one_follows = at + 1 < words.size() && (words[at + 1].word.text == "one" || words[at + 1].word.text == "option" || words[at + 1].word.text == "choice");
  return alone || announced || (ordinal && one_follows);
}

std::optional<Match> by_position(const std::vector<ReplyWord>& words, const std::vector<ChoiceForm>& forms, std::size_t count) {
  auto [first, last] = core(words);
  if (first == last && words.size() == 1) first = 0, last = 1;  // "one"
  const bool numbered = std::any_of(forms.begin(), forms.end(), [](const ChoiceForm& form) { return is_label(form) && small_number(form.joined) > 0; });
  std::vector<Match> matches;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto position = position_at(words, at, count);
    if (position == 0 || position > count || !names_position(words, at, first, last)) continue;
    const bool digits = small_number(words[at].word.text) > 0 && !is_ordinal(words[at].word.text);
    const bool suffixed = at + 1 < words.size() && is_ordinal_ending(words[at + 1].word.text);
    if (!(digits && numbered && !suffixed)) {
      matches.push_back({position - 1, at, suffixed ? at + 1 : at, true});
      continue;
    }
    // The choices carry numbers of their own: theirs count, not the places in the list.
    const auto labelled = std::find_if(forms.begin(), forms.end(), [&](const ChoiceForm& form) { return is_label(form) && small_number(form.joined) == position; });
    if (labelled != forms.end()) matches.push_back({labelled->choice, at, at, true});
  }
  return agreed(matches);
}

std::size_t typo_limit(std::size_t letters) {
  if (letters >= 8) return 2;
  return letters >= 5 ? 1 : 0;
}

// Slips of the hand in words of five letters and more; the nearest form must belong to one choice alone.
std::optional<Match> by_typo(const std::vector<ReplyWord>& words, const std::vector<ChoiceForm>& forms) {
  std::vector<Match> best;
  std::size_t nearest = 3;
  for (const auto& form : forms) {
    const auto size = form.words.size();
    for (std::size_t at = 0; at + size <= words.size(); ++at) {
      std::string typed;
      for (std::size_t i = 0; i < size; ++i) typed += words[at + i].word.text;
      const auto limit = typo_limit(std::min(typed.size(), form.joined.size()));
      if (limit == 0 || is_negated(words, at)) continue;
      const auto distance = edit_distance(typed, form.joined, limit);
      if (distance > limit || distance > nearest) continue;
      if (distance < nearest) best.clear();
      nearest = distance;
      best.push_back({form.choice, at, at + size - 1, false});
    }
  }
  return agreed(best);
}

}  // namespace

Understood understand_choice(const ExpectChoice& expect, const Reply& reply, const ReplyContext&) {
  const auto words = reply_words(reply);
  const auto made_here = expect.forms ? std::vector<ChoiceForm>() : choice_forms(expect);
  const auto& forms = expect.forms ? *expect.forms : made_here;
  const auto [first, last] = core(words);
  auto match = whole(words, 0, words.size(), forms);
  if (!match) match = whole(words, first, last, forms);
  if (!match) match = by_position(words, forms, expect.choices.size());
  if (!match && contained(words, forms).empty()) match = by_typo(words, forms);
  if (!match) match = by_containment(words, forms);
  if (!match) return {};
  return {Value(expect.choices[match->choice].key), match->sure, reply.span_of(words[match->first].token, words[match->last].token)};
}

}  // namespace answerback::flows
