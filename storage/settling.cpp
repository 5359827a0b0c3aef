#include "storage/settling.hpp"

#include <stdexcept>

namespace answerback::storage {

namespace {

constexpr std::size_t max_stored_response = 1024;

webhooks::DeliverySignal signal_of(webhooks::Verdict verdict) {
  switch (verdict) {
    case webhooks::Verdict::delivered: return webhooks::DeliverySignal::success;
    case webhooks::Verdict::retry: return webhooks::DeliverySignal::retry;
    case webhooks::Verdict::gone:
    case webhooks::Verdict::give_up: return webhooks::DeliverySignal::give_up;
  }
  throw std::logic_error("a verdict that is none");
}

}  // namespace

webhooks::DeliveryState state_after(webhooks::Verdict verdict) { return advance(webhooks::DeliveryState::leased, signal_of(verdict)).to; }

std::vector<Attempt> attempts_in(const webhooks::DeliverySettlement& settlement) {
  std::vector<Attempt> attempts;
  if (const auto& lost = settlement.lost) attempts.push_back({lost->number, lost->at, lost->took, 0, std::string(webhooks::connection_closed), ""});
  attempts.push_back({settlement.delivery.attempt, settlement.started_at, settlement.took, settlement.status, settlement.error,
                      settlement.response.substr(0, max_stored_response)});
  return attempts;
}

}  // namespace answerback::storage
