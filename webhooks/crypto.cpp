#include "webhooks/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <limits>
#include <memory>
#include <stdexcept>

namespace answerback::webhooks {

namespace {

// OpenSSL speaks in unsigned bytes, the project in std::string; a view of bytes may be read as either.
const unsigned char* unsigned_data(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* unsigned_data(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view data) {
  if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) throw std::length_error("hmac: key too long");
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  // An empty key must still be an address: OpenSSL takes a null one for "the key of the call before".
  const char* key_data = key.empty() ? "" : key.data();
  if (!HMAC(digest, key_data, static_cast<int>(key.size()), unsigned_data(data), data.size(), unsigned_data(out), &size))
    throw std::runtime_error("hmac: OpenSSL refused");
  out.resize(size);
  return out;
}

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t not_base64 = 64;

constexpr std::array<std::uint8_t, 256> make_base64_values() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = not_base64;
  for (std::size_t i = 0; i < base64_alphabet.size(); ++i)
    values[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr auto base64_values = make_base64_values();

// Takes "=" off the end: none, or exactly as many as fill up the last group of four.
std::optional<std::string_view> without_padding(std::string_view text) {
  std::size_t padding = 0;
  while (padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const auto digits = text.substr(0, text.size() - padding);
  if (digits.size() % 4 == 1) return std::nullopt;
  if (padding != 0 && padding != (4 - digits.size() % 4) % 4) return std::nullopt;
  return digits;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view data) { return hmac(EVP_sha256(), key, data); }
std::string hmac_sha1(std::string_view key, std::string_view data) { return hmac(EVP_sha1(), key, data); }

std::string sha256(std::string_view data) {
  // Each call with EVP_sha256() would look for the algorithm and make a context anew, which takes longer than a short text's hash.
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string out(32, '\0');
  if (!context || EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) != 1 || EVP_DigestUpdate(context.get(), data.data(), data.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), unsigned_data(out), nullptr) != 1)
    throw std::runtime_error("sha256: OpenSSL refused");
  return out;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  auto at = out.begin();
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    *at++ = digits[value >> 4U];
    *at++ = digits[value & 15U];
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= group.size() ? base64_alphabet[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  const auto digits = without_padding(text);
  if (!digits) return std::nullopt;
  std::string out;
  out.reserve(digits->size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned int waiting = 0;
  for (const char digit : *digits) {
    const auto value = base64_values[static_cast<unsigned char>(digit)];
    if (value == not_base64) return std::nullopt;
    bits = bits << 6U | value;
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    out += static_cast<char>(bits >> waiting & 255U);
    bits &= (1U << waiting) - 1U;
  }
  // Left-over bits must be zero, else two texts would stand for the same bytes (RFC 4648 3.5).
  if (bits != 0) return std::nullopt;
  return out;
}

std::string random_bytes(std::size_t count) {
  if (count > static_cast<std::size_t>(std::numeric_limits<int>::max())) throw std::length_error("random_bytes: too many");
  std::string out(count, '\0');
  if (RAND_bytes(unsigned_data(out), static_cast<int>(count)) != 1) throw std::runtime_error("the system gives no random bytes");
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace answerback::webhooks
