// Rows whose numbers no version of the program writes: which they are, and what is put into them. A bad disk, or a hand in the file.
#pragma once

#include <string>
#include <vector>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// Each damaged row by its name, and what is wrong with it. The connection has the id functions.
std::vector<std::string> find_damage(Connection& db);
// Writes into each what counts in doubt, inside the transaction that is open, and tells what it did.
std::vector<std::string> mend_damage(Connection& db, Instant now);

}  // namespace answerback::storage
