#include "server/http/header_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace answerback::server {
namespace {

using std::string_view;
using Fault = std::optional<Refusal>;

bool is_space(char c) { return c == ' ' || c == '\t'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_alphanumeric(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }

bool is_token_byte(char c) { return is_alphanumeric(c) || string_view("!#$%&'*+-.^_`|~").find(c) != string_view::npos; }

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

string_view trim(string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Lists nowhere (RFC 9110 section 5.3), and of two values each reader would take another one.
constexpr std::array<string_view, 6> single{"content-type",     "idempotency-key", "authorization",
                                            "content-encoding", "expect",          "x-twilio-signature"};

// RFC 3986 section 3.2 without user information, loosely: what cannot stand in any host is refused.
bool is_host_byte(char c) { return is_alphanumeric(c) || string_view("-._~!$&'()*+;=:[]%").find(c) != string_view::npos; }

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_token(string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_byte); }

bool equal_ignoring_case(string_view a, string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

Fault HeaderRules::line(string_view line) {
  if (++count_ > limits_.max_headers) return Refusal{431, "too_many_headers", "The request has too many header fields."};
  // RFC 9112 section 5.2: a server must refuse a folded line or repair it; a repair is what smuggling lives on.
  if (is_space(line.front())) return Refusal{400, "obs_fold", "A header line must not begin with white space."};
  const auto colon = line.find(':');
  // Also white space before the colon (RFC 9112 section 5.1).
  if (colon == string_view::npos || !is_token(line.substr(0, colon)))
    return Refusal{400, "bad_header_name", "A header line is not 'Name: value'."};
  const auto value = trim(line.substr(colon + 1));
  if (std::any_of(value.begin(), value.end(), is_control))
    return Refusal{400, "bad_header_value", "A header value has control bytes."};
  return field(line.substr(0, colon), value);
}

Fault HeaderRules::field(string_view name, string_view value) {
  const auto is = [&](string_view known) { return equal_ignoring_case(name, known); };
  const auto* once = std::find_if(single.begin(), single.end(), is);
  const auto bit = once == single.end() ? 0U : 1U << static_cast<unsigned>(once - single.begin());
  if ((seen_ & bit) != 0) return Refusal{400, "duplicate_header", "A header that may come once only came twice."};
  seen_ |= bit;
  if (is("host")) return host(value);
  if (is("content-length")) return content_length(value);
  if (is("transfer-encoding")) return transfer_encoding(value);
  if (is("connection")) return connection(value);
  if (is("content-encoding") && !equal_ignoring_case(value, "identity"))
    // Nothing is ever decompressed: a small body must not become a large one.
    return Refusal{415, "content_encoding", "Compressed request bodies are not taken."};
  if (is("expect")) {
    if (!equal_ignoring_case(value, "100-continue"))
      return Refusal{417, "expectation_failed", "Only 100-continue can be expected."};
    expects_continue_ = true;
  }
  return std::nullopt;
}

Fault HeaderRules::host(string_view value) {
  if (host_) return Refusal{400, "duplicate_host", "There is more than one Host header."};
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_host_byte))
    return Refusal{400, "bad_host", "The Host header names no host."};
  host_ = value;
  return std::nullopt;
}

Fault HeaderRules::content_length(string_view value) {
  // Even two that agree: some reader in between may count only one (RFC 9112 section 6.3 allows refusing).
  if (length_) return Refusal{400, "duplicate_content_length", "There is more than one Content-Length header."};
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit))
    return Refusal{400, "bad_content_length", "Content-Length is not a plain number."};
  std::uint64_t length = 0;
  const auto [rest, failure] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (failure != std::errc{}) return Refusal{413, "body_too_large", "The body is too large."};
  length_ = length;
  return std::nullopt;
}

Fault HeaderRules::transfer_encoding(string_view value) {
  // One coding only, and that one: "chunked, identity", "xchunked" and a second header are read differently by different
  // readers (RFC 9112 section 6.1).
  if (chunked_ || !equal_ignoring_case(value, "chunked"))
    return Refusal{400, "bad_transfer_encoding", "The only Transfer-Encoding taken is 'chunked', once."};
  chunked_ = true;
  return std::nullopt;
}

Fault HeaderRules::connection(string_view value) {
  while (true) {
    const auto comma = value.find(',');
    const auto option = trim(value.substr(0, comma));
    close_ = close_ || equal_ignoring_case(option, "close");
    keep_alive_ = keep_alive_ || equal_ignoring_case(option, "keep-alive");
    if (comma == string_view::npos) return std::nullopt;
    value.remove_prefix(comma + 1);
  }
}

Fault HeaderRules::conclude(Head& head, string_view authority) const {
  // RFC 9112 section 3.2.
  if (!host_ && head.http_1_1) return Refusal{400, "missing_host", "There is no Host header."};
  if (!authority.empty() && !(host_ && equal_ignoring_case(*host_, authority)))
    return Refusal{400, "host_mismatch", "The request target names another host than the Host header."};
  if (chunked_ && length_) return Refusal{400, "two_lengths", "Transfer-Encoding and Content-Length exclude each other."};
  if (chunked_ && !head.http_1_1) return Refusal{400, "bad_transfer_encoding", "HTTP/1.0 knows no Transfer-Encoding."};
  if (length_.value_or(0) > limits_.max_body_bytes) return Refusal{413, "body_too_large", "The body is too large."};
  head.body = chunked_ ? Head::Body::chunked : length_.value_or(0) > 0 ? Head::Body::length : Head::Body::none;
  head.content_length = length_.value_or(0);
  head.keep_alive = !close_ && (head.http_1_1 || keep_alive_);
  head.expects_continue = expects_continue_ && head.http_1_1 && head.body != Head::Body::none;
  return std::nullopt;
}

}  // namespace answerback::server
