// The fourth form of the store: what was added after version 3, as one migration. Once released it is never changed.
#pragma once

#include <string>

namespace answerback::storage {

std::string version_4();

}  // namespace answerback::storage
