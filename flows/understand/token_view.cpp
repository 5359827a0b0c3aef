#include "flows/understand/token_view.hpp"

#include <charconv>

namespace answerback::flows {

namespace {

std::string_view without_elision(std::string_view word) {
  constexpr std::string_view elided = "ldcjnsmt";
  if (word.starts_with("qu'")) return word.substr(3);
  const bool elision = word.size() > 2 && word[1] == '\'' && elided.find(word[0]) != std::string_view::npos;
  return elision ? word.substr(2) : word;
}

}  // namespace

TokenView::TokenView(const std::vector<Token>& tokens) : tokens_(tokens) {
  words_.reserve(tokens.size());
  for (const auto& token : tokens) {
    const auto word = without_elision(token.text);
    words_.push_back({word, word_hash(word)});
  }
}

bool TokenView::is_digits(std::size_t at, std::size_t shortest, std::size_t longest) const {
  return is_digits(at) && tokens_[at].text.size() >= shortest && tokens_[at].text.size() <= longest;
}

int TokenView::digits(std::size_t at) const {
  if (!is_digits(at, 1, 4)) return -1;
  const auto& text = tokens_[at].text;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::size_t TokenView::skip_hyphen(std::size_t at) const { return is_glued(at, "-") && is_glued(at + 1) ? at + 1 : at; }

}  // namespace answerback::flows
