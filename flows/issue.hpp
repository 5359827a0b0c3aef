// Something wrong with an input, named so that its author can mend it: where, a stable code, a sentence.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

// Counted from 1, columns in Unicode characters; {0, 0} when there is no text to point into.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Position&) const = default;
};

enum class Severity { warning, error };

struct Issue {
  Severity severity = Severity::error;
  std::string code;     // stable word: "unknown_step"
  std::string message;  // a sentence for a person, with "did you mean" when there is a near name
  std::string pointer;  // RFC 6901, "" for the whole document
  Position at;
  bool operator==(const Issue&) const = default;
};

bool has_errors(const std::vector<Issue>& issues);

// "file:line:col: error[CODE]: message", the form that `answerback check` prints.
std::string to_line(const Issue& issue, std::string_view file);

// The candidate nearest to `word` when it is near enough to be a slip of the hand, else "".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// ", did you mean \"x\"?" or "".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace answerback::flows
