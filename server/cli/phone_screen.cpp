#include "server/cli/phone_screen.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "flows/text/code_points.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t least_width = 30, most_width = 100;
constexpr std::string_view dim = "2", blue = "34", green = "32", bold = "1";

struct Frame {
  std::string_view top_left, top_right, bottom_left, bottom_right, across, down;
};
constexpr Frame round_frame{"╭", "╮", "╰", "╯", "─", "│"};
constexpr Frame plain_frame{"+", "+", "+", "+", "-", "|"};

std::size_t columns_of_one(char32_t value) { return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(value)))); }

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// How much of `text` fits into `width` columns; at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t bytes = 0, columns = 0;
  while (bytes < text.size()) {
    const auto point = flows::first_code_point(text.substr(bytes));
    columns += columns_of_one(point.value);
    if (columns > width && bytes > 0) break;
    bytes += point.size;
  }
  return bytes;
}

void add_wrapped(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
  while (columns_of(line) > width) {
    auto end = fitting(line, width);
    const auto blank = line.substr(0, end + 1).rfind(' ');
    const bool at_blank = blank != std::string_view::npos && blank > 0;
    lines.emplace_back(line.substr(0, at_blank ? blank : end));
    line.remove_prefix(at_blank ? blank + 1 : end);
  }
  lines.emplace_back(line);
}

}  // namespace

ScreenLook look_of_terminal() {
  ScreenLook look;
  struct winsize size {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) look.width = size.ws_col;
  look.width = std::clamp(look.width, least_width, most_width);
  const char* no_colour = std::getenv("NO_COLOR");  // no-color.org: set and not empty
  const char* terminal = std::getenv("TERM");
  look.dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  look.colour = !look.dumb && (no_colour == nullptr || *no_colour == '\0');
  return look;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const auto point = flows::first_code_point(text);
    columns += columns_of_one(point.value);
    text.remove_prefix(point.size);
  }
  return columns;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (;;) {
    const auto end = text.find('\n');
    add_wrapped(text.substr(0, end), width, lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string PhoneScreen::dyed(std::string_view text, std::string_view code) const {
  return look_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string PhoneScreen::bubble(std::string_view text, bool right) const {
  const auto& frame = look_.dumb ? plain_frame : round_frame;
  const auto lines = wrapped(text, look_.width * 2 / 3 - 4);
  std::size_t inner = 1;
  for (const auto& line : lines) inner = std::max(inner, columns_of(line));
  const auto indent = std::string(right ? look_.width - inner - 4 : 0, ' ');
  const auto colour = right ? green : blue;
  const auto across = repeated(frame.across, inner + 2);
  auto drawn = indent + dyed(fmt::format("{}{}{}", frame.top_left, across, frame.top_right), colour) + "\n";
  const auto side = dyed(frame.down, colour);
  for (const auto& line : lines) drawn += fmt::format("{}{} {}{} {}\n", indent, side, line, std::string(inner - columns_of(line), ' '), side);
  return drawn + indent + dyed(fmt::format("{}{}{}", frame.bottom_left, across, frame.bottom_right), colour) + "\n";
}

std::string PhoneScreen::theirs(std::string_view text) const { return bubble(text, false); }

// The typed line gives way to its bubble.
std::string PhoneScreen::ours(std::string_view text) const { return (look_.dumb ? "" : "\x1b[1A\x1b[2K") + bubble(text, true); }

std::string PhoneScreen::note(std::string_view text) const {
  std::string lines;
  for (const auto& line : wrapped(text, look_.width - 2)) lines += "  " + dyed(line, dim) + "\n";
  return lines;
}

std::string PhoneScreen::outcome(std::string_view text) const {
  std::string lines;
  for (const auto& line : wrapped(text, look_.width)) lines += dyed(line, bold) + "\n";
  return lines;
}

}  // namespace answerback::server
