// Finds the place of a character inside a JSON string literal, so that an issue points into the text and not at its start.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "flows/issue.hpp"

namespace answerback::flows {

class Source {
 public:
  explicit Source(std::string_view text);

  // The place of the byte `offset` of the decoded string whose literal begins at `literal`. Never past the literal's end.
  Position inside(Position literal, std::size_t offset) const;

 private:
  struct Mark {
    Position at;
    std::size_t byte;
  };
  std::size_t byte_at(Position at) const;
  std::string_view text_;
  std::vector<Mark> marks_;  // the beginning of each line, and places within long ones: a whole flow may be one line
};

}  // namespace answerback::flows
