#include "flows/understand/reply.hpp"

#include <algorithm>

#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

bool is_ascii_digit(char32_t value) { return value >= U'0' && value <= U'9'; }

Token::Kind kind_of(char32_t value) {
  if (is_ascii_digit(value)) return Token::Kind::digits;
  return is_word_character(value) ? Token::Kind::word : Token::Kind::symbol;
}

// Three of a letter in a row are never right; one is the better guess ("yesss", "nooo").
std::string unstretched(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i + 1;
    while (end < word.size() && word[end] == word[i]) ++end;
    const bool letter = word[i] >= 'a' && word[i] <= 'z';
    out.append(end - i >= 3 && letter ? word.substr(i, 1) : word.substr(i, end - i));
    i = end;
  }
  return out;
}

// An apostrophe goes on with a word when a letter follows: "don't".
bool goes_on(std::string_view text, std::size_t at, Token::Kind kind) {
  const auto character = first_code_point(text.substr(at));
  if (kind == Token::Kind::symbol) return false;
  if (kind_of(character.value) == kind) return true;
  if (kind != Token::Kind::word || character.value != U'\'' || at + 1 >= text.size()) return false;
  return kind_of(first_code_point(text.substr(at + 1)).value) == Token::Kind::word;
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  bool glued = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_code_point(text.substr(at));
    if (character.value == U' ') {
      glued = false;
      ++at;
      continue;
    }
    const auto kind = kind_of(character.value);
    std::size_t end = at + character.size;
    while (end < text.size() && goes_on(text, end, kind)) end += first_code_point(text.substr(end)).size;
    const auto piece = text.substr(at, end - at);
    tokens.push_back({kind, kind == Token::Kind::word ? unstretched(piece) : std::string(piece), at, end, glued});
    glued = true;
    at = end;
  }
  return tokens;
}

}  // namespace

Reply::Reply(std::string_view raw) : raw_(first_characters(raw, max_reply_characters)), folded_(fold_traced(raw_)), tokens_(tokenize(folded_.text)) {}

Span Reply::span(std::size_t folded_begin, std::size_t folded_end) const {
  if (folded_begin >= folded_end || folded_end > folded_.text.size()) return {};
  return {folded_.begin[folded_begin], folded_.end[folded_end - 1]};
}

Span Reply::span_of(std::size_t first_token, std::size_t last_token) const {
  if (last_token >= tokens_.size() || first_token > last_token) return {};
  return span(tokens_[first_token].begin, tokens_[last_token].end);
}

Span Reply::trimmed() const {
  std::size_t begin = raw_.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < raw_.size();) {
    const auto character = first_code_point(raw_.substr(at));
    if (!is_space(character.value)) {
      begin = std::min(begin, at);
      end = at + character.size;
    }
    at += character.size;
  }
  return begin < end ? Span{begin, end} : Span{};
}

}  // namespace answerback::flows
