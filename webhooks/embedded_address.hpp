// IPv4 addresses that stand inside IPv6 ones: what a translator or tunnel on the way would really connect to.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace answerback::webhooks {

using Ipv6Bytes = std::array<unsigned char, 16>;

// Compatible (RFC 4291), translated SIIT (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214).
// As numbers, the first byte highest. Several where the prefix leaves open at which place it stands. A mapped address is none of them: it is read as IPv4 from the start.
std::vector<std::uint32_t> embedded_in(const Ipv6Bytes& bytes);

// RFC 5214 6.1: the interface identifier of a tunnel, under any prefix.
bool is_isatap(const Ipv6Bytes& bytes);

}  // namespace answerback::webhooks
