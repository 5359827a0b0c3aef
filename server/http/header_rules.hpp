// The rules for header lines, fed one line at a time: what each line may look like, and what all together say about the body.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/framing.hpp"

namespace answerback::server {

bool is_digit(char c);
bool is_token(std::string_view text);  // RFC 9110 section 5.6.2
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII only

class HeaderRules {
 public:
  explicit HeaderRules(const HttpLimits& limits) : limits_(limits) {}

  std::optional<Refusal> line(std::string_view line);
  // Completes `head` from all lines. `authority` is that of an absolute request target, else "".
  std::optional<Refusal> conclude(Head& head, std::string_view authority) const;

 private:
  std::optional<Refusal> field(std::string_view name, std::string_view value);
  std::optional<Refusal> content_length(std::string_view value);
  std::optional<Refusal> transfer_encoding(std::string_view value);
  std::optional<Refusal> host(std::string_view value);
  std::optional<Refusal> connection(std::string_view value);

  const HttpLimits& limits_;
  std::size_t count_ = 0;
  std::optional<std::string_view> host_;
  std::optional<std::uint64_t> length_;
  bool chunked_ = false;
  bool close_ = false;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
  std::uint32_t seen_ = 0;  // one bit for each header that may come once only
};

}  // namespace answerback::server
