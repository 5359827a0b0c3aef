// Ids as the outside sees them, inside SQL: con(key), ep(key), dlv(key), cnv(contact, number), msg(contact, conversation, number).
#pragma once

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// Throws StoreError when SQLite takes none of them.
void add_id_functions(Connection& db);

}  // namespace answerback::storage
