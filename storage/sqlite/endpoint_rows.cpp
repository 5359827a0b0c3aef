#include "storage/sqlite/endpoint_rows.hpp"

#include <fmt/format.h>

#include "storage/codec.hpp"
#include "storage/sqlite/rows.hpp"

namespace answerback::storage {

namespace {

std::string encode_secrets(const std::vector<webhooks::Secret>& secrets) {
  std::vector<std::string> texts;
  for (const auto& secret : secrets) texts.push_back(secret.reveal());
  return encode_texts(texts);
}

std::vector<webhooks::Secret> decode_secrets(std::string_view bytes) {
  std::vector<webhooks::Secret> secrets;
  for (const auto& text : decode_texts(bytes)) {
    auto secret = webhooks::Secret::parse(text);
    if (!secret) throw DamagedBytes("a signing secret");
    secrets.push_back(std::move(*secret));
  }
  return secrets;
}

webhooks::Health read_health(const Query& row, int first) {
  webhooks::Health health;
  health.state = checked(row, first, webhooks::HealthState::disabled);
  health.failures = row.small(first + 1);
  health.failing_since = row.maybe_instant(first + 2);
  health.paused_until = row.instant(first + 3);
  health.reason = row.text(first + 4);
  health.ramp = row.small(first + 5);
  health.disabled_count = row.small(first + 6);
  return health;
}

}  // namespace

webhooks::Endpoint read_endpoint(const Query& row) {
  webhooks::Endpoint endpoint;
  endpoint.key = {row.integer(0)};
  try {
    endpoint.url = row.text(1);
    endpoint.events = decode_texts(row.blob(2));
    endpoint.description = row.text(3);
    endpoint.headers = decode_pairs(row.blob(4));
    endpoint.filter = row.text(5);
    endpoint.secrets = decode_secrets(row.blob(6));
  } catch (const DamagedBytes& damage) {
    throw StoreError(fmt::format("endpoint {} is damaged: {}", endpoint.key.value, damage.what()));
  }
  endpoint.old_secret_until = row.instant(7);
  endpoint.health = read_health(row, 8);
  endpoint.created_at = row.instant(15);
  return endpoint;
}

webhooks::EndpointKey insert_endpoint(Connection& db, const webhooks::Endpoint& endpoint) {
  const auto events = encode_texts(endpoint.events);
  const auto headers = encode_pairs(endpoint.headers);
  const auto secrets = encode_secrets(endpoint.secrets);
  const auto& health = endpoint.health;
  Query(db["INSERT INTO endpoints(url, events, description, headers, filter, secrets, old_secret_until, health, failures, "
           "failing_since, paused_until, health_reason, ramp, disabled_count, created_at) "
           "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)"])
      .bind(endpoint.url, Blob{events}, endpoint.description, Blob{headers}, endpoint.filter, Blob{secrets},
            endpoint.old_secret_until, health.state, health.failures, health.failing_since, health.paused_until, health.reason,
            health.ramp, health.disabled_count, endpoint.created_at)
      .run();
  return {db.last_row()};
}

bool update_endpoint_row(Connection& db, const webhooks::Endpoint& endpoint) {
  const auto events = encode_texts(endpoint.events);
  const auto headers = encode_pairs(endpoint.headers);
  const auto secrets = encode_secrets(endpoint.secrets);
  const auto changed = Query(db["UPDATE endpoints SET url = ?2, events = ?3, description = ?4, headers = ?5, filter = ?6, "
                                "secrets = ?7, old_secret_until = ?8 WHERE key = ?1"])
                           .bind(endpoint.key.value, endpoint.url, Blob{events}, endpoint.description, Blob{headers},
                                 endpoint.filter, Blob{secrets}, endpoint.old_secret_until)
                           .run();
  update_health(db, endpoint);
  return changed != 0;
}

void update_health(Connection& db, const webhooks::Endpoint& endpoint) {
  const auto& health = endpoint.health;
  Query(db["UPDATE endpoints SET health = ?2, failures = ?3, failing_since = ?4, paused_until = ?5, health_reason = ?6, ramp = ?7, "
           "disabled_count = ?8 WHERE key = ?1"])
      .bind(endpoint.key.value, health.state, health.failures, health.failing_since, health.paused_until, health.reason, health.ramp,
            health.disabled_count)
      .run();
}

}  // namespace answerback::storage
