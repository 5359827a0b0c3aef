// IPv4 addresses that stand inside IPv6 ones: what a translator or tunnel on the way would really connect to.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <vector>

namespace answerback::webhooks {

// Compatible (RFC 4291), translated SIIT (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214).
// Several where the prefix leaves open at which place it stands. A mapped address is none of them: it is read as IPv4 from the start.
std::vector<boost::asio::ip::address_v4> embedded_in(const boost::asio::ip::address_v6& address);

// RFC 5214 6.1: the interface identifier of a tunnel, under any prefix.
bool is_isatap(const boost::asio::ip::address_v6& address);

}  // namespace answerback::webhooks
