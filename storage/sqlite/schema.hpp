// The tables and how they came to be: numbered migrations, forward only. The file's user_version is the last one applied.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace answerback::storage {

class Connection;

// migrations()[n] leads from version n to n + 1.
const std::vector<std::string>& migrations();
std::int64_t newest_version();

// Brings a file up to the newest version, each step in a transaction of its own. Throws StoreError when the file is newer
// than this program (names both versions) or is somebody else's database.
void migrate(Connection& connection);
// Nothing was ever in it.
bool is_empty(Connection& connection);
// The same checks without changing anything; throws when there is something to apply.
void require_current(Connection& connection);

}  // namespace answerback::storage
