// The connections that queries run on. There are two, so that the writing thread, which asks one thing now and then, need not wait for
// somebody's long list.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

class Readers {
 public:
  Readers(const std::string& file, std::size_t cache_bytes_each);

  struct Turn {
    std::unique_lock<std::mutex> lock;
    Connection& db;
  };
  // Waits while all are in use.
  Turn take();
  std::uint64_t damaged_rows_read() const;  // any thread

 private:
  struct Reader {
    std::mutex mutex;
    std::unique_ptr<Connection> connection;
  };
  std::array<Reader, 2> readers_;
};

}  // namespace answerback::storage
