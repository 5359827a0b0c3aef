#include "webhooks/signature.hpp"

#include <charconv>

#include <fmt/format.h>

#include "webhooks/crypto.hpp"

namespace answerback::webhooks {

namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::string_view version_prefix = "v1,";
constexpr std::size_t min_secret_bytes = 24;
constexpr std::size_t max_secret_bytes = 64;
// A header from outside is looked through up to here; nobody rotates more keys than this.
constexpr std::size_t max_signatures = 32;

std::string signed_content(std::string_view id, std::string_view timestamp, std::string_view body) {
  std::string content;
  content.reserve(id.size() + timestamp.size() + body.size() + 2);
  content.append(id).append(1, '.').append(timestamp).append(1, '.').append(body);
  return content;
}

std::string token(std::string_view key_bytes, std::string_view content) {
  return std::string(version_prefix) + to_base64(hmac_sha256(key_bytes, content));
}

std::optional<std::int64_t> parse_unix_seconds(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool is_near(std::int64_t timestamp, std::int64_t now, std::int64_t tolerance) {
  return timestamp >= now ? timestamp - now <= tolerance : now - timestamp <= tolerance;
}

// Every token is compared, matching or not, so that the time taken tells nothing about which one fits.
bool any_matches(std::string_view header, std::string_view expected) {
  bool found = false;
  for (std::size_t count = 0; !header.empty() && count < max_signatures; ++count) {
    const auto end = header.find(' ');
    if (equal_constant_time(header.substr(0, end), expected)) found = true;
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
  }
  return found;
}

// Kept out of line: g++ 12 draws false conclusions about std::string's short buffer from the bounds.
[[gnu::noinline]] bool is_secret_size(std::size_t size) { return size >= min_secret_bytes && size <= max_secret_bytes; }

}  // namespace

std::optional<Secret> Secret::parse(std::string_view text) {
  if (text.starts_with(secret_prefix)) text.remove_prefix(secret_prefix.size());
  auto bytes = from_base64(text);
  if (!bytes || !is_secret_size(bytes->size())) return std::nullopt;
  return Secret(std::move(*bytes));
}

Secret Secret::random() { return Secret(random_bytes(32)); }

std::string Secret::reveal() const { return std::string(secret_prefix) + to_base64(bytes_); }

std::string sign_with(std::string_view key_bytes, std::string_view id, std::int64_t timestamp, std::string_view body) {
  return token(key_bytes, signed_content(id, fmt::format_int(timestamp).str(), body));
}

std::string sign(const std::vector<Secret>& secrets, std::string_view id, std::int64_t timestamp, std::string_view body) {
  const auto content = signed_content(id, fmt::format_int(timestamp).str(), body);
  std::string header;
  for (const auto& secret : secrets) {
    if (!header.empty()) header += ' ';
    header += token(secret.bytes(), content);
  }
  return header;
}

bool verify(const Secret& secret, std::string_view id, std::string_view timestamp, std::string_view signature, std::string_view body,
            std::int64_t now, std::int64_t tolerance) {
  if (id.empty() || signature.empty()) return false;
  const auto seconds = parse_unix_seconds(timestamp);
  if (!seconds || !is_near(*seconds, now, tolerance)) return false;
  return any_matches(signature, token(secret.bytes(), signed_content(id, timestamp, body)));
}

}  // namespace answerback::webhooks
