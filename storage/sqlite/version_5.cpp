#include "storage/sqlite/version_5.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// Lists by a filter find old rows without a walk over the newer ones (merged_rows.hpp). What is written most pays least: a text nothing
// until something goes wrong with it, a conversation when it begins and ends, an event and a delivery once each and when it is settled.
constexpr std::string_view lists_by_filter = R"sql(
CREATE INDEX deliveries_of_endpoint ON deliveries(endpoint);
CREATE INDEX deliveries_open ON deliveries(endpoint, state) WHERE state < 3;
CREATE INDEX deliveries_dead ON deliveries(endpoint) WHERE state = 4;
CREATE INDEX conversations_active ON conversations(flow) WHERE life < 3;
CREATE INDEX conversations_ended ON conversations(flow, life) WHERE life >= 3;
CREATE INDEX messages_settled ON messages(status) WHERE status >= 4;
CREATE INDEX events_by_type ON events(type);
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

// Under which origin a number was given, where the number itself does not hold it. What was there before is of none.
constexpr std::string_view origins = R"sql(
ALTER TABLE events ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
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
  for (const auto part : {lists_by_filter, lines_of_sends, origins, references_of_contacts, unfinished_erasures}) sql += part;
  return sql;
}

}  // namespace answerback::storage
