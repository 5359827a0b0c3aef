// For what another thread is about to do.
#pragma once

#include <functional>

namespace answerback::tests {

// Waits until it is so, at most a minute.
bool eventually(const std::function<bool()>& is_so);

}  // namespace answerback::tests
