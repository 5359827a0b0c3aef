// Looks at a reply's tokens by place. Beyond the end there is nothing, so that a grammar may look ahead freely.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "flows/text/words.hpp"
#include "flows/understand/reply.hpp"

namespace answerback::flows {

class TokenView {
 public:
  explicit TokenView(const std::vector<Token>& tokens);  // which must outlive it
  TokenView(const TokenView&) = delete;
  TokenView& operator=(const TokenView&) = delete;

  std::size_t size() const { return tokens_.size(); }
  // Without a French elision: "d'avril" is "avril".
  std::string_view word(std::size_t at) const { return at < words_.size() ? words_[at].text : std::string_view(); }
  std::uint32_t hash(std::size_t at) const { return words_[at].hash; }
  bool is(std::size_t at, std::string_view text) const { return word(at) == text; }
  bool is_glued(std::size_t at) const { return at < tokens_.size() && tokens_[at].glued; }
  bool is_glued(std::size_t at, std::string_view text) const { return is_glued(at) && tokens_[at].text == text; }
  bool is_word(std::size_t at) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::word; }
  bool is_symbol(std::size_t at) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::symbol; }
  bool is_digits(std::size_t at) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::digits; }
  bool is_glued_digits(std::size_t at) const { return is_digits(at) && tokens_[at].glued; }
  bool is_digits(std::size_t at, std::size_t shortest, std::size_t longest) const;
  int digits(std::size_t at) const;               // the value of one to four digits, else -1
  std::size_t skip_hyphen(std::size_t at) const;  // the hyphen of "twenty-one"

 private:
  struct Word {
    std::string_view text;
    std::uint32_t hash = 0;
  };
  const std::vector<Token>& tokens_;
  std::vector<Word> words_;
};

}  // namespace answerback::flows
