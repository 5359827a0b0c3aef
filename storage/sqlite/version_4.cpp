#include "storage/sqlite/version_4.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// How lively a contact's texts are answered (engine/decide/pace.hpp).
constexpr std::string_view pace_of_contacts = R"sql(
ALTER TABLE contacts ADD COLUMN pace_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_alike INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_last INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace

std::string version_4() {
  std::string sql;
  for (const auto part : std::initializer_list<std::string_view>{pace_of_contacts}) sql += part;
  return sql;
}

}  // namespace answerback::storage
