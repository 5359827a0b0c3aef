#include "webhooks/embedded_address.hpp"

#include <algorithm>
#include <initializer_list>

namespace answerback::webhooks {

namespace {

bool begins(const Ipv6Bytes& bytes, std::initializer_list<unsigned char> prefix) { return std::equal(prefix.begin(), prefix.end(), bytes.begin()); }

std::uint32_t v4_at(const Ipv6Bytes& bytes, std::array<std::size_t, 4> places) {
  std::uint32_t out = 0;
  for (const auto place : places) out = out << 8U | bytes[place];
  return out;
}

constexpr std::array<std::size_t, 4> last_four{12, 13, 14, 15};

}  // namespace

bool is_isatap(const Ipv6Bytes& bytes) {
  return (bytes[8] & 0xFDU) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
}

std::vector<std::uint32_t> embedded_in(const Ipv6Bytes& bytes) {
  std::vector<std::uint32_t> found;
  // Not :: and ::1.
  const bool is_compatible = begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) && v4_at(bytes, last_four) > 1;
  const bool is_siit = begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0});
  const bool is_nat64 = begins(bytes, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0});
  if (is_compatible || is_siit || is_nat64 || is_isatap(bytes)) found.push_back(v4_at(bytes, last_four));
  if (begins(bytes, {0x20, 0x02})) found.push_back(v4_at(bytes, {2, 3, 4, 5}));
  if (begins(bytes, {0x20, 0x01, 0, 0})) {
    // RFC 4380 4: the server, and the client with every bit turned.
    found.push_back(v4_at(bytes, {4, 5, 6, 7}));
    found.push_back(~v4_at(bytes, last_four));
  }
  // RFC 6052 2.2: prefixes of 48, 56, 64 and 96 bits can be cut out of it.
  if (begins(bytes, {0, 0x64, 0xFF, 0x9B, 0, 1}))
    for (const auto& places : std::initializer_list<std::array<std::size_t, 4>>{{6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}, last_four})
      found.push_back(v4_at(bytes, places));
  return found;
}

}  // namespace answerback::webhooks
