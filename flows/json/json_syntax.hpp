// Turns the parser's own account of a syntax error into a sentence for the author of the text.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

struct SyntaxError {
  std::string message;
  bool at_token = false;  // it is about a whole token, not about the character at which the parser gave up
};

SyntaxError explain_syntax_error(std::string_view what);

}  // namespace answerback::flows
