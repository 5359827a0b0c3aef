// Holds the folder for one process: an exclusive flock on a side file, for as long as this object lives.
#pragma once

#include <string>

namespace answerback::storage {

class LockFile {
 public:
  // Throws StoreError when another process has it, the folder can't be used, or lies on a network file system, where
  // neither locks nor WAL can be relied on (sqlite.org/wal.html, "same host").
  explicit LockFile(const std::string& file);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace answerback::storage
