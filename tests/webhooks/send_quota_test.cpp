// Slots for texts: a line that hangs takes its own and nobody else's.
#include "webhooks/send_quota.hpp"

#include <catch2/catch.hpp>

using answerback::webhooks::SendLimits;
using answerback::webhooks::SendLine;
using answerback::webhooks::SendQuota;

namespace {

// Takes all that the line may have, as a sender does whose carrier does not answer.
std::uint32_t fill(SendQuota& quota, const SendLine& line) {
  std::uint32_t taken = 0;
  for (; quota.room(line) > 0; ++taken) quota.take(line);
  return taken;
}

SendLine sender(int number, const std::string& carrier = "twilio") { return {carrier, "+1512555" + std::to_string(1000 + number)}; }

}  // namespace

TEST_CASE("a sender that hangs takes its own slots, and leaves its carrier room") {
  SendQuota quota(SendLimits{64, 32, 16});
  CHECK(fill(quota, sender(1)) == 16);
  CHECK(quota.room(sender(2)) == 8);
}

TEST_CASE("when many senders hang, the rest of their carrier's slots goes one each to those that have nothing under way") {
  SendQuota quota(SendLimits{64, 32, 16});
  CHECK(fill(quota, sender(1)) == 16);
  CHECK(fill(quota, sender(2)) == 8);
  for (int i = 3; i < 11; ++i) CHECK(fill(quota, sender(i)) == 1);
  CHECK(fill(quota, sender(11)) == 0);
}

TEST_CASE("a carrier that hangs with all its senders leaves the other carriers theirs") {
  SendQuota quota(SendLimits{64, 32, 16});
  std::uint32_t taken = 0;
  for (int i = 0; i < 100; ++i) taken += fill(quota, sender(i));
  CHECK(taken == 32);
  CHECK(fill(quota, sender(1, "http")) == 16);
  CHECK_FALSE(quota.is_full());
}

TEST_CASE("what is given back is free again") {
  SendQuota quota(SendLimits{4, 4, 2});
  fill(quota, sender(1));
  CHECK(quota.room(sender(1)) == 0);
  quota.give_back(sender(1));
  CHECK(quota.room(sender(1)) == 1);
  CHECK(quota.under_way() == 1);
}

TEST_CASE("a plain number of slots is for whoever comes") {
  SendQuota quota(3);
  CHECK(fill(quota, sender(1)) == 3);
  CHECK(quota.is_full());
}
