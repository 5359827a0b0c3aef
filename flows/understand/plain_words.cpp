#include "flows/understand/plain_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// Written with and without the apostrophe. What is a word of its own without it ("ill", "id", "were", "shed") is not here.
constexpr auto contractions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ain't", "is not"}, {"aint", "is not"}, {"aren't", "are not"}, {"arent", "are not"}, {"can't", "can not"}, {"cannot", "can not"},
    {"cant", "can not"}, {"couldn't", "could not"}, {"couldnt", "could not"}, {"didn't", "did not"}, {"didnt", "did not"},
    {"doesn't", "does not"}, {"doesnt", "does not"}, {"don't", "do not"}, {"dont", "do not"}, {"hadn't", "had not"}, {"hadnt", "had not"},
    {"hasn't", "has not"}, {"hasnt", "has not"}, {"haven't", "have not"}, {"havent", "have not"}, {"he's", "he is"}, {"i'd", "i would"},
    {"i'll", "i will"}, {"i'm", "i am"}, {"i've", "i have"}, {"im", "i am"}, {"isn't", "is not"}, {"isnt", "is not"}, {"it'd", "it would"},
    {"it'll", "it will"}, {"it's", "it is"}, {"its", "it is"}, {"ive", "i have"}, {"let's", "lets"}, {"mustn't", "must not"},
    {"name's", "name is"}, {"names", "name is"}, {"needn't", "need not"}, {"she's", "she is"}, {"shouldn't", "should not"},
    {"shouldnt", "should not"}, {"that'd", "that would"}, {"that'll", "that will"}, {"that's", "that is"}, {"thats", "that is"},
    {"they're", "they are"}, {"this's", "this is"}, {"thx", "thanks"}, {"tks", "thanks"}, {"ty", "thanks"}, {"wasn't", "was not"},
    {"wasnt", "was not"}, {"we'd", "we would"}, {"we'll", "we will"}, {"we're", "we are"}, {"we've", "we have"}, {"weren't", "were not"},
    {"werent", "were not"}, {"what's", "what is"}, {"whats", "what is"}, {"who's", "who is"}, {"whos", "who is"}, {"won't", "will not"},
    {"wont", "will not"}, {"wouldn't", "would not"}, {"wouldnt", "would not"}, {"y'all", "you"}, {"you'll", "you will"},
    {"you're", "you are"}, {"you've", "you have"}, {"youre", "you are"},
});

constexpr WordTable contraction_table(first_words(contractions));

// French words that lose their vowel before another one.
constexpr auto elisions = std::to_array<std::string_view>({"j", "m", "t", "s", "l", "d", "n", "c", "qu", "jusqu", "puisqu", "lorsqu"});

std::string_view without_contraction(std::string_view word) {
  const auto place = contraction_table.place(word);
  return place < contractions.size() ? contractions[place].second : std::string_view();
}

void append_spelled_out(std::string_view word, PlainWord plain, std::vector<PlainWord>& words) {
  const auto add = [&](std::string_view text) {
    plain.text = text;
    words.push_back(plain);
    plain.after_mark = false;
  };
  if (const auto longer = without_contraction(word); !longer.empty()) {
    for (const auto part : split_words(longer)) add(part);
    return;
  }
  const auto apostrophe = word.find('\'');
  if (apostrophe != std::string_view::npos && is_one_of(word.substr(0, apostrophe), elisions)) {
    add(word.substr(0, apostrophe));
    word.remove_prefix(apostrophe + 1);
  }
  add(word);
}

}  // namespace

bool parts_clauses(const Token& token) {
  if (token.kind != Token::Kind::symbol) return false;
  if (token.text == "-") return !token.glued;
  return std::string_view("'&/@#$%+*_=^~").find(token.text) == std::string_view::npos;
}

std::vector<PlainWord> plain_words(const Reply& reply, std::size_t max) {
  std::vector<PlainWord> words;
  const auto& tokens = reply.tokens();
  bool after_mark = false;
  for (std::size_t i = 0; i < tokens.size() && words.size() < max; ++i) {
    if (tokens[i].kind == Token::Kind::symbol) {
      after_mark = after_mark || parts_clauses(tokens[i]);
      continue;
    }
    append_spelled_out(tokens[i].text, {{}, i, after_mark}, words);
    after_mark = false;
  }
  return words;
}

std::size_t phrase_length_at(const std::vector<PlainWord>& words, std::size_t at, std::string_view phrase) {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const auto end = std::min(phrase.find(' '), phrase.size());
    const bool goes_on = at + count < words.size() && (count == 0 || !words[at + count].after_mark);
    if (!goes_on || words[at + count].text != phrase.substr(0, end)) return 0;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
    ++count;
  }
  return count;
}

}  // namespace answerback::flows
