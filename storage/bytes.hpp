// Compact bytes for blobs: variable-length numbers, counted strings. Reading is bounds-checked and never trusts a length:
// damaged bytes end in DamagedBytes, not in a crash or a huge allocation.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "flows/time.hpp"

namespace answerback::storage {

struct DamagedBytes : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ByteWriter {
 public:
  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void number(std::uint64_t value);         // LEB128
  void signed_number(std::int64_t value);   // zigzag, so that small negatives stay short
  void real(double value);                  // IEEE 754, little endian
  void text(std::string_view value);
  void instant(flows::Instant value) { signed_number(value.time_since_epoch().count()); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t byte();
  std::uint64_t number();
  std::uint32_t small_number();             // must fit 32 bits
  std::int64_t signed_number();
  double real();
  std::string text();
  flows::Instant instant() { return flows::Instant(flows::Duration(signed_number())); }
  // A number of things that follow, each at least one byte long.
  std::size_t count();
  // Nothing may follow: bytes left over are damage too.
  void end() const;

 private:
  std::string_view rest_;
};

}  // namespace answerback::storage
