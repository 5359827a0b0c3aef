#include "flows/traffic.hpp"

namespace answerback::flows {

void Traffic::add(const Journey& journey) {
  ++conversations_;
  bool placed = false;
  for (std::size_t i = 0; i < journey.trail.size(); ++i) {
    const auto& passage = journey.trail[i];
    if (passage.step >= steps_.size()) continue;
    auto& step = steps_[passage.step];
    ++step.exits[passage.exit];
    const bool last = i + 1 == journey.trail.size() && journey.whole;
    placed = last && journey.ended;
    placed ? ++step.ended[static_cast<std::size_t>(*journey.ended)] : ++step.passed;
  }
  if (journey.waiting_at && *journey.waiting_at < steps_.size()) {
    ++steps_[*journey.waiting_at].waiting;
    placed = true;
  }
  if (!placed) ++lost_;
}

}  // namespace answerback::flows
