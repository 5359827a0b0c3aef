#include "flows/issue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_word_bytes = 128;  // longer ones are no slip of the hand, and distance costs their product

// Of a dotted path only the last part counts: what stands before it is often right and would let anything pass as near.
std::size_t slips_allowed(std::string_view word) {
  const auto dot = word.rfind('.');
  const auto length = dot == std::string_view::npos ? word.size() : word.size() - dot - 1;
  if (length < 3) return 0;
  return length < 6 ? 1 : 2;
}

std::string_view to_word(Severity severity) {
  switch (severity) {
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "";
}

}  // namespace

bool has_errors(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(), [](const Issue& issue) { return issue.severity == Severity::error; });
}

std::string to_line(const Issue& issue, std::string_view file) {
  const auto where = issue.at == Position{} ? std::string(file) : fmt::format("{}:{}:{}", file, issue.at.line, issue.at.column);
  return fmt::format("{}: {}[{}]: {}", where, to_word(issue.severity), issue.code, issue.message);
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > max_word_bytes) return "";
  const auto folded = fold(word);
  const auto allowed = slips_allowed(folded);
  auto least = allowed + 1;
  std::string found;
  for (const auto& candidate : candidates) {
    const auto distance = edit_distance(folded, fold(candidate), allowed);
    if (distance >= least || candidate == word) continue;
    least = distance;
    found = candidate;
  }
  return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near.empty() ? "" : fmt::format(", did you mean \"{}\"?", near);
}

}  // namespace answerback::flows
