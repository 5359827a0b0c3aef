// Standard Webhooks v1 signatures: HMAC-SHA256 over "id.timestamp.body", exactly the bytes that are sent.
// Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace answerback::webhooks {

// A signing secret: 24 to 64 bytes, shown as "whsec_" + standard base64. Has no operator<< on purpose.
class Secret {
 public:
  static std::optional<Secret> parse(std::string_view text);  // with or without the prefix
  static Secret random();                                     // 32 bytes from the operating system
  std::string reveal() const;                                 // "whsec_…", shown once to the one who made it
  const std::string& bytes() const { return bytes_; }
  bool operator==(const Secret&) const = default;

 private:
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

// One signature over these bytes: "v1," + base64.
std::string sign_with(std::string_view key_bytes, std::string_view id, std::int64_t timestamp, std::string_view body);

// The `webhook-signature` header: one "v1,…" per secret, newest first, joined by spaces. `timestamp` in Unix seconds.
std::string sign(const std::vector<Secret>& secrets, std::string_view id, std::int64_t timestamp, std::string_view body);

// For receivers and tests: constant time, tolerance in seconds both ways; `now` in Unix seconds.
bool verify(const Secret& secret, std::string_view id, std::string_view timestamp, std::string_view signature, std::string_view body,
            std::int64_t now, std::int64_t tolerance = 300);

}  // namespace answerback::webhooks
