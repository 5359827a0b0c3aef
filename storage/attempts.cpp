#include "storage/attempts.hpp"

namespace answerback::storage {

std::vector<Attempt> attempts_of(const webhooks::DeliverySettlement& settlement) {
  std::vector<Attempt> attempts;
  auto number = settlement.delivery.attempt;
  auto at = settlement.started_at;
  if (settlement.first_closed) {
    attempts.push_back({number++, at, *settlement.first_closed, 0, "connection_closed", ""});
    at += *settlement.first_closed;
  }
  attempts.push_back({number, at, settlement.took, settlement.status, settlement.error, settlement.response.substr(0, max_stored_response)});
  return attempts;
}

}  // namespace answerback::storage
