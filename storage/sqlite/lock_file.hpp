// Holds a file for one process: an exclusive flock, for as long as this object lives. flock and the fcntl locks that SQLite takes on its
// own file know nothing of each other (flock(2), Linux, local file systems), so the store's file can be held too. It must be held before
// SQLite opens it and until after SQLite closed it: closing any descriptor of a file drops the process's fcntl locks on it
// (sqlite.org/howtocorrupt.html, 2.2).
#pragma once

#include <cstdint>
#include <string>

namespace answerback::storage {

class LockFile {
 public:
  // Makes it when it is missing. Throws StoreError when another process has it, the folder can't be used, or lies on a network file
  // system, where neither locks nor WAL can be relied on (sqlite.org/wal.html, "same host").
  explicit LockFile(const std::string& file);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

  // Why its path does not lead to it any more: "was removed", "was replaced"; "" = it does.
  std::string gone() const;
  // What tells it from every copy of it. A copy is born later; where the file system does not say when, `born` is the device's number
  // below zero, and the inode counts as well. Both may change there when it is mounted anew.
  struct Place {
    std::int64_t inode = 0;
    std::int64_t born = 0;  // nanoseconds since 1970
  };
  Place place() const;

 private:
  std::string file_;
  int descriptor_ = -1;
};

std::uint64_t inode_of(const std::string& file);  // 0 = there is none

}  // namespace answerback::storage
