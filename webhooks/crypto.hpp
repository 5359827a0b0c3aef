// The few primitives that the project needs, over OpenSSL. Constant-time where a secret is compared.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace answerback::webhooks {

std::string hmac_sha256(std::string_view key, std::string_view data);  // 32 raw bytes
std::string hmac_sha1(std::string_view key, std::string_view data);    // 20 raw bytes
std::string sha256(std::string_view data);                             // 32 raw bytes
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);                         // standard alphabet, padded
std::optional<std::string> from_base64(std::string_view text);         // strict alphabet; padding may be left out
std::string random_bytes(std::size_t count);                           // throws when the system has none
bool equal_constant_time(std::string_view a, std::string_view b);      // the length is not secret

}  // namespace answerback::webhooks
