#include "flows/json/json_places.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

bool is_separator(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':'; }

bool is_punctuation(char c) { return c == '{' || c == '}' || c == '[' || c == ']'; }

bool ends_literal(char c) { return is_separator(c) || is_punctuation(c) || c == '"' || c == '/'; }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t string_size(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return std::min(at + 1, text.size());
}

void step(Position& position, char c) {
  if (c == '\n') {
    position = {position.line + 1, 1};
  } else if (!is_continuation(c)) {
    ++position.column;
  }
}

}  // namespace

std::size_t Places::comment_size(std::size_t at) const {
  const auto rest = text_.substr(at);
  if (!comments_) return 0;
  if (rest.starts_with("//")) return std::min(rest.find('\n'), rest.size());
  if (!rest.starts_with("/*")) return 0;
  const auto end = rest.find("*/", 2);
  return end == std::string_view::npos ? rest.size() : end + 2;
}

std::size_t Places::next_offset() const {
  std::size_t at = at_;
  while (at < text_.size()) {
    const auto skipped = is_separator(text_[at]) ? 1U : comment_size(at);
    if (skipped == 0) break;
    at += skipped;
  }
  return at;
}

std::size_t Places::token_size(std::size_t at) const {
  const auto rest = text_.substr(at);
  if (rest.empty()) return 0;
  if (is_punctuation(rest[0])) return 1;
  if (rest[0] == '"') return string_size(rest);
  return static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), ends_literal) - rest.begin());
}

void Places::advance(std::size_t to) {
  for (; at_ < to; ++at_) step(position_, text_[at_]);
}

Position Places::take() {
  advance(next_offset());
  const auto begin = position_;
  advance(at_ + token_size(at_));
  return begin;
}

Position position_of(std::string_view text, std::size_t offset) {
  Position position{1, 1};
  for (const char c : text.substr(0, offset)) step(position, c);
  return position;
}

}  // namespace answerback::flows
