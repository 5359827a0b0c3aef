#include "webhooks/dispatch/agenda.hpp"

namespace answerback::webhooks::dispatch {

void Agenda::book(Line& line, flows::Instant at) {
  if (line.look_at && *line.look_at <= at) return;
  cancel(line);
  line.look_at = at;
  line.look_ticket = ++tickets_;
  appointments_.emplace(at, line.look_ticket, &line);
}

void Agenda::cancel(Line& line) {
  if (!line.look_at) return;
  appointments_.erase({*line.look_at, line.look_ticket, &line});
  line.look_at.reset();
}

Line* Agenda::take_due(flows::Instant now) {
  const auto due_at = next();
  if (!due_at || *due_at > now) return nullptr;
  auto* line = std::get<Line*>(*appointments_.begin());
  cancel(*line);
  return line;
}

std::optional<flows::Instant> Agenda::next() const {
  if (appointments_.empty()) return std::nullopt;
  return std::get<flows::Instant>(*appointments_.begin());
}

}  // namespace answerback::webhooks::dispatch
