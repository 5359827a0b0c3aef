// The fifth migration: a store's identity, what events tell of contacts, and indexes for lists of old rows.
#pragma once

#include <string>

namespace answerback::storage {

std::string version_5();

}  // namespace answerback::storage
