#include "storage/sqlite/readers.hpp"

namespace answerback::storage {

Readers::Readers(const std::string& file, std::size_t cache_bytes_each) {
  for (auto& reader : readers_) reader.connection = std::make_unique<Connection>(file, Connection::Role::reader, cache_bytes_each);
}

Readers::Turn Readers::take() {
  for (auto& reader : readers_) {
    std::unique_lock lock(reader.mutex, std::try_to_lock);
    if (lock) return {std::move(lock), *reader.connection};
  }
  auto& last = readers_.back();
  return {std::unique_lock(last.mutex), *last.connection};
}

std::uint64_t Readers::damaged_rows_read() const {
  std::uint64_t rows = 0;
  for (const auto& reader : readers_) rows += reader.connection->damaged_rows_read();
  return rows;
}

}  // namespace answerback::storage
