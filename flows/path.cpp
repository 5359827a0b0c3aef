#include "flows/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/issue.hpp"
#include "flows/load/names.hpp"
#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

struct RootWord {
  Path::Root root;
  std::string_view word;
};

constexpr std::array<RootWord, 5> root_words{{{Path::Root::contact, "contact"},
                                              {Path::Root::answers, "answers"},
                                              {Path::Root::vars, "vars"},
                                              {Path::Root::sender, "sender"},
                                              {Path::Root::open, "open"}}};

bool stands_alone(Path::Root root) { return root == Path::Root::sender || root == Path::Root::open; }

// The path with its first word mended, when that makes it one.
std::string mended(std::string_view text) {
  std::vector<std::string> words;
  words.reserve(root_words.size());
  for (const auto& known : root_words) words.emplace_back(known.word);
  const auto first = text.substr(0, text.find('.'));
  const auto candidate = nearest(first, words) + std::string(text.substr(first.size()));
  return parse_path(candidate) ? candidate : "";
}

}  // namespace

std::optional<Path> parse_path(std::string_view text) {
  const auto dot = text.find('.');
  const auto word = text.substr(0, dot);
  const auto known = std::find_if(root_words.begin(), root_words.end(), [&](const RootWord& entry) { return entry.word == word; });
  if (known == root_words.end()) return std::nullopt;
  const bool has_name = dot != std::string_view::npos;
  const auto name = has_name ? text.substr(dot + 1) : std::string_view();
  if (stands_alone(known->root)) return has_name ? std::nullopt : std::optional(Path{known->root, ""});
  if (known->root == Path::Root::answers ? !is_answer_name(name) : !is_name(name)) return std::nullopt;
  return Path{known->root, std::string(name)};
}

std::string why_no_path(std::string_view text) {
  const auto better = mended(text);
  const auto hint = better.empty() ? "" : fmt::format(", did you mean \"{}\"?", better);
  return fmt::format("\"{}\" is no path, one is \"contact.NAME\", \"answers.NAME\", \"vars.NAME\", \"sender\" or \"open\"{}",
                     first_characters(text, max_name_length), hint);
}

std::string to_string(const Path& path) {
  const auto known = std::find_if(root_words.begin(), root_words.end(), [&](const RootWord& entry) { return entry.root == path.root; });
  std::string text(known->word);
  if (!path.name.empty()) text.append(".").append(path.name);
  return text;
}

}  // namespace answerback::flows
