// Past conversations out of a store, as `replay` takes them.
#pragma once

#include <functional>

#include "server/rehearsal/replay.hpp"
#include "storage/store.hpp"

namespace answerback::server {

// Every conversation of the flow that began at `since` or later, the latest first.
void visit_recorded(storage::Store& store, const std::string& flow, engine::Instant since, const std::function<void(const Recorded&)>& visit);

}  // namespace answerback::server
