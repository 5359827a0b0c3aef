// What people configure: flows, endpoints, keys, stored answers.
#include "storage/codec.hpp"
#include "storage/sqlite/endpoint_rows.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

ApiKey read_api_key(const Query& row) {
  ApiKey key;
  key.id = row.text(0);
  key.secret_hash = row.text(1);
  try {
    key.scopes = decode_texts(row.blob(2));
  } catch (const DamagedBytes& damage) {
    throw StoreError("API key " + key.id + " is damaged: " + damage.what());
  }
  key.label = row.text(3);
  key.created_at = row.instant(4);
  key.revoked_at = row.maybe_instant(5);
  return key;
}

FlowRevision read_flow(const Query& row) { return {row.text(0), row.small(1), row.text(2), row.instant(3)}; }

std::vector<FlowRevision> read_flows(Query& query) {
  std::vector<FlowRevision> flows;
  while (query.step()) flows.push_back(read_flow(query));
  return flows;
}

}  // namespace

std::uint32_t SqliteStore::publish_flow(const std::string& name, const std::string& source, Instant at) {
  Writing writing(*this);
  std::uint32_t revision = 0;
  {
    Query query((*writer_)["INSERT INTO flows(name, revision, source, published_at) VALUES (?1, "
                           "(SELECT coalesce(max(revision), 0) + 1 FROM flows WHERE name = ?1), ?2, ?3) RETURNING revision"]);
    query.bind(name, source, at);
    if (query.step()) revision = query.small(0);
    query.run();
  }
  writing.commit();
  return revision;
}

std::vector<FlowRevision> SqliteStore::latest_flows() {
  Reading reading(*this);
  Query query(reading.db["SELECT name, max(revision), source, published_at FROM flows GROUP BY name ORDER BY name"]);
  return read_flows(query);
}

std::vector<FlowRevision> SqliteStore::all_flows() {
  Reading reading(*this);
  Query query(reading.db["SELECT name, revision, source, published_at FROM flows ORDER BY name, revision"]);
  return read_flows(query);
}

std::optional<FlowRevision> SqliteStore::find_flow(const std::string& name, std::optional<std::uint32_t> revision) {
  Reading reading(*this);
  Query query(reading.db["SELECT name, revision, source, published_at FROM flows WHERE name = ?1 AND (?2 IS NULL OR revision = ?2) "
                         "ORDER BY revision DESC LIMIT 1"]);
  query.bind(name, revision);
  return query.step() ? std::optional(read_flow(query)) : std::nullopt;
}

webhooks::EndpointKey SqliteStore::add_endpoint(webhooks::Endpoint endpoint) {
  Writing writing(*this);
  const auto key = insert_endpoint(*writer_, endpoint);
  writing.commit();
  return key;
}

bool SqliteStore::update_endpoint(const webhooks::Endpoint& endpoint) {
  Writing writing(*this);
  const bool found = update_endpoint_row(*writer_, endpoint);
  writing.commit();
  return found;
}

bool SqliteStore::remove_endpoint(webhooks::EndpointKey key) {
  Writing writing(*this);
  auto removed = Query((*writer_)["DELETE FROM endpoints WHERE key = ?1"]).bind(key.value).run();
  removed += drop_unfinished(*writer_, key, deliveries_removed_at_once);
  if (strip_kept_events(*writer_, Instant::min()) != 0) truncate_wal_ = true;
  writing.commit();
  leases_.forget(key);
  pulls_.erase(key);
  return removed != 0;
}

std::vector<webhooks::Endpoint> SqliteStore::endpoints() {
  static const auto sql = std::string("SELECT ") + endpoint_columns + " FROM endpoints ORDER BY key";
  Reading reading(*this);
  Query query(reading.db[sql.c_str()]);
  std::vector<webhooks::Endpoint> found;
  while (query.step()) found.push_back(read_endpoint(query));
  return found;
}

std::optional<webhooks::Endpoint> SqliteStore::find_endpoint(webhooks::EndpointKey key) {
  static const auto sql = std::string("SELECT ") + endpoint_columns + " FROM endpoints WHERE key = ?1";
  Reading reading(*this);
  Query query(reading.db[sql.c_str()]);
  query.bind(key.value);
  return query.step() ? std::optional(read_endpoint(query)) : std::nullopt;
}

void SqliteStore::add_api_key(const ApiKey& key) {
  const auto scopes = encode_texts(key.scopes);
  Writing writing(*this);
  Query((*writer_)["INSERT INTO api_keys(id, secret_hash, scopes, label, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"])
      .bind(key.id, key.secret_hash, Blob{scopes}, key.label, key.created_at, key.revoked_at)
      .run();
  writing.commit();
}

bool SqliteStore::revoke_api_key(const std::string& id, Instant at) {
  Writing writing(*this);
  const auto changed =
      Query((*writer_)["UPDATE api_keys SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL"]).bind(id, at).run();
  writing.commit();
  return changed != 0;
}

std::vector<ApiKey> SqliteStore::api_keys() {
  Reading reading(*this);
  Query query(reading.db["SELECT id, secret_hash, scopes, label, created_at, revoked_at FROM api_keys ORDER BY created_at, id"]);
  std::vector<ApiKey> keys;
  while (query.step()) keys.push_back(read_api_key(query));
  return keys;
}

void SqliteStore::store_idempotency(const IdempotencyRecord& record) {
  Writing writing(*this);
  upsert_idempotency(*writer_, record, std::nullopt);
  writing.commit();
}

bool SqliteStore::is_suppressed(const std::string& phone_hash) {
  Query query((*writer_)["SELECT 1 FROM suppressed WHERE phone_hash = ?1"]);
  query.bind(phone_hash);
  return query.step();
}

}  // namespace answerback::storage
