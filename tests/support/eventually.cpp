#include "tests/support/eventually.hpp"

#include <chrono>
#include <thread>

namespace answerback::tests {

bool eventually(const std::function<bool()>& is_so) {
  for (int tries = 0; tries < 12'000; ++tries) {
    if (is_so()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

}  // namespace answerback::tests
