// A reply made ready for reading: folded, cut into tokens, each with its place in the bytes that came in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "flows/text/folding.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

struct Token {
  enum class Kind { word, digits, symbol };
  Kind kind = Kind::word;
  std::string text;          // folded; stretched letters brought back ("yessss" is "yes")
  std::size_t begin = 0;     // bytes of the folded text
  std::size_t end = 0;
  bool glued = false;        // no space before it
};

class Reply {
 public:
  explicit Reply(std::string_view raw);

  std::string_view raw() const { return raw_; }
  std::string_view folded() const { return folded_.text; }
  const std::vector<Token>& tokens() const { return tokens_; }
  Span span(std::size_t folded_begin, std::size_t folded_end) const;        // in the raw reply
  Span span_of(std::size_t first_token, std::size_t last_token) const;      // both included
  Span trimmed() const;                                                     // all but white space at the edges

 private:
  std::string_view raw_;
  Folded folded_;
  std::vector<Token> tokens_;
};

}  // namespace answerback::flows
