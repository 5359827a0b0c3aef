#include "server/data_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <optional>

#include "server/config/secret_file.hpp"
#include "storage/sqlite_store.hpp"
#include "webhooks/crypto.hpp"
#include "webhooks/small_file.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t max_read = 4'096;
constexpr std::uint64_t max_put_aside = 1'000;  // names that are tried for a key that is put aside

std::string key_file(const std::string& folder) { return (fs::path(folder) / "suppression.key").string(); }
// A key that is made lies here until the store knows its fingerprint.
std::string new_key_file(const std::string& folder) { return key_file(folder) + ".new"; }

std::uint64_t random_number() {
  const auto bytes = webhooks::random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof(number));
  return number;
}

// Tells keys apart and nothing about them. 63 bits, as the store keeps numbers.
std::int64_t fingerprint(const std::string& key) {
  const auto digest = webhooks::hmac_sha256(key, "the key of an answerback store");
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof(number));
  return static_cast<std::int64_t>(number >> 1);
}

struct KeyFile {
  bool is_there = false;
  std::string key;
  std::string problem;  // the end of a sentence
};

// Bytes that are all alike are what a disk leaves of a file that it lost.
std::string shape_problem(const std::string& bytes) {
  if (bytes.empty()) return "is empty";
  if (bytes.size() != key_bytes) return fmt::format("is damaged: it has {} bytes and should have {}", bytes.size(), key_bytes);
  const bool alike = std::all_of(bytes.begin(), bytes.end(), [&](char c) { return c == bytes.front(); });
  return alike ? "is damaged: all its bytes are the same" : "";
}

KeyFile read_key(const std::string& path) {
  std::error_code error;
  const auto about = fs::symlink_status(path, error);
  if (!fs::exists(about)) return {};
  if (!fs::is_regular_file(path, error)) return {true, "", "is no file"};
  auto file = webhooks::read_small_file(path, max_read);
  if (!file.problem.empty()) return {true, "", file.problem};
  auto problem = shape_problem(file.text);
  return {true, std::move(file.text), std::move(problem)};
}

std::string ways_out(const std::string& folder, const storage::KeyTrace& trace) {
  const auto who = trace.suppressed == 0 ? std::string("Erased contacts who opted out") : fmt::format("Erased contacts who opted out ({} in this store)", trace.suppressed);
  return fmt::format("{} are recognized by this key alone, without it they would be texted again. Put it back from your backup, the same one as the store's. "
                     "If it is lost for good: answerback db new-key --forget-suppressions --data {}",
                     who, folder);
}

// Where the store is new to keys. `file` has been read, and the store has no fingerprint.
std::string stranger_problem(const std::string& folder, const KeyFile& file, const storage::KeyTrace& trace) {
  if (!file.is_there && trace.suppressed != 0) return fmt::format("{} is missing. {}", key_file(folder), ways_out(folder, trace));
  if (!file.is_there || trace.adopts) return "";
  return fmt::format("{} belongs to another store: the one here is new and has never had a key. Put back the store that the key came with. If they do belong "
                     "together: answerback db adopt-key --data {}. To begin without the opt-outs of the old store, move the key away.",
                     key_file(folder), folder);
}

std::string problem_of(const std::string& folder, const KeyFile& file, const storage::KeyTrace& trace) {
  if (!file.problem.empty()) return fmt::format("{} {}. {}", key_file(folder), file.problem, ways_out(folder, trace));
  if (!trace.fingerprint) return stranger_problem(folder, file, trace);
  if (!file.is_there) return fmt::format("{} is missing. {}", key_file(folder), ways_out(folder, trace));
  if (fingerprint(file.key) == *trace.fingerprint) return "";
  return fmt::format("{} is not the key of this store: it is another store's, or was changed. {}", key_file(folder), ways_out(folder, trace));
}

// The process ended while it made its first key.
bool finish_new_key(const std::string& folder, const storage::KeyTrace& trace) {
  const auto made = read_key(new_key_file(folder));
  if (!trace.fingerprint || !made.is_there || !made.problem.empty() || fingerprint(made.key) != *trace.fingerprint) return false;
  fs::rename(new_key_file(folder), key_file(folder));
  return true;
}

// The store knows the fingerprint before the key has its name: a key that nothing knows is never left behind.
std::string make_key(const std::string& folder, storage::Store& store) {
  const auto key = webhooks::random_bytes(key_bytes);
  write_secret_file(new_key_file(folder), key);
  store.remember_key(fingerprint(key));
  fs::rename(new_key_file(folder), key_file(folder));
  return key;
}

void put_aside(const std::string& path) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return;
  for (std::uint64_t n = 1; n <= max_put_aside; ++n) {
    const auto name = fmt::format("{}.old-{}", path, n);
    if (fs::exists(fs::symlink_status(name, error))) continue;
    fs::rename(path, name);
    return;
  }
  throw UnfitFolder(fmt::format("{} can't be put aside: remove older ones", path));
}

}  // namespace

std::unique_ptr<storage::Store> open_data_folder(const std::string& folder, std::size_t cache_bytes, Missing missing) {
  const bool has_key = read_key(key_file(folder)).is_there;
  storage::SqliteOptions options;
  options.folder = folder;
  options.cache_bytes = cache_bytes;
  options.may_begin = missing == Missing::begins && !has_key;
  options.random = random_number;
  try {
    return storage::open_sqlite_store(options);
  } catch (const storage::StoreMissing& gone) {
    if (has_key)
      throw UnfitFolder(fmt::format("{}, but its {} is still there: without the store nobody knows who opted out. Put both back from one backup. "
                                    "To begin anew with an empty store, which knows of no opt-out, move the key away first.",
                                    gone.what(), key_file(folder)));
    if (missing == Missing::is_refused) throw;
    throw UnfitFolder(fmt::format("{}. Put the store back from your backup.", gone.what()));
  }
}

std::string suppression_key(const std::string& folder, storage::Store& store) {
  const auto trace = store.key_trace();
  auto file = read_key(key_file(folder));
  if (!file.is_there && finish_new_key(folder, trace)) file = read_key(key_file(folder));
  const auto problem = problem_of(folder, file, trace);
  if (!problem.empty()) throw UnfitFolder(problem);
  if (!file.is_there) return make_key(folder, store);
  if (!trace.fingerprint) store.remember_key(fingerprint(file.key));
  return file.key;
}

std::string key_problem(const std::string& folder, storage::Store& store) {
  const auto trace = store.key_trace();
  const auto file = read_key(key_file(folder));
  const auto made = file.is_there ? KeyFile{} : read_key(new_key_file(folder));
  return problem_of(folder, made.is_there && made.problem.empty() ? made : file, trace);
}

void adopt_key(const std::string& folder, storage::Store& store) {
  const auto file = read_key(key_file(folder));
  const auto problem = file.is_there ? file.problem : "is missing";
  if (!problem.empty()) throw UnfitFolder(fmt::format("{} {}", key_file(folder), problem));
  store.remember_key(fingerprint(file.key));
}

std::uint64_t replace_key(const std::string& folder, storage::Store& store) {
  const auto forgotten = store.key_trace().suppressed;
  put_aside(key_file(folder));
  make_key(folder, store);
  return forgotten;
}

}  // namespace answerback::server
