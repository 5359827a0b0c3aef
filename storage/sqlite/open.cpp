// Opening: folder, lock, schema, settings read back.
#include <fmt/format.h>

#include <filesystem>

#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/identity.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t reader_cache_bytes = 4u << 20;  // of each

// Answers, phones and signing secrets lie in it: for the owner's eyes only.
std::string prepared_folder(const SqliteOptions& options) {
  std::error_code error;
  if (options.read_only) {
    if (!fs::is_directory(options.folder, error)) throw StoreError("there is no data folder " + options.folder);
    return options.folder;
  }
  if (!options.may_begin && !fs::is_directory(options.folder, error)) throw StoreMissing("there is no folder " + options.folder);
  if (fs::create_directories(options.folder, error)) fs::permissions(options.folder, fs::perms::owner_all, error);
  if (error || !fs::is_directory(options.folder)) throw StoreError("cannot make the data folder " + options.folder + ": " + error.message());
  return options.folder;
}

bool has_bytes(const std::string& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return !error && size > 0;
}

// An empty file beside a WAL with commits in it: SQLite would throw the WAL away and begin anew.
void refuse_what_is_lost(const std::string& file, bool may_begin) {
  if (has_bytes(file)) return;
  const char* how = fs::exists(file) ? "is empty" : "is missing";
  if (has_bytes(file + "-wal")) throw StoreMissing(fmt::format("{} {}, and what was committed last lies in {}-wal alone", file, how, file));
  if (!may_begin) throw StoreMissing(fmt::format("{} {}", file, how));
}

void require(Connection& connection, const std::string& pragma, const std::string& wanted) {
  const auto found = connection.text("PRAGMA " + pragma);
  if (found != wanted) throw StoreError(fmt::format("SQLite does not take {} = {}, it stays {}", pragma, wanted, found));
}

}  // namespace

SqliteStore::SqliteStore(const SqliteOptions& options) : options_(options), file_(prepared_folder(options) + "/answerback.db") {
  if (options.read_only && !fs::exists(file_)) throw StoreError("there is no store in " + options.folder);
  if (!options.read_only) hold_files();
  // A reader's connection can't write, and never checkpoints: that is for the process with the lock.
  writer_ = std::make_unique<Connection>(file_, options.read_only ? Connection::Role::reader : Connection::Role::writer, options.cache_bytes);
  set_up_writer();
  memory_ = std::make_unique<TurnMemory>(*writer_);
  readers_ = std::make_unique<Readers>(file_, reader_cache_bytes);
  if (!options.read_only) disk_ = std::make_unique<WalSync>(sync_of_file(file_ + "-wal"));
  if (!options.read_only) checkpointer_ = std::make_unique<Checkpointer>(file_, *writer_);
  for (auto& side : side_files_) side.inode = inode_of(file_ + side.ending);
  next_contact_ = engine::key_after(writer_->integer("SELECT coalesce(max(key), 0) FROM contacts"), identity_.origin);
  contacts_ = writer_->integer("SELECT count(*) FROM contacts");
  active_conversations_ = writer_->integer("SELECT count(*) FROM conversations WHERE wake_at IS NOT NULL");
}

// The writer last: the last connection to close moves what is left in the WAL.
SqliteStore::~SqliteStore() {
  disk_.reset();
  checkpointer_.reset();
  readers_.reset();
  open_.reset();
  memory_.reset();
  writer_.reset();
}

// The folder's lock first: while it is held nobody of this version makes the store's file.
void SqliteStore::hold_files() {
  folder_lock_.emplace(options_.folder + "/answerback.lock");
  refuse_what_is_lost(file_, options_.may_begin);
  file_lock_.emplace(file_);
}

void SqliteStore::set_up_writer() {
  if (options_.read_only) {
    require_current(*writer_);
    identity_ = read_identity(*writer_);
    return;
  }
  writer_->text("PRAGMA journal_mode = WAL");
  // NORMAL: SQLite syncs what it needs to keep the file whole; WalSync syncs every commit before anyone learns of it.
  writer_->execute("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON");
  require(*writer_, "journal_mode", "wal");
  require(*writer_, "synchronous", "1");
  if (!options_.may_begin && is_empty(*writer_)) throw StoreMissing(file_ + " holds no store");
  migrate(*writer_);
  identity_ = settle_identity(*writer_, file_lock_->place(), options_.random);
  drop_orphans(*writer_);
  writer_->watch_wal();
}

std::unique_ptr<Store> open_sqlite_store(const SqliteOptions& options) { return std::make_unique<SqliteStore>(options); }

}  // namespace answerback::storage
