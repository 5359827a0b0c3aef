// A Store in memory, for chat, conversation tests and simulation. Nothing outlives it.
#pragma once

#include <memory>

#include "storage/store.hpp"

namespace answerback::storage {

std::unique_ptr<Store> make_memory_store();

}  // namespace answerback::storage
