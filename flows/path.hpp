// Where a text or a condition finds a value: `contact.first_name`, `answers.zip`, `vars.tier`, `sender`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "flows/value.hpp"

namespace answerback::flows {

struct Path {
  enum class Root { contact, answers, vars, sender, open };
  Root root = Root::answers;
  std::string name;  // "" for sender and open; "visit.zip" for an answer that a subflow gave
  bool operator==(const Path&) const = default;
};

std::optional<Path> parse_path(std::string_view text);
std::string to_string(const Path& path);

// For a text that parse_path refuses: what a path looks like, with "did you mean" when only its first word is misspelt.
std::string why_no_path(std::string_view text);

// Gives the value at a path, or null when it is not set. The pointer lives as long as what the lookup looks into.
using Lookup = std::function<const Value*(const Path&)>;

}  // namespace answerback::flows
