#include "webhooks/embedded_address.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace answerback::webhooks {

namespace {

namespace ip = boost::asio::ip;
using Bytes = ip::address_v6::bytes_type;

bool begins(const Bytes& bytes, std::initializer_list<unsigned char> prefix) { return std::equal(prefix.begin(), prefix.end(), bytes.begin()); }

ip::address_v4 v4_at(const Bytes& bytes, std::array<std::size_t, 4> places) {
  ip::address_v4::bytes_type out{};
  for (std::size_t i = 0; i < places.size(); ++i) out[i] = bytes[places[i]];
  return ip::address_v4(out);
}

constexpr std::array<std::size_t, 4> last_four{12, 13, 14, 15};

}  // namespace

bool is_isatap(const ip::address_v6& address) {
  const auto bytes = address.to_bytes();
  return (bytes[8] & 0xFDU) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
}

std::vector<ip::address_v4> embedded_in(const ip::address_v6& address) {
  std::vector<ip::address_v4> found;
  const auto bytes = address.to_bytes();
  const bool is_compatible = begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) && !address.is_loopback() && !address.is_unspecified();
  const bool is_siit = begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0});
  const bool is_nat64 = begins(bytes, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0});
  if (is_compatible || is_siit || is_nat64 || is_isatap(address)) found.push_back(v4_at(bytes, last_four));
  if (begins(bytes, {0x20, 0x02})) found.push_back(v4_at(bytes, {2, 3, 4, 5}));
  if (begins(bytes, {0x20, 0x01, 0, 0})) {
    // RFC 4380 4: the server, and the client with every bit turned.
    found.push_back(v4_at(bytes, {4, 5, 6, 7}));
    found.emplace_back(~v4_at(bytes, last_four).to_uint());
  }
  // RFC 6052 2.2: prefixes of 48, 56, 64 and 96 bits can be cut out of it.
  if (begins(bytes, {0, 0x64, 0xFF, 0x9B, 0, 1}))
    for (const auto& places : std::initializer_list<std::array<std::size_t, 4>>{{6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}, last_four})
      found.push_back(v4_at(bytes, places));
  return found;
}

}  // namespace answerback::webhooks
