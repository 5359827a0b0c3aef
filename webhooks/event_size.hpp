// How large an event may get, and what is left out of one that would be larger.
#pragma once

#include <cstddef>

#include "engine/decide.hpp"

namespace answerback::webhooks {

// A whole body, in bytes: less than 256 KiB, which is what queues and functions behind receivers take (AWS SQS and EventBridge, 256 KiB).
inline constexpr std::size_t max_event_bytes = 262'143;

// What an event may still hold, each time less. The transcript goes first, since the rest of it can be read; then long texts; then
// what is too much in number.
struct Room {
  std::size_t transcript;    // texts, the newest
  std::size_t text_bytes;    // of each text
  std::size_t interactions;  // the newest
  std::size_t values;        // of answers, of variables and of fields each
  std::size_t items;         // of a list
};
inline constexpr std::size_t unlimited = static_cast<std::size_t>(-1);
inline constexpr Room rooms[] = {{20, unlimited, unlimited, unlimited, unlimited},
                                 {5, 2'000, 200, 500, 50},
                                 {5, 500, 100, 200, 20},
                                 {3, 100, 50, 60, 5},
                                 {0, 50, 25, 25, 1}};

engine::Event shortened(engine::Event event, const Room& room);

}  // namespace answerback::webhooks
