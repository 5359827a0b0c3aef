#include "server/clock.hpp"

namespace answerback::server {

flows::Instant SystemClock::now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

Clock::Steady SystemClock::steady() { return std::chrono::steady_clock::now(); }

}  // namespace answerback::server
