#include "server/http/cursor.hpp"

#include <fmt/format.h>

#include <charconv>

namespace answerback::server {

namespace {

std::optional<std::int64_t> read_place(std::string_view text) {
  std::int64_t place = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, place, 16);
  return failure == std::errc{} && rest == end && place > 0 ? std::optional(place) : std::nullopt;
}

}  // namespace

std::string to_cursor(std::int64_t place, const storage::Identity& store) {
  if (store.origin == engine::no_origin) return fmt::format("p{:x}", place);
  return fmt::format("p{:x}s{}", place, engine::origin_text(store.origin));
}

std::optional<Cursor> read_cursor(std::string_view text, const storage::Identity& store) {
  if (!text.starts_with('p')) return std::nullopt;
  const auto mark = text.find('s');  // no hexadecimal digit
  const auto place = read_place(text.substr(1, mark == std::string_view::npos ? mark : mark - 1));
  if (!place) return std::nullopt;
  if (mark == std::string_view::npos) return Cursor{*place, !store.plain_cursors};
  const auto origin = engine::parse_origin(text.substr(mark + 1));
  if (!origin || *origin == engine::no_origin) return std::nullopt;
  return Cursor{*place, *origin != store.origin};
}

}  // namespace answerback::server
