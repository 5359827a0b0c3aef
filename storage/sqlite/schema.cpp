#include "storage/sqlite/schema.hpp"

#include <fmt/format.h>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/version_4.hpp"
#include "storage/sqlite/version_5.hpp"
#include "storage/sqlite/version_6.hpp"

namespace answerback::storage {

namespace {

constexpr std::int64_t application_id = 0x616e7362;  // "ansb", so that `file` and we know our own

// Rows that are written at every turn lie at the end of their tables: messages are only appended, and a new conversation
// gets a new row, so that the active ones share pages.
constexpr const char* version_1_people = R"sql(
CREATE TABLE contacts(
  key INTEGER PRIMARY KEY,
  phone INTEGER UNIQUE,              -- digits of E.164; NULL once erased
  consent INTEGER NOT NULL,
  created_at INTEGER NOT NULL,       -- all instants: milliseconds since 1970, UTC
  sequence INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  loose_messages INTEGER NOT NULL,
  active INTEGER NOT NULL,           -- number of the conversation that has not ended, 0 = none
  active_row INTEGER NOT NULL,       -- its row in conversations
  last_message INTEGER NOT NULL,     -- newest message while there is no active conversation
  fields BLOB) STRICT;
CREATE TABLE conversations(
  row INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,
  number INTEGER NOT NULL,
  flow TEXT NOT NULL,
  revision INTEGER NOT NULL,
  life INTEGER NOT NULL,
  reason TEXT NOT NULL,
  turn INTEGER NOT NULL,
  campaign INTEGER,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  due_at INTEGER,
  wake_at INTEGER,                   -- no later than due_at; see timers.cpp
  last_message INTEGER NOT NULL,     -- newest message of the contact when this row was last written
  state BLOB NOT NULL,
  UNIQUE(contact, number)) STRICT;
CREATE INDEX conversations_wake ON conversations(wake_at) WHERE wake_at IS NOT NULL;
CREATE TABLE messages(
  row INTEGER PRIMARY KEY,
  previous INTEGER NOT NULL,         -- the contact's message before, 0 = none
  contact INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  status INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL,
  media BLOB,
  carrier TEXT NOT NULL,
  error TEXT NOT NULL,
  exempt INTEGER NOT NULL,
  expires_at INTEGER,
  campaign INTEGER) STRICT;
CREATE TABLE seen(key BLOB PRIMARY KEY, message INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE ledger(
  row INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  source INTEGER NOT NULL,
  keyword TEXT NOT NULL,
  text TEXT NOT NULL,
  evidence TEXT NOT NULL,
  message_conversation INTEGER,
  message_number INTEGER,
  scope TEXT NOT NULL,
  actor TEXT NOT NULL) STRICT;
CREATE INDEX ledger_of_contact ON ledger(contact);
CREATE TABLE suppressed(phone_hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
)sql";

// What is unfinished has small partial indexes of its own; what is finished costs none.
constexpr const char* version_1_outbox = R"sql(
CREATE TABLE sends(
  message INTEGER PRIMARY KEY,       -- a text that has not left yet; the row goes when it is settled
  contact INTEGER NOT NULL,
  state INTEGER NOT NULL,            -- 0 held behind an earlier one of the contact, 1 queued, 2 sending
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL) STRICT;
CREATE INDEX sends_due ON sends(due_at) WHERE state = 1;
CREATE INDEX sends_of_contact ON sends(contact);
CREATE TABLE provider_ids(key BLOB PRIMARY KEY, message INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE events(
  cursor INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,          -- 0: operational
  sequence INTEGER NOT NULL,
  id TEXT,                           -- only when contact and sequence do not tell it
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX events_of_contact ON events(contact, sequence) WHERE id IS NULL;
CREATE UNIQUE INDEX events_by_id ON events(id) WHERE id IS NOT NULL;
CREATE INDEX events_by_time ON events(at);
CREATE TABLE deliveries(
  key INTEGER PRIMARY KEY,
  endpoint INTEGER NOT NULL,
  event INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  state INTEGER NOT NULL,            -- webhooks::DeliveryState; `leased` lives in memory only
  class INTEGER NOT NULL,            -- 0 urgent, 1 first attempts, 2 retries
  attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_status INTEGER NOT NULL,
  last_error TEXT NOT NULL) STRICT;
CREATE INDEX deliveries_due ON deliveries(endpoint, class, due_at) WHERE state = 1;
CREATE INDEX deliveries_unfinished ON deliveries(endpoint, contact) WHERE state < 3;
CREATE INDEX deliveries_of_event ON deliveries(event, endpoint);
CREATE TABLE attempts(
  delivery INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  took INTEGER NOT NULL,
  status INTEGER NOT NULL,
  error TEXT NOT NULL,
  response BLOB NOT NULL,
  PRIMARY KEY(delivery, number)) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* version_1_configured = R"sql(
CREATE TABLE flows(
  name TEXT NOT NULL, revision INTEGER NOT NULL, source TEXT NOT NULL, published_at INTEGER NOT NULL,
  UNIQUE(name, revision)) STRICT;
CREATE TABLE endpoints(
  key INTEGER PRIMARY KEY AUTOINCREMENT,  -- a removed endpoint's id is never given again
  url TEXT NOT NULL,
  events BLOB NOT NULL,
  description TEXT NOT NULL,
  headers BLOB NOT NULL,
  filter TEXT NOT NULL,
  secrets BLOB NOT NULL,
  old_secret_until INTEGER NOT NULL,
  health INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  failing_since INTEGER,
  paused_until INTEGER NOT NULL,
  health_reason TEXT NOT NULL,
  ramp INTEGER NOT NULL,
  disabled_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL) STRICT;
CREATE TABLE campaigns(
  key INTEGER PRIMARY KEY, name TEXT NOT NULL, flow TEXT NOT NULL, sender TEXT NOT NULL,
  state TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE campaign_entries(
  campaign INTEGER NOT NULL, contact INTEGER NOT NULL, state INTEGER NOT NULL,
  PRIMARY KEY(campaign, contact)) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_entries_waiting ON campaign_entries(campaign, contact) WHERE state = 0;
CREATE TABLE api_keys(
  id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, scopes BLOB NOT NULL, label TEXT NOT NULL,
  created_at INTEGER NOT NULL, revoked_at INTEGER) STRICT;
CREATE TABLE idempotency(
  row INTEGER PRIMARY KEY, key_hash TEXT NOT NULL UNIQUE, contact INTEGER, fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// The requests that `call` steps make. Secrets stand nowhere in here: of a header that holds one there is the secret's name.
constexpr const char* version_2_calls = R"sql(
CREATE TABLE calls(
  row INTEGER PRIMARY KEY,           -- the row goes when it is settled, when its conversation ends, or when its time is over
  contact INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  host TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  give_up_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  headers BLOB NOT NULL,
  secret_headers BLOB NOT NULL,
  body TEXT NOT NULL,
  save BLOB NOT NULL,
  UNIQUE(contact, conversation, turn)) STRICT;
CREATE INDEX calls_due ON calls(host, due_at);
CREATE INDEX calls_over ON calls(give_up_at);
)sql";

// The ids of carriers' messages go into `seen` in rounds; until then they stand beside their messages. See seen_ids.hpp.
constexpr const char* version_3_seen = R"sql(
ALTER TABLE messages ADD COLUMN seen_key BLOB;
INSERT INTO facts(name, value) SELECT 'seen_indexed', coalesce(max(row), 0) FROM messages;
)sql";

// A store that was there before it had an identity: the suppression key that lies beside it is its own, and so are places in its lists.
constexpr std::int64_t first_with_identity = 5;
constexpr const char* of_older_version = "INSERT INTO facts(name, value) VALUES ('key_adopts', 1), ('plain_cursors', 1)";

void refuse_foreign(Connection& connection, std::int64_t version) {
  const auto id = connection.integer("PRAGMA application_id");
  const auto tables = connection.integer("SELECT count(*) FROM sqlite_schema");
  if (id != application_id && (version != 0 || tables != 0)) throw StoreError("the file is a database of another program");
}

std::int64_t known_version(Connection& connection) {
  const auto version = connection.integer("PRAGMA user_version");
  refuse_foreign(connection, version);
  if (version > newest_version())
    throw StoreError(fmt::format("the store has version {}, this program knows up to version {}: it was written by a newer answerback",
                                 version, newest_version()));
  return version;
}

}  // namespace

const std::vector<std::string>& migrations() {
  static const std::vector<std::string> all{fmt::format("{}{}{}", version_1_people, version_1_outbox, version_1_configured), version_2_calls,
                                            version_3_seen, version_4(), version_5(), version_6()};
  return all;
}

std::int64_t newest_version() { return static_cast<std::int64_t>(migrations().size()); }

bool is_empty(Connection& connection) { return known_version(connection) == 0; }

void migrate(Connection& connection) {
  const auto before = known_version(connection);
  for (auto version = before; version < newest_version(); ++version) {
    Transaction transaction(connection, Transaction::Kind::write);
    connection.execute(migrations()[static_cast<std::size_t>(version)]);
    if (before != 0 && version + 1 == first_with_identity) connection.execute(of_older_version);
    connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, version + 1));
    transaction.commit();
  }
}

void require_current(Connection& connection) {
  const auto version = known_version(connection);
  if (version != newest_version())
    throw StoreError(fmt::format("the store has version {}, this program wants {}: start the server once to bring it up to date",
                                 version, newest_version()));
}

}  // namespace answerback::storage
