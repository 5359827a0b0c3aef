#include "storage/sqlite/endpoint_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "storage/codec.hpp"
#include "storage/sqlite/rows.hpp"

namespace answerback::storage {

namespace {

constexpr Instant no_end = Instant::max();

// "whsec_…", with a blank and the instant behind it when it ends.
std::string encode_secrets(const std::vector<webhooks::SigningSecret>& secrets) {
  std::vector<std::string> texts;
  for (const auto& each : secrets) {
    auto text = each.secret.reveal();
    if (each.until != no_end) text += fmt::format(" {}", each.until.time_since_epoch().count());
    texts.push_back(std::move(text));
  }
  return encode_texts(texts);
}

// One without an instant: the newest has no end, an older one, which version 4 wrote, ends with the column of that.
webhooks::SigningSecret decode_secret(std::string_view text, Instant end_without_instant) {
  const auto blank = std::min(text.find(' '), text.size());
  auto secret = webhooks::Secret::parse(text.substr(0, blank));
  if (!secret) throw DamagedBytes("a signing secret");
  if (blank == text.size()) return {std::move(*secret), end_without_instant};
  std::int64_t until = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + blank + 1, end, until);
  if (error != std::errc{} || read != end) throw DamagedBytes("the end of a signing secret");
  return {std::move(*secret), Instant(flows::Duration(until))};
}

std::vector<webhooks::SigningSecret> decode_secrets(std::string_view bytes, Instant old_until) {
  std::vector<webhooks::SigningSecret> secrets;
  for (const auto& text : decode_texts(bytes)) secrets.push_back(decode_secret(text, secrets.empty() ? no_end : old_until));
  return secrets;
}

// For a look with other tools: when the last replaced secret ends.
Instant last_end(const webhooks::Endpoint& endpoint) { return endpoint.secrets.size() > 1 ? endpoint.secrets[1].until : Instant{}; }

webhooks::Health read_health(const Query& row, int first) {
  webhooks::Health health;
  health.state = in_doubt(row, first, webhooks::HealthState::disabled, webhooks::HealthState::disabled);
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
    endpoint.secrets = decode_secrets(row.blob(6), row.instant(7));
  } catch (const DamagedBytes& damage) {
    throw StoreError(fmt::format("endpoint {} is damaged: {}", endpoint.key.value, damage.what()));
  }
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
            last_end(endpoint), health.state, health.failures, health.failing_since, health.paused_until, health.reason,
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
                                 endpoint.filter, Blob{secrets}, last_end(endpoint))
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
