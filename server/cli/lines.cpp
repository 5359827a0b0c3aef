#include "server/cli/lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "flows/issue.hpp"
#include "flows/understand/understand.hpp"
#include "server/cli/cli.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

// A character has four bytes at most.
constexpr std::size_t max_line_bytes = 4 * flows::max_reply_characters;

}  // namespace

bool read_line(std::istream& in, std::string& line) {
  line.clear();
  int byte = in.get();
  const bool any = byte != std::char_traits<char>::eof();
  for (; byte != std::char_traits<char>::eof() && byte != '\n'; byte = in.get()) {
    if (line.size() < max_line_bytes) line.push_back(static_cast<char>(byte));
  }
  if (line.ends_with('\r')) line.pop_back();
  return any;
}

void answer_lines(const AnswerLine& answer) {
  std::string line;
  while (read_line(std::cin, line)) print_out(webhooks::dump(answer(line)) + "\n");
}

std::string language_problem(const std::string& language) {
  static const std::vector<std::string> known{"en", "es", "fr"};
  const auto name = language.substr(0, language.find('-'));
  if (std::find(known.begin(), known.end(), name) != known.end()) return "";
  return fmt::format("no language \"{}\" is read, use en, es or fr, also with a region such as es-MX{}", language, flows::did_you_mean(name, known));
}

nlohmann::ordered_json understood_json(nlohmann::ordered_json value, bool sure, std::size_t begin, std::size_t end) {
  return {{"value", std::move(value)}, {"sure", sure}, {"span", {begin, end}}};
}

}  // namespace answerback::server
