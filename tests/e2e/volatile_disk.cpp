// A disk that may forget what was not synced: loaded before the C library (LD_PRELOAD), it writes down every change to the store's files
// and every sync, so that power_cut.py can take back, after a SIGKILL, what a power cut could have taken.
//   VOLATILE_DISK_LOG    where to write it down
//   VOLATILE_DISK_FAILS  while this file is there, syncs fail
// Record: kind, file, whole numbers, then bytes; power_cut.py reads the same layout. Linux on x86-64 and arm64, glibc.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class File : std::uint8_t { other = 0, database = 1, wal = 2, unknown = 3 };
enum class Kind : std::uint8_t { write = 1, resize = 2, sync_begins = 3, sync_ends = 4 };

struct [[gnu::packed]] Record {
  Kind kind;
  File file;
  std::uint64_t at, size, size_before, old_bytes;
};

constexpr std::size_t most_files = 4'096;
std::array<File, most_files> files = [] {
  std::array<File, most_files> all{};
  all.fill(File::unknown);
  return all;
}();
std::mutex mutex;
std::uint64_t syncs = 0;

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int log_file() {
  static const int file = [] {
    const char* path = std::getenv("VOLATILE_DISK_LOG");
    return path ? ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  }();
  return file;
}

File file_of(int descriptor) {
  if (descriptor < 0 || static_cast<std::size_t>(descriptor) >= most_files || log_file() < 0) return File::other;
  auto& known = files[static_cast<std::size_t>(descriptor)];
  if (known != File::unknown) return known;
  std::array<char, 4'096> path{};
  const auto link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto length = ::readlink(link.c_str(), path.data(), path.size());
  const std::string_view name(path.data(), length < 0 ? 0 : static_cast<std::size_t>(length));
  known = name.ends_with("/answerback.db") ? File::database : name.ends_with("/answerback.db-wal") ? File::wal : File::other;
  return known;
}

std::uint64_t size_of(int descriptor) {
  struct stat found {};
  return ::fstat(descriptor, &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

void note(Record record, const void* before, const void* after, std::size_t after_bytes) {
  const std::array<iovec, 3> parts{{{&record, sizeof record}, {const_cast<void*>(before), record.old_bytes}, {const_cast<void*>(after), after_bytes}}};
  if (::writev(log_file(), parts.data(), 3) < 0) std::abort();
}

ssize_t write_at(int descriptor, const void* bytes, std::size_t size, off64_t at) {
  static const auto write = real<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
  const auto file = file_of(descriptor);
  if (file == File::other) return write(descriptor, bytes, size, at);
  const std::scoped_lock lock(mutex);
  std::vector<char> before(size);
  const auto size_before = size_of(descriptor);
  const auto read = ::pread64(descriptor, before.data(), size, at);
  note({Kind::write, file, static_cast<std::uint64_t>(at), size, size_before, read < 0 ? 0 : static_cast<std::uint64_t>(read)}, before.data(), bytes, size);
  return write(descriptor, bytes, size, at);
}

int resize(int descriptor, off64_t size) {
  static const auto truncate = real<int (*)(int, off64_t)>("ftruncate64");
  const auto file = file_of(descriptor);
  if (file == File::other) return truncate(descriptor, size);
  const std::scoped_lock lock(mutex);
  const auto size_before = size_of(descriptor);
  std::vector<char> tail(size_before > static_cast<std::uint64_t>(size) ? size_before - static_cast<std::uint64_t>(size) : 0);
  const auto read = ::pread64(descriptor, tail.data(), tail.size(), size);
  note({Kind::resize, file, static_cast<std::uint64_t>(size), 0, size_before, read < 0 ? 0 : static_cast<std::uint64_t>(read)}, tail.data(), nullptr, 0);
  return truncate(descriptor, size);
}

bool syncs_fail() {
  const char* path = std::getenv("VOLATILE_DISK_FAILS");
  return path && ::access(path, F_OK) == 0;
}

int sync(const char* name, int descriptor) {
  const auto call = real<int (*)(int)>(name);
  const auto file = file_of(descriptor);
  if (file == File::other) return call(descriptor);
  std::uint64_t number = 0;
  {
    const std::scoped_lock lock(mutex);
    number = ++syncs;
    note({Kind::sync_begins, file, number, 0, 0, 0}, nullptr, nullptr, 0);
  }
  if (syncs_fail()) {
    errno = EIO;
    return -1;
  }
  const int result = call(descriptor);
  const std::scoped_lock lock(mutex);
  if (result == 0) note({Kind::sync_ends, file, number, 0, 0, 0}, nullptr, nullptr, 0);
  return result;
}

}  // namespace

extern "C" {
ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t at) { return write_at(descriptor, bytes, size, at); }
ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off64_t at) { return write_at(descriptor, bytes, size, at); }
int ftruncate(int descriptor, off_t size) noexcept { return resize(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return resize(descriptor, size); }
int fdatasync(int descriptor) { return sync("fdatasync", descriptor); }
int fsync(int descriptor) { return sync("fsync", descriptor); }
int close(int descriptor) {
  static const auto call = real<int (*)(int)>("close");
  if (descriptor >= 0 && static_cast<std::size_t>(descriptor) < most_files) files[static_cast<std::size_t>(descriptor)] = File::unknown;
  return call(descriptor);
}
}
