#include "flows/json/json_syntax.hpp"

#include <array>

namespace answerback::flows {

namespace {

struct Rewording {
  std::string_view parsers;
  std::string_view ours;
};

// The parser names only one of the two tokens that may follow a member or an item.
constexpr std::array<Rewording, 7> rewordings{{{"; expected '}'", "; expected ',' or '}'"},
                                           {"; expected ']'", "; expected ',' or ']'"},
                                           {"; expected string literal", "; expected a name in double quotes"},
                                           {"; expected '[', '{', or a literal", "; expected a value"},
                                           {"unexpected string literal", "unexpected text"},
                                           {"unexpected number literal", "unexpected number"},
                                           {"invalid literal", "invalid word; only true, false and null stand without quotes"}}};

void reword(std::string& message) {
  for (const auto& one : rewordings) {
    const auto at = message.find(one.parsers);
    if (at != std::string::npos) message.replace(at, one.parsers.size(), one.ours);
  }
}

}  // namespace

SyntaxError explain_syntax_error(std::string_view what) {
  // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing value - MESSAGE; last read: '…'"
  const auto context = what.find("syntax error");
  const auto dash = what.find(" - ", context == std::string_view::npos ? 0 : context);
  std::string message(dash == std::string_view::npos ? what : what.substr(dash + 3));
  // What was read may be the whole document; the place says it better.
  const auto last_read = message.find("; last read: '");
  if (last_read != std::string::npos) message.erase(last_read);
  const bool at_token = message.starts_with("unexpected ") || message.starts_with("invalid literal") ||
                        message.find("missing closing") != std::string::npos;
  reword(message);
  return {std::move(message), at_token};
}

}  // namespace answerback::flows
