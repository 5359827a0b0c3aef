#include "server/http/request_id.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "webhooks/crypto.hpp"

namespace answerback::server {
namespace {

// Goes into logs and headers unescaped, so only what is harmless in both.
bool is_sane(std::string_view id) {
  static constexpr std::string_view others = "-_.:";
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.find(c) != others.npos;
  });
}

}  // namespace

RequestIds::RequestIds() : prefix_(webhooks::to_hex(webhooks::random_bytes(5))) {}

std::string RequestIds::of(const HttpRequest& request) {
  const auto given = request.header("x-request-id");
  return given && is_sane(*given) ? std::string(*given) : next();
}

std::string RequestIds::next() { return fmt::format("{}-{}", prefix_, ++count_); }

}  // namespace answerback::server
