#include "storage/sqlite/sync_failure.hpp"

#include <sqlite3.h>

namespace answerback::storage {

bool is_sync_failure(int extended_code) { return extended_code == SQLITE_IOERR_FSYNC || extended_code == SQLITE_IOERR_DIR_FSYNC; }

}  // namespace answerback::storage
