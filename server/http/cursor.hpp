// A place in a list as callers see it: opaque, to be handed back unchanged. It names the origin of the store that counted it, since the
// same place is another one in another store, and in this one once it was restored: there it is refused, never answered by a wrong page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/records.hpp"

namespace answerback::server {

inline constexpr std::string_view foreign_cursor_code = "cursor_of_another_store";
inline constexpr std::string_view foreign_cursor_detail =
    "\"after\" was read from another store, or from this one before it was restored or copied: here it counts something else. Begin the list anew without \"after\"; "
    "GET /v1/events also begins after the last event that you know, by its id, and at \"latest\".";

struct Cursor {
  std::int64_t place = 0;  // above 0
  bool foreign = false;    // counted by another store, or in another life of this one
};

std::string to_cursor(std::int64_t place, const storage::Identity& store);
// Nothing when it is none.
std::optional<Cursor> read_cursor(std::string_view text, const storage::Identity& store);

}  // namespace answerback::server
