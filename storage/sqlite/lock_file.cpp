#include "storage/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "storage/store.hpp"

namespace answerback::storage {

namespace {

// From linux/magic.h and statfs(2): NFS, SMB, SMB2, CIFS.
constexpr std::array<std::uint32_t, 4> network_file_systems{0x6969, 0x517b, 0xfe534d42, 0xff534d42};

bool on_network(int descriptor) {
  struct statfs about {};
  if (::fstatfs(descriptor, &about) != 0) return false;
  const auto type = static_cast<std::uint32_t>(about.f_type);
  return std::find(network_file_systems.begin(), network_file_systems.end(), type) != network_file_systems.end();
}

void lock(const std::string& file, int descriptor) {
  if (on_network(descriptor)) throw StoreError("the data folder lies on a network file system: " + file);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK) throw StoreLocked("another process uses the data folder (it holds " + file + ")");
  throw StoreError("cannot lock " + file + ": " + std::strerror(errno));
}

}  // namespace

LockFile::LockFile(const std::string& file) : file_(file), descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) throw StoreError("cannot open " + file + ": " + std::strerror(errno));
  try {
    lock(file, descriptor_);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

LockFile::~LockFile() { ::close(descriptor_); }

LockFile::Place LockFile::place() const {
  struct statx about {};
  if (::statx(descriptor_, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &about) != 0) throw StoreError("can't look at " + file_ + ": " + std::strerror(errno));
  const auto inode = static_cast<std::int64_t>(about.stx_ino);
  // Some say 1970 instead of that they do not know.
  if ((about.stx_mask & STATX_BTIME) != 0 && about.stx_btime.tv_sec > 0) return {inode, about.stx_btime.tv_sec * 1'000'000'000 + about.stx_btime.tv_nsec};
  return {inode, -1 - ((std::int64_t{about.stx_dev_major} << 32) | about.stx_dev_minor)};
}

std::uint64_t inode_of(const std::string& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 ? found.st_ino : 0;
}

std::string LockFile::gone() const {
  struct stat held {};
  struct stat found {};
  if (::fstat(descriptor_, &held) != 0) return "can't be looked at";
  if (::stat(file_.c_str(), &found) != 0) return errno == ENOENT || errno == ENOTDIR ? "was removed or renamed" : "can't be looked at";
  return held.st_dev == found.st_dev && held.st_ino == found.st_ino ? "" : "was replaced by another file";
}

}  // namespace answerback::storage
