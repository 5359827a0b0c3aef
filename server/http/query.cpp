#include "server/http/query.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "flows/fields.hpp"
#include "server/http/cursor.hpp"

namespace answerback::server {
namespace {

// Enough for every parameter of every route; a query itself is bounded by the request target.
constexpr FormLimits query_limits{.max_bytes = 8 * 1024, .max_fields = 32};
constexpr std::uint32_t max_page = 500;

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc{} && rest == end ? std::optional(number) : std::nullopt;
}

}  // namespace

Query::Query(std::string_view raw) {
  auto parsed = parse_form(raw, Plus::literal, query_limits);
  if (auto* pairs = std::get_if<Form>(&parsed)) {
    pairs_ = std::move(*pairs);
    return;
  }
  auto& issue = std::get<flows::Issue>(parsed);
  issue.pointer = "/query" + issue.pointer;
  issues_.push_back(std::move(issue));
}

std::optional<std::string> Query::text(std::string_view name, std::size_t max_bytes) {
  known_.emplace_back(name);
  const auto is_it = [&](const auto& pair) { return pair.first == name; };
  const auto found = std::find_if(pairs_.begin(), pairs_.end(), is_it);
  if (found == pairs_.end()) return std::nullopt;
  if (std::any_of(std::next(found), pairs_.end(), is_it)) {
    error(name, "duplicate", fmt::format("\"{}\" is given more than once.", name));
    return std::nullopt;
  }
  if (found->second.size() > max_bytes) {
    error(name, "too_long", fmt::format("\"{}\" may have at most {} bytes.", name, max_bytes));
    return std::nullopt;
  }
  return found->second;
}

bool Query::has(std::string_view name) const {
  return std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
}

std::optional<std::string> Query::one_of(std::string_view name, const std::vector<std::string>& allowed) {
  auto value = text(name);
  if (!value || std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) return value;
  error(name, "not_allowed",
        fmt::format("\"{}\" is one of {}{}.", name, fmt::join(allowed, ", "), flows::did_you_mean(*value, allowed)));
  return std::nullopt;
}

std::optional<std::int64_t> Query::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto number = to_integer(*value);
  if (!number)
    error(name, "wrong_type", fmt::format("\"{}\" is a whole number.", name));
  else if (*number < min || *number > max)
    error(name, "out_of_range", fmt::format("\"{}\" is from {} to {}.", name, min, max));
  else
    return number;
  return std::nullopt;
}

storage::PageRequest Query::page(const storage::Identity& store, std::string* word) {
  storage::PageRequest page;
  if (const auto limit = integer("limit", 1, max_page)) page.limit = static_cast<std::uint32_t>(*limit);
  if (const auto after = text("after")) {
    if (word != nullptr && (*after == "latest" || after->starts_with("evt_"))) {
      *word = *after;
      return page;
    }
    const auto cursor = read_cursor(*after, store);
    if (!cursor) error("after", "wrong_type", "\"after\" is the \"next\" of the page before, unchanged.");
    if (cursor && cursor->foreign) error("after", std::string(foreign_cursor_code), std::string(foreign_cursor_detail));
    if (cursor) page.after = cursor->place;
  }
  return page;
}

void Query::error(std::string_view name, std::string code, std::string message) {
  flows::Issue issue;
  issue.code = std::move(code);
  issue.message = std::move(message);
  issue.pointer = flows::pointer_append("/query", name);
  issues_.push_back(std::move(issue));
}

bool Query::done() {
  for (const auto& [name, value] : pairs_)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      error(name, "unknown_parameter",
            fmt::format("There is no parameter \"{}\" here{}.", name, flows::did_you_mean(name, known_)));
  return issues_.empty();
}

}  // namespace answerback::server
