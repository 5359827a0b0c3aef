#include "server/clock.hpp"

namespace answerback::server {

flows::Instant SystemClock::now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

}  // namespace answerback::server
