// What the loop's thread does, by kind; the label `task` of answerback_loop_task_seconds. A task is what others wait behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace answerback::server {

enum class TaskKind : std::uint8_t {
  stimuli,            // a batch: texts, what became of texts that were sent, requests that are decided
  keyed_stimulus,     // one that came with an Idempotency-Key
  receipt,
  timers,
  campaigns,
  enrol,              // contacts into a campaign
  lease_sends,
  start_sends,
  lease_deliveries,
  settle_deliveries,
  lease_calls,
  settle_calls,
  wake,
  change,             // what people configure, one row or a few
  publish,
  remove_endpoint,
  replay,
  redeliver,
  migrate,
  erase,
  keep_answer,        // of a POST whose work was done elsewhere
  ready,
  reload,
  purge,
  clock,
  look,               // for files and rows that are damaged
  tend,
};
inline constexpr std::size_t task_kinds = static_cast<std::size_t>(TaskKind::tend) + 1;

std::string_view to_string(TaskKind kind);

}  // namespace answerback::server
