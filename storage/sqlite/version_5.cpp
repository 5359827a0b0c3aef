#include "storage/sqlite/version_5.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// Lists by state find old rows without a walk over the newer ones.
constexpr std::string_view deliveries_by_state = R"sql(
CREATE INDEX deliveries_dead ON deliveries(key) WHERE state = 4;
)sql";

// What the caller knows a contact by. Most have neither, and then no index knows of them.
constexpr std::string_view references_of_contacts = R"sql(
ALTER TABLE contacts ADD COLUMN external_id TEXT;
ALTER TABLE contacts ADD COLUMN source TEXT;
CREATE UNIQUE INDEX contacts_by_external_id ON contacts(external_id) WHERE external_id IS NOT NULL;
CREATE INDEX contacts_by_source ON contacts(source, key) WHERE source IS NOT NULL;
)sql";

// Events of erased people that some receiver still needs (erasure.hpp).
constexpr std::string_view unfinished_erasures = R"sql(
CREATE TABLE erasures(event INTEGER PRIMARY KEY, until INTEGER NOT NULL) STRICT;
)sql";

}  // namespace

std::string version_5() {
  std::string sql;
  for (const auto part : {deliveries_by_state, references_of_contacts, unfinished_erasures}) sql += part;
  return sql;
}

}  // namespace answerback::storage
