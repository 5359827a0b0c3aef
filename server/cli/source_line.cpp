#include "server/cli/source_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t shown_before = 50;  // characters left of the place
constexpr std::size_t shown_columns = 100;

std::string_view line_of(std::string_view source, std::size_t number) {
  for (std::size_t line = 1; line < number; ++line) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  return source.substr(0, source.find('\n'));
}

// Tabs and other controls are one column wide here, so that the caret stands below its place.
std::string printable(std::string_view text) {
  std::string shown(text);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(shown.begin(), shown.end(), is_control, ' ');
  return shown;
}

}  // namespace

std::string source_with_caret(std::string_view source, flows::Position at, bool colour) {
  if (at.line == 0 || at.column == 0) return "";
  const auto clean = flows::clean_utf8(line_of(source, at.line));  // what is wrong with a file may be its bytes
  std::string_view line = clean;
  if (line.empty()) return "";
  const auto left = at.column - 1 > shown_before ? at.column - 1 - shown_before : 0;
  line.remove_prefix(flows::first_characters(line, left).size());
  const auto shown = flows::first_characters(line, shown_columns);
  const auto margin = fmt::format("{:>5} | ", at.line);
  const auto caret = std::string(at.column - 1 - left, ' ') + "^";
  return fmt::format("{}{}{}{}\n{:>5} | {}{}{}\n", margin, left > 0 ? "…" : "", printable(shown), shown.size() < line.size() ? "…" : "", "",
                     left > 0 ? " " : "", colour ? "\x1b[1m" : "", colour ? caret + "\x1b[0m" : caret);
}

}  // namespace answerback::server
