#include "flows/drawing/traffic.hpp"

namespace answerback::flows {

const Target* target_of(const Flow& flow, const Passage& passage) {
  if (passage.exit >= exit_outside) return nullptr;
  if (passage.exit >= exit_anytime) {
    const auto entry = static_cast<std::size_t>(passage.exit - exit_anytime);
    const bool goes = entry < flow.anytime.size() && flow.anytime[entry].kind == Anytime::Kind::go;
    return goes ? &flow.anytime[entry].to : nullptr;
  }
  if (passage.step >= flow.steps.size()) return nullptr;
  const auto ways_out = exits(flow.steps[passage.step]);
  return passage.exit < ways_out.size() ? ways_out[passage.exit].to : nullptr;
}

// The last step passed, unless its exit leads on to a step: then it was there, where no trail is written (inside a subflow).
std::optional<StepIndex> Traffic::place_of_end(const Journey& journey) const {
  if (!journey.ended || !journey.whole) return std::nullopt;
  if (journey.trail.empty()) return flow_.start;
  const auto* target = target_of(flow_, journey.trail.back());
  const auto* step = target == nullptr ? nullptr : std::get_if<StepIndex>(target);
  return step == nullptr ? journey.trail.back().step : *step;
}

void Traffic::add(const Journey& journey) {
  ++conversations_;
  const auto end = place_of_end(journey);
  for (std::size_t i = 0; i < journey.trail.size(); ++i) {
    const auto& passage = journey.trail[i];
    if (passage.step >= steps_.size()) continue;
    ++steps_[passage.step].exits[passage.exit];
    const bool ends = end && i + 1 == journey.trail.size() && *end == passage.step;
    if (!ends) ++steps_[passage.step].passed;
  }
  const bool waits = journey.waiting_at && *journey.waiting_at < steps_.size();
  if (waits) ++steps_[*journey.waiting_at].waiting;
  const bool ended = end && *end < steps_.size();
  if (ended) ++steps_[*end].ended[static_cast<std::size_t>(*journey.ended)];
  if (!waits && !ended) ++lost_;
}

}  // namespace answerback::flows
