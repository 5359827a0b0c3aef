// An outbox in memory, with the store's manners: it leases heads of contacts only, and what was leased stays so until it is
// settled.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "webhooks/outbox.hpp"

namespace answerback::tests {

class FakeOutbox {
 public:
  webhooks::Outbox port();

  void add(webhooks::EndpointKey endpoint, std::int64_t contact, flows::Instant due_at, int count = 1);
  void add_text(engine::Message message, flows::Instant due_at, std::uint32_t attempt = 1);
  void add_call(engine::CallRequest request, flows::Instant due_at);
  void set_now(std::function<flows::Instant()> now) { now_ = std::move(now); }
  void fail_next_lease();  // by an exception

  std::atomic<int> leases_to_fail = 0;  // of texts and of calls: the store would not answer
  std::atomic<webhooks::SendStart> sends_start{webhooks::SendStart::go};  // what the next ones are told

  std::vector<webhooks::DeliverySettlement> settled() const;
  std::vector<webhooks::SendSettlement> settled_texts() const;
  std::vector<webhooks::CallSettlement> settled_calls() const;
  int lease_calls() const;  // how often deliveries were asked for

 private:
  struct Row {
    webhooks::DueDelivery due;
    enum class State : std::uint8_t { pending, leased, finished } state = State::pending;
  };
  struct Text {
    webhooks::DueSend send;
    bool is_pending = true;
  };
  struct Call {
    webhooks::DueCall due;
    Row::State state = Row::State::pending;
  };
  webhooks::LeasedDeliveries lease(const std::vector<webhooks::Want>& wants);
  void lease_for(const webhooks::Want& want, webhooks::LeasedDeliveries& leased);
  void settle(std::vector<webhooks::DeliverySettlement> settled);
  void settle_texts(std::vector<webhooks::SendSettlement> settled);
  webhooks::LeasedCalls lease_flow_calls(std::uint32_t slots, std::uint32_t per_host);
  void settle_flow_calls(std::vector<webhooks::CallSettlement> settled);
  std::pair<std::vector<webhooks::DueSend>, std::optional<flows::Instant>> lease_texts(webhooks::SendQuota quota);

  mutable std::mutex mutex_;
  std::function<flows::Instant()> now_;
  std::vector<Row> rows_;
  std::vector<Text> texts_;
  std::vector<Call> calls_;
  std::vector<webhooks::DeliverySettlement> settled_;
  std::vector<webhooks::SendSettlement> settled_texts_;
  std::vector<webhooks::CallSettlement> settled_calls_;
  int lease_calls_ = 0;
  std::uint64_t leases_ = 0;
  bool fails_next_ = false;
};

}  // namespace answerback::tests
