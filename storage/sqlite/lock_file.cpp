#include "storage/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
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

LockFile::LockFile(const std::string& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) throw StoreError("cannot open " + file + ": " + std::strerror(errno));
  try {
    lock(file, descriptor_);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

LockFile::~LockFile() { ::close(descriptor_); }

}  // namespace answerback::storage
