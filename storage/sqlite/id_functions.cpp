#include "storage/sqlite/id_functions.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "engine/ids.hpp"
#include "storage/store.hpp"

namespace answerback::storage {

namespace {

void answer(sqlite3_context* context, const std::string& id) { sqlite3_result_text(context, id.data(), static_cast<int>(id.size()), SQLITE_TRANSIENT); }

std::int64_t key_at(sqlite3_value** values, int index) { return sqlite3_value_int64(values[index]); }
std::uint64_t number_at(sqlite3_value** values, int index) { return static_cast<std::uint64_t>(key_at(values, index)); }

void key_id(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, engine::key_text(static_cast<const char*>(sqlite3_user_data(context)), key_at(values, 0)));
}

void conversation_text(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, engine::to_string(engine::ConversationId{{key_at(values, 0)}, number_at(values, 1)}));
}

void message_text(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, engine::to_string(engine::MessageId{{key_at(values, 0)}, number_at(values, 1), number_at(values, 2)}));
}

using Function = void (*)(sqlite3_context*, int, sqlite3_value**);

void add(Connection& db, const char* name, int arguments, Function function, const char* prefix = "") {
  const auto flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  const auto result = sqlite3_create_function(db.raw().getHandle(), name, arguments, flags, const_cast<char*>(prefix), function, nullptr, nullptr);
  if (result != SQLITE_OK) throw StoreError(std::string("SQLite does not take the function ") + name);
}

}  // namespace

void add_id_functions(Connection& db) {
  add(db, "con", 1, key_id, "con_");
  add(db, "ep", 1, key_id, "ep_");
  add(db, "dlv", 1, key_id, "dlv_");
  add(db, "cmp", 1, key_id, "cmp_");
  add(db, "cnv", 2, conversation_text);
  add(db, "msg", 3, message_text);
}

}  // namespace answerback::storage
