#include "storage/sqlite/version_5.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// Lists by state find old rows without a walk over the newer ones.
constexpr std::string_view deliveries_by_state = R"sql(
CREATE INDEX deliveries_dead ON deliveries(key) WHERE state = 4;
)sql";

// Whose slots a waiting text takes: each sender of a carrier has its own (webhooks/send_quota.hpp).
constexpr std::string_view lines_of_sends = R"sql(
ALTER TABLE sends ADD COLUMN carrier TEXT NOT NULL DEFAULT '';
ALTER TABLE sends ADD COLUMN sender TEXT NOT NULL DEFAULT '';
UPDATE sends SET (carrier, sender) = (SELECT m.carrier, m.sender FROM messages m WHERE m.row = sends.message)
  WHERE message IN (SELECT row FROM messages);
DROP INDEX sends_due;
CREATE INDEX sends_due ON sends(carrier, sender, due_at) WHERE state = 1;
)sql";

}  // namespace

std::string version_5() {
  std::string sql;
  for (const auto part : {deliveries_by_state, lines_of_sends}) sql += part;
  return sql;
}

}  // namespace answerback::storage
