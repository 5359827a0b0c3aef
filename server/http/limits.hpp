// How much one caller may ask of the HTTP front, in bytes, counts and time. Every one has a test that crosses it.
#pragma once

#include <chrono>
#include <cstddef>

namespace answerback::server {

struct HttpLimits {
  std::size_t max_head_bytes = 16 * 1024;
  std::size_t max_headers = 100;
  std::size_t max_body_bytes = 1024 * 1024;
  std::chrono::milliseconds head_timeout{5'000};
  std::chrono::milliseconds body_timeout{10'000};
  std::chrono::milliseconds idle_timeout{30'000};
  std::chrono::milliseconds write_timeout{10'000};
  std::size_t max_connections = 10'000;
  std::size_t max_connections_per_peer = 10'000;

  std::size_t max_target_bytes = 8 * 1024;
  // A body that comes slower than this is given up before `body_timeout`, once `body_grace` is over.
  std::size_t min_body_bytes_per_second = 1024;
  std::chrono::milliseconds body_grace{2'000};
  // All bodies under way together; beyond that new ones are answered 503. Those for which no key vouches have an account of their
  // own, so that they take nothing from the others.
  std::size_t max_pending_body_bytes = 256 * 1024 * 1024;
  std::size_t max_unvouched_body_bytes = 16 * 1024 * 1024;
  // `write_timeout` is how long a caller may take nothing of its answer; on the whole it takes at least so much.
  std::size_t min_answer_bytes_per_second = 1024;
  // All answers together that callers have not taken yet. Beyond that those who take nothing are closed, then new ones get 503.
  std::size_t max_unsent_bytes = 64 * 1024 * 1024;
  // How long a connection is still read from after a refusal, so that the caller sees the answer and not a reset.
  std::chrono::milliseconds linger_timeout{1'000};
};

}  // namespace answerback::server
