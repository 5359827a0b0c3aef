// Walks JSON beside a parser that keeps no places of its own: for each token that the parser has taken, where it began.
#pragma once

#include <cstddef>
#include <string_view>

#include "flows/issue.hpp"

namespace answerback::flows {

// `text` must outlive this, and every token that is taken must have been accepted by the parser before.
class Places {
 public:
  Places(std::string_view text, bool comments) : text_(text), comments_(comments) {}

  // Where the next token begins; moves behind it. Separators are no tokens here, they are passed over.
  Position take();

  // Byte offset of the next token, or of the text's end.
  std::size_t next_offset() const;

 private:
  std::size_t comment_size(std::size_t at) const;
  std::size_t token_size(std::size_t at) const;
  void advance(std::size_t to);

  std::string_view text_;
  bool comments_;
  std::size_t at_ = 0;
  Position position_{1, 1};
};

// The line and column of a byte of valid UTF-8.
Position position_of(std::string_view text, std::size_t offset);

}  // namespace answerback::flows
