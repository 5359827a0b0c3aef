// A failed fsync: what the file holds is unknown from then on, and asking again may lie. The store refuses to write on.
#pragma once

#include "storage/store.hpp"

namespace answerback::storage {

struct SyncFailure : StoreError {
  using StoreError::StoreError;
};

bool is_sync_failure(int extended_code);

}  // namespace answerback::storage
