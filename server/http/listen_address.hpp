// "127.0.0.1:8080" and "[::1]:0" taken apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace answerback::server {

struct ListenAddress {
  std::string host;  // digits, without brackets
  std::uint16_t port = 0;
};

// Throws std::runtime_error with a sentence. "localhost" is 127.0.0.1: no resolver decides where we listen.
ListenAddress parse_listen_address(std::string_view text);

// A peer's address as it is counted and shown: an IPv4 caller on an IPv6 socket by its IPv4 address.
std::string peer_text(std::string address);

}  // namespace answerback::server
