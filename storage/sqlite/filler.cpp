#include "storage/sqlite/filler.hpp"

#include <algorithm>
#include <array>

#include "storage/bytes.hpp"

namespace answerback::storage {

namespace {

// No blob begins like this: the first byte of each is its version.
constexpr std::uint8_t mark = 0xF1;

std::size_t stored_bytes_of(std::int64_t number) {
  if (number == 0 || number == 1) return 0;
  constexpr std::array<std::size_t, 5> widths{1, 2, 3, 4, 6};
  const auto fits = [&](std::size_t bytes) { return number >= -(std::int64_t{1} << (8 * bytes - 1)) && number < std::int64_t{1} << (8 * bytes - 1); };
  const auto width = std::find_if(widths.begin(), widths.end(), fits);
  return width == widths.end() ? 8 : *width;
}

}  // namespace

std::size_t stored_bytes(std::initializer_list<std::int64_t> numbers) {
  std::size_t bytes = 0;
  for (const auto number : numbers) bytes += stored_bytes_of(number);
  return bytes;
}

std::string filled_up(std::string blob, std::size_t beside, std::span<const std::size_t> steps) {
  ByteWriter out;
  out.byte(mark);
  out.text(blob);
  auto filled = out.take();
  const auto step = std::lower_bound(steps.begin(), steps.end(), filled.size() + beside);
  if (step == steps.end()) return blob;
  filled.resize(*step - beside);
  return filled;
}

std::string_view without_filler(std::string_view bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes.front()) != mark) return bytes;
  ByteReader in(bytes.substr(1));
  return in.view();
}

}  // namespace answerback::storage
