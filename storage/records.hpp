// What the store keeps beside contacts and conversations: keys, flow revisions, events, deliveries, attempts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "webhooks/delivery.hpp"
#include "webhooks/event.hpp"
#include "webhooks/outbox.hpp"

namespace answerback::storage {

using engine::Instant;

// 128 bits of SHA-256 over carrier, NUL, provider's message id. Kept for ever: a message acts at most once.
using DedupKey = std::array<std::uint8_t, 16>;

struct FlowRevision {
  std::string name;
  std::uint32_t revision = 0;
  std::string source;  // as published
  Instant published_at;
};

struct ApiKey {
  std::string id;           // public part
  std::string secret_hash;  // hex SHA-256
  std::vector<std::string> scopes;  // inbound, read, operate, admin
  std::string label;
  Instant created_at;
  std::optional<Instant> revoked_at;
};

// Which contacts a list is of; "" = any.
struct ContactFilter {
  std::string external_id;
  std::string source;
};

// The stored answer to a POST that carried an Idempotency-Key.
struct IdempotencyRecord {
  std::string key_hash;     // hex SHA-256 of API key id + the header's value
  std::string fingerprint;  // hex SHA-256 of method, path and body
  int status = 0;
  std::string body;
  Instant at;
};

struct CampaignRecord {
  engine::Campaign campaign;
  std::string state = "draft";  // draft, running, paused
  Instant created_at;
  // Counted from the entries.
  std::uint64_t waiting = 0, started = 0, entered = 0, skipped_opted_out = 0, skipped_active = 0, failed = 0;
};

struct StoredEvent {
  std::int64_t cursor = 0;
  std::string id;
  std::string type;
  Instant at;
  std::string body;
};

struct Attempt {
  std::uint32_t number = 0;
  Instant at;
  flows::Duration took{0};
  int status = 0;
  std::string error;
  std::string response;
};

struct Delivery {
  webhooks::DeliveryKey key;
  webhooks::EndpointKey endpoint;
  std::string event_id;
  std::string event_type;
  webhooks::DeliveryState state = webhooks::DeliveryState::pending;
  std::uint32_t attempts = 0;
  Instant created_at;
  std::optional<Instant> due_at;  // of the next attempt
  int last_status = 0;
  std::string last_error;
  std::vector<Attempt> history;   // only when one delivery is asked for
};

// Who a store is. Its origin stands in every id that it gives, and is a new one when the store turns out to be a copy.
struct Identity {
  engine::Origin origin = engine::no_origin;
  bool plain_cursors = true;  // places in lists from before there were origins are still its own
  std::string renewed;        // why the origin is a new one since this store was opened; "" = it is not
};

// What the store remembers of the key whose hashes keep erased contacts suppressed. The key itself lies outside.
struct KeyTrace {
  std::optional<std::int64_t> fingerprint;
  bool adopts = false;           // comes from a version that kept no fingerprint: the key that it is opened with is its own
  std::uint64_t suppressed = 0;  // contacts that nothing but the key knows again
};

// A page of a list. `next` is opaque to callers of the API; 0 = no more.
template <class T>
struct Page {
  std::vector<T> items;
  std::int64_t next = 0;
};
struct PageRequest {
  std::uint32_t limit = 50;  // 1 to 500
  std::int64_t after = 0;    // the `next` of the page before
};

}  // namespace answerback::storage
