// Message texts with `{{path | filter: 'argument'}}`, parsed once when the flow is loaded, rendered without failing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/path.hpp"

namespace answerback::flows {

struct Filter {
  enum class Name { default_, upper, lower, title, date, time, money, phone, label, numbered };
  Name name = Name::default_;
  std::string argument;
  bool operator==(const Filter&) const = default;
};

struct Placeholder {
  Path path;
  std::vector<Filter> filters;
  std::size_t offset = 0;  // bytes into the source text, for issues
  bool operator==(const Placeholder&) const = default;
};

// A compiled text. Rendering a value that is not set gives "" unless a `default` filter stands there.
struct Text {
  std::vector<std::variant<std::string, Placeholder>> pieces;
  bool operator==(const Text&) const = default;
};

struct TemplateProblem {
  std::string code;  // template_syntax, unknown_filter, unknown_path
  std::string message;
  std::size_t offset = 0;
};

// Problems are appended; the text is usable only when there were none.
Text parse_text(std::string_view source, std::vector<TemplateProblem>& problems);
// What the value at a path is called; nothing when it has no name of its own.
using Names = std::function<std::optional<std::string>(const Path&, const Value&)>;

// `language`: a tag such as "es-MX", in which the filters write dates, times and amounts. `names`: for the filter `label`.
std::string render(const Text& text, const Lookup& lookup, std::string_view language = "en", const Names& names = {});

}  // namespace answerback::flows
