// What the conformance scenarios share: every kind of store, and people who text with it.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "storage/dedup.hpp"
#include "storage/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace answerback::storage::test {

enum class StoreKind { memory, sqlite };

// One line for each store that must behave the same.
#define EVERY_STORE GENERATE(::answerback::storage::test::StoreKind::memory, ::answerback::storage::test::StoreKind::sqlite)

using tests::TemporaryFolder;

std::string file_of(const TemporaryFolder& folder);  // the SQLite store in it

// An empty store of a kind.
class Opened {
 public:
  explicit Opened(StoreKind kind);
  Store& operator*() const { return *store_; }
  Store* operator->() const { return store_.get(); }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

Instant at(std::int64_t seconds);

// Somebody at a phone number, and the decisions about them as the engine would make them.
class Person {
 public:
  Person(Store& store, std::string phone);

  Commit begin(std::int64_t seconds);                          // inbound, reply, a conversation that waits for an answer
  Commit turn(std::int64_t seconds, const std::string& text);  // inbound, reply
  Commit end(std::int64_t seconds, engine::Life life, const std::string& reason);  // no message, an outcome event
  Commit text(std::int64_t seconds, const std::string& text);  // one that leaves by a carrier's lane, outside any conversation
  Commit opt_out(std::int64_t seconds);                        // consent, ledger, event, everything queued cancelled

  engine::ContactKey key() const { return contact.key; }
  engine::ConversationId conversation() const { return {contact.key, contact.conversations}; }

  engine::Contact contact;
  std::optional<engine::Conversation> active;

 private:
  Commit changed(std::int64_t seconds);
  void add_message(Commit& commit, engine::Direction direction, const std::string& text);
  void add_event(Commit& commit, const std::string& type, bool urgent = false);
};

void commit(Store& store, const Commit& commit);
DedupKey provider_key(const std::string& id);

webhooks::Endpoint an_endpoint(const std::string& url);
// Adds a delivery of each of the commit's events for the endpoint.
Commit with_deliveries(Commit commit, webhooks::EndpointKey endpoint);

}  // namespace answerback::storage::test
