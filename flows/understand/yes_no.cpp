#include <algorithm>
#include <array>

#include "flows/text.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/yes_no_words.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_words = 60;  // who means yes or no has said so by then
constexpr std::size_t short_reply_words = 5;
constexpr std::size_t negation_reach_words = 3;

// A word with the token that it came from; short forms give two words for one token.
struct PlainWord {
  std::string_view text;
  std::size_t token;
};

struct Hit {
  Leaning leaning;
  Weight weight;
  std::size_t first;  // plain words, both included
  std::size_t last;
};

bool is_filler(std::string_view word) {
  constexpr auto fillers = std::to_array<std::string_view>({"please", "thanks", "thank", "you", "um", "uh", "well", "oh", "hmm", "lol", "haha", "so", "hi",
                                                            "hello", "hey", "sir", "maam", "ma'am", "man", "bro", "dude", "very", "much", "just", "really",
                                                            "actually", "then", "now", "that", "would", "be", "great", "gracias", "merci", "favor", "por"});
  return is_one_of(word, fillers);
}

bool is_pronoun(std::string_view word) {
  constexpr auto pronouns = std::to_array<std::string_view>({"i", "we", "it", "he", "she", "they", "that", "this", "there", "you"});
  return is_one_of(word, pronouns);
}

bool is_auxiliary(std::string_view word) {
  constexpr auto auxiliaries = std::to_array<std::string_view>({"am", "is", "are", "was", "were", "do", "does", "did", "have", "has", "had", "can",
                                                                "could", "will", "would", "should"});
  return is_one_of(word, auxiliaries);
}

bool is_emphasis(std::string_view word) {
  constexpr auto emphases = std::to_array<std::string_view>({"really", "sure", "definitely", "certainly", "absolutely", "actually", "still", "indeed", "too"});
  return is_one_of(word, emphases);
}

bool is_negator(std::string_view word) { return word == "not" || word == "never" || word == "no"; }

std::vector<PlainWord> plain_words(const Reply& reply) {
  std::vector<PlainWord> words;
  const auto& tokens = reply.tokens();
  for (std::size_t i = 0; i < tokens.size() && words.size() < max_words; ++i) {
    if (tokens[i].kind == Token::Kind::symbol) continue;
    const auto longer = without_contraction(tokens[i].text);
    if (longer.empty()) {
      words.push_back({tokens[i].text, i});
    } else {
      for (const auto part : split_words(longer)) words.push_back({part, i});
    }
  }
  return words;
}

// Number of words that `phrase` takes at `at`, 0 when it does not stand there.
std::size_t length_at(const std::vector<PlainWord>& words, std::size_t at, std::string_view phrase) {
  if (words[at].text.front() != phrase.front()) return 0;  // most end here
  std::size_t count = 0;
  while (!phrase.empty()) {
    const auto end = std::min(phrase.find(' '), phrase.size());
    if (at + count >= words.size() || words[at + count].text != phrase.substr(0, end)) return 0;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
    ++count;
  }
  return count;
}

bool is_negated(const std::vector<PlainWord>& words, std::size_t first) {
  const std::size_t from = first > negation_reach_words ? first - negation_reach_words : 0;
  for (std::size_t i = from; i < first; ++i) {
    if (words[i].text == "not" || words[i].text == "never") return true;
  }
  return false;
}

bool only_fillers(const std::vector<PlainWord>& words, std::size_t first, std::size_t last) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((i < first || i > last) && !is_filler(words[i].text)) return false;
  }
  return true;
}

std::optional<Hit> longest_phrase(const std::vector<PlainWord>& words, std::size_t at) {
  std::optional<Hit> best;
  for (const auto& phrase : yes_no_phrases()) {
    const auto length = length_at(words, at, phrase.words);
    if (length == 0 || (best && at + length - 1 <= best->last)) continue;
    if (phrase.weight == Weight::alone && !only_fillers(words, at, at + length - 1)) continue;
    best = Hit{phrase.leaning, phrase.weight, at, at + length - 1};
  }
  return best;
}

// "I do", "it really is" are yes when they are the whole reply; "I do not", "it isn't leaking" are no.
std::optional<Hit> echo(const std::vector<PlainWord>& words, std::size_t at) {
  if (!is_pronoun(words[at].text)) return std::nullopt;
  std::size_t next = at + 1;
  while (next < words.size() && is_emphasis(words[next].text)) ++next;
  if (next >= words.size() || !is_auxiliary(words[next].text)) return std::nullopt;
  if (next + 1 < words.size() && is_negator(words[next + 1].text)) return Hit{Leaning::no, Weight::strong, at, next + 1};
  while (next + 1 < words.size() && is_emphasis(words[next + 1].text)) ++next;
  if (!only_fillers(words, at, next)) return std::nullopt;
  return Hit{Leaning::yes, Weight::strong, at, next};
}

// "I don't know" begins like an echo, but the phrase that reaches further says more.
std::optional<Hit> echo_or_phrase(const std::vector<PlainWord>& words, std::size_t at) {
  const auto hit = echo(words, at);
  if (!hit) return hit;
  for (std::size_t inside = at + 1; inside <= hit->last; ++inside) {
    const auto phrase = longest_phrase(words, inside);
    if (phrase && phrase->last > hit->last) return phrase;
  }
  return hit;
}

std::vector<Hit> find_hits(const std::vector<PlainWord>& words) {
  std::vector<Hit> hits;
  for (std::size_t at = 0; at < words.size();) {
    auto hit = longest_phrase(words, at);
    if (!hit) hit = echo_or_phrase(words, at);
    if (!hit) {
      ++at;
      continue;
    }
    if (hit->leaning == Leaning::yes && is_negated(words, at)) hit->leaning = Leaning::no;
    hits.push_back(*hit);
    at = hit->last + 1;
  }
  return hits;
}

// A thumb or a tick, when the words say nothing.
Understood from_emoji(const Reply& reply) {
  Understood found;
  const auto& tokens = reply.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto is_sign = [&](std::string_view sign) { return tokens[i].text == sign; };
    const bool yes = std::any_of(yes_emoji().begin(), yes_emoji().end(), is_sign);
    if (!yes && std::none_of(no_emoji().begin(), no_emoji().end(), is_sign)) continue;
    if (found.value && found.value != Value(yes)) return {};
    found = {Value(yes), true, reply.span_of(i, i)};
  }
  return found;
}

// A leading yes or no decides unless the other one follows; elsewhere all that is said must lean one way.
const Hit* deciding(const std::vector<Hit>& hits, std::size_t words) {
  const bool strong = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.weight == Weight::strong; });
  const Hit* decided = nullptr;
  for (const auto& hit : hits) {
    if (hit.leaning == Leaning::unclear) return nullptr;
    if (hit.weight == Weight::weak && (strong || (words > short_reply_words && hit.first > 0))) continue;
    if (!decided) {
      decided = &hit;
    } else if (decided->leaning != hit.leaning) {
      const bool comment = decided->first == 0 && decided->weight == Weight::strong && hit.last - hit.first > 0;
      if (!comment) return nullptr;
    }
  }
  return decided;
}

}  // namespace

Understood understand_yes_no(const ExpectYesNo&, const Reply& reply, const ReplyContext&) {
  const auto words = plain_words(reply);
  const auto hits = find_hits(words);
  if (hits.empty()) return from_emoji(reply);
  const auto* hit = deciding(hits, words.size());
  if (!hit) return {};
  const bool sure = hit->weight != Weight::weak || words.size() <= short_reply_words;
  const bool leading = hit->first == 0 || words.size() <= short_reply_words;
  return {Value(hit->leaning == Leaning::yes), sure && leading, reply.span_of(words[hit->first].token, words[hit->last].token)};
}

}  // namespace answerback::flows
