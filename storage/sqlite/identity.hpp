// Who the store in a file is: its origin (engine/ids.hpp), kept among its facts, drawn at its beginning and again when the file turns out
// to be a copy: a backup, or one that was made behind our back. A copy that kept the origin would give ids that the original gives too.
#pragma once

#include <functional>

#include "storage/records.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/lock_file.hpp"

namespace answerback::storage {

// As it stands in the file.
Identity read_identity(Connection& db);
// Brings it up to date, in one transaction. Without `random` nothing changes.
Identity settle_identity(Connection& db, const LockFile::Place& place, const std::function<std::uint64_t()>& random);

// To be run on a copy, or on a store whose whole machine was copied: whoever opens it next draws an origin of its own.
inline constexpr const char* mark_as_copy_sql = "INSERT OR REPLACE INTO facts(name, value) VALUES ('copied', 1)";

std::optional<std::int64_t> fact(Connection& db, const std::string& name);
void set_fact(Connection& db, const std::string& name, std::int64_t value);

}  // namespace answerback::storage
