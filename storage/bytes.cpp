#include "storage/bytes.hpp"

#include <bit>
#include <limits>

namespace answerback::storage {

namespace {

constexpr unsigned bits_per_byte = 7;
constexpr unsigned number_bits = 64;

}  // namespace

void ByteWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    byte(static_cast<std::uint8_t>(value | 0x80));
    value >>= bits_per_byte;
  }
  byte(static_cast<std::uint8_t>(value));
}

void ByteWriter::signed_number(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  number((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void ByteWriter::real(double value) {
  auto bits = std::bit_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof bits; ++i, bits >>= 8) byte(static_cast<std::uint8_t>(bits));
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  out_.append(value);
}

std::uint8_t ByteReader::byte() {
  if (rest_.empty()) throw DamagedBytes("ends too early");
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < number_bits; shift += bits_per_byte) {
    const std::uint64_t part = byte();
    if (shift + bits_per_byte > number_bits && (part >> (number_bits - shift)) != 0) break;
    value |= (part & 0x7f) << shift;
    if ((part & 0x80) == 0) return value;
  }
  throw DamagedBytes("a number is too long");
}

std::uint32_t ByteReader::small_number() {
  const auto value = number();
  if (value > std::numeric_limits<std::uint32_t>::max()) throw DamagedBytes("a number is out of range");
  return static_cast<std::uint32_t>(value);
}

std::int64_t ByteReader::signed_number() {
  const auto bits = number();
  return static_cast<std::int64_t>((bits >> 1) ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
}

double ByteReader::real() {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < number_bits; shift += 8) bits |= std::uint64_t{byte()} << shift;
  return std::bit_cast<double>(bits);
}

std::string ByteReader::text() {
  const auto size = number();
  if (size > rest_.size()) throw DamagedBytes("a text is longer than what is there");
  std::string value(rest_.substr(0, size));
  rest_.remove_prefix(size);
  return value;
}

std::size_t ByteReader::count() {
  const auto value = number();
  if (value > rest_.size()) throw DamagedBytes("a list is longer than what is there");
  return value;
}

void ByteReader::end() const {
  if (!rest_.empty()) throw DamagedBytes("bytes are left over");
}

}  // namespace answerback::storage
