#include "server/loop/batch_size.hpp"

#include <algorithm>

namespace answerback::server {

namespace {

constexpr std::chrono::milliseconds share{10};
constexpr std::size_t least = 8;  // a batch costs something by itself

}  // namespace

BatchSize::BatchSize(std::size_t most) : most_(most), now_(most) {}

void BatchSize::took(std::size_t count, std::chrono::nanoseconds time) {
  if (time > share) {
    now_ = std::min(most_, std::max(least, std::min(now_, count) / 2));
  } else if (count >= now_ && time * 2 <= share) {
    now_ = std::min(most_, now_ * 2);
  }
}

}  // namespace answerback::server
