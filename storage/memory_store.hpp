// A Store in memory, for chat, conversation tests and simulation. Nothing outlives it. Without an origin its ids are short.
#pragma once

#include <memory>

#include "storage/store.hpp"

namespace answerback::storage {

std::unique_ptr<Store> make_memory_store(engine::Origin origin = engine::no_origin);

}  // namespace answerback::storage
