#include "webhooks/shown_url.hpp"

#include <algorithm>

namespace answerback::webhooks {

namespace {

constexpr std::string_view hidden_part = "***";
constexpr std::size_t longest_word = 20;       // without a mark in it; longer ones are taken for tokens
constexpr std::size_t shortest_token = 6;      // of letters and digits mixed
constexpr std::size_t most_case_changes = 3;   // more is no CamelCase of somebody's

bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_number_letter(char c) { return c >= '0' && c <= '9'; }

std::size_t case_changes(std::string_view word) {
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i)
    if (is_upper_letter(word[i - 1]) != is_upper_letter(word[i])) ++changes;
  return changes;
}

// Random letters look so: long, or digits among letters, or capitals anywhere.
bool is_token_like(std::string_view word) {
  const bool has_digit = std::any_of(word.begin(), word.end(), is_number_letter);
  const bool has_letter = std::any_of(word.begin(), word.end(), [](char c) { return is_lower_letter(c) || is_upper_letter(c); });
  return word.size() > longest_word || (word.size() >= shortest_token && has_digit && has_letter) || case_changes(word) > most_case_changes;
}

bool is_secret_like(std::string_view segment) {
  while (!segment.empty()) {
    const auto end = std::min(segment.find_first_of("-_.~:;,=@!"), segment.size());
    if (is_token_like(segment.substr(0, end))) return true;
    segment.remove_prefix(std::min(end + 1, segment.size()));
  }
  return false;
}

void add_path(std::string& out, std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    out.append(is_secret_like(segment) ? hidden_part : segment);
    if (end < path.size()) out.push_back('/');
    path.remove_prefix(std::min(end + 1, path.size()));
  }
}

// Takes "scheme://user@host:port" off `rest`; relative URLs have only the last part of it, or nothing.
std::string take_origin(std::string_view& rest) {
  const auto slashes = rest.find("//");
  const auto scheme_end = slashes == 0 ? 0 : rest.find("://");
  if (slashes == std::string_view::npos || (slashes != 0 && scheme_end + 1 != slashes)) return "";
  std::string origin(rest.substr(0, slashes + 2));
  rest.remove_prefix(slashes + 2);
  auto authority = rest.substr(0, std::min(rest.find_first_of("/?#\\"), rest.size()));
  rest.remove_prefix(authority.size());
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return origin.append(authority);
}

}  // namespace

std::string shown_url(std::string_view url) {
  auto rest = url.substr(0, url.find('#'));
  auto shown = take_origin(rest);
  const auto question = std::min(rest.find('?'), rest.size());
  add_path(shown, rest.substr(0, question));
  if (question < rest.size()) shown.append("?").append(hidden_part);
  shown.resize(std::min(shown.size(), max_shown_url));
  std::replace_if(shown.begin(), shown.end(), [](char c) { return c <= ' ' || c == '\x7F'; }, '?');  // no URL has them, nor bytes beyond ASCII
  return shown;
}

}  // namespace answerback::webhooks
