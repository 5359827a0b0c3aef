// Rows of endpoints.
#pragma once

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

inline constexpr const char* endpoint_columns =
    "key, url, events, description, headers, filter, secrets, old_secret_until, health, failures, failing_since, paused_until, "
    "health_reason, ramp, disabled_count, created_at";
webhooks::Endpoint read_endpoint(const Query& row);

webhooks::EndpointKey insert_endpoint(Connection& db, const webhooks::Endpoint& endpoint);
bool update_endpoint_row(Connection& db, const webhooks::Endpoint& endpoint);
// Health only: what the dispatcher holds of the rest may be older than what people have configured since.
void update_health(Connection& db, const webhooks::Endpoint& endpoint);

}  // namespace answerback::storage
