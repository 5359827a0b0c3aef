#include "storage/sqlite/version_5.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// Lists by state find old rows without a walk over the newer ones.
constexpr std::string_view deliveries_by_state = R"sql(
CREATE INDEX deliveries_dead ON deliveries(key) WHERE state = 4;
)sql";

// Under which origin a number was given, where the number itself does not hold it. What was there before is of none.
constexpr std::string_view origins = R"sql(
ALTER TABLE events ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace

std::string version_5() {
  std::string sql;
  for (const auto part : {deliveries_by_state, origins}) sql += part;
  return sql;
}

}  // namespace answerback::storage
