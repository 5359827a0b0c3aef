// The key by which a carrier's message is known again.
#pragma once

#include <string_view>

#include "storage/records.hpp"

namespace answerback::storage {

// First 128 bits of SHA-256 over carrier, NUL, the carrier's message id.
DedupKey dedup_key(std::string_view carrier, std::string_view provider_id);

}  // namespace answerback::storage
