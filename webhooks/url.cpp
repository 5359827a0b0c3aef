// parse_url: a strict reading of RFC 3986 for what a webhook may be sent to. One spelling is accepted where browsers and
// libraries would each guess their own, since a guess that differs from the connecting code's is a way past the guard.
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "flows/text/letter_case.hpp"
#include "webhooks/address_guard.hpp"

namespace answerback::webhooks {

namespace {

constexpr std::size_t max_url = 2'048;
constexpr std::size_t max_host = 253;  // RFC 1035 2.3.4
constexpr std::size_t max_label = 63;

UrlVerdict refuse(std::string code, std::string message) { return {std::nullopt, std::move(code), std::move(message)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Characters that may stand in a path or query, and complete percent escapes (RFC 3986 3.3, 3.4).
bool is_target(std::string_view text) {
  constexpr std::string_view marks = "-._~!$&'()*+,;=:@/?";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%' ? i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])
                 : is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos)
      continue;
    return false;
  }
  return true;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > max_label || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
}

bool is_name(std::string_view host) {
  if (host.size() > max_host) return false;
  while (true) {
    const auto dot = host.find('.');
    if (!is_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

// A host whose last label is a number, decimal or 0x, is an IPv4 address to browsers and inet_aton, in whatever spelling
// (WHATWG URL, "ends in a number checker").
bool ends_in_number(std::string_view host) {
  const auto last = host.substr(host.rfind('.') == std::string_view::npos ? 0 : host.rfind('.') + 1);
  if (last.starts_with("0x")) return std::all_of(last.begin() + 2, last.end(), is_hex);
  return std::all_of(last.begin(), last.end(), is_digit);
}

std::optional<std::string> read_ipv6(std::string_view text) {
  // Zone ids are of this machine's own links; Asio would take them.
  if (text.find('%') != std::string_view::npos) return std::nullopt;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address_v6(std::string(text), error);
  if (error) return std::nullopt;
  return address.to_string();
}

UrlVerdict read_host(std::string_view text, Url url) {
  if (text.empty()) return refuse("url_host", "the URL has no host");
  if (text.front() == '[') {
    const auto address = text.back() == ']' ? read_ipv6(text.substr(1, text.size() - 2)) : std::nullopt;
    if (!address) return refuse("url_host", "the host is no IPv6 address");
    url.host = *address;
    return {std::move(url), "", ""};
  }
  url.host = flows::to_lower_ascii(text);
  if (url.host.back() == '.') return refuse("url_host", "the host must not end with a dot");
  if (!is_name(url.host)) return refuse("url_host", "the host is no host name; names beyond ASCII are written in their xn-- form");
  if (ends_in_number(url.host)) {
    boost::system::error_code error;
    boost::asio::ip::make_address_v4(url.host, error);
    if (error) return refuse("url_host", "an IPv4 address is written as four decimal numbers");
  }
  return {std::move(url), "", ""};
}

std::optional<std::uint16_t> read_port(std::string_view text) {
  if (text.empty() || text.front() == '0') return std::nullopt;
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return port;
}

UrlVerdict read_authority(std::string_view text, Url url) {
  if (text.find('@') != std::string_view::npos) return refuse("url_userinfo", "a URL must not hold a user name or password");
  const auto bracket = text.rfind(']');
  if (text.starts_with('[') && bracket == std::string_view::npos) return refuse("url_host", "the host is no IPv6 address");
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const auto port = read_port(text.substr(colon + 1));
    if (!port) return refuse("url_port", "the port is no number from 1 to 65535");
    url.port = *port;
  }
  return read_host(text.substr(0, colon), std::move(url));
}

// The scheme with its "://" taken off `text`.
std::optional<Url> read_scheme(std::string_view& text) {
  const auto end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  const auto scheme = flows::to_lower_ascii(text.substr(0, end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  text.remove_prefix(end + 3);
  Url url;
  url.https = scheme == "https";
  url.port = url.https ? 443 : 80;
  return url;
}

}  // namespace

UrlVerdict parse_url(std::string_view text) {
  if (text.empty() || text.size() > max_url) return refuse("url_syntax", "a URL has 1 to 2048 characters");
  // Space, controls, DEL and the backslash, which some parsers take for a slash, are never part of a URL.
  if (std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F' || c == '\\'; }))
    return refuse("url_syntax", "a URL must not hold white space, control characters or backslashes");
  if (text.find('#') != std::string_view::npos) return refuse("url_syntax", "a fragment is never sent; leave it out");
  auto url = read_scheme(text);
  if (!url) return refuse("url_scheme", "the URL must begin with https://");
  const auto authority_end = std::min(text.find_first_of("/?"), text.size());
  const auto target = text.substr(authority_end);
  if (!is_target(target)) return refuse("url_syntax", "the path or query holds a character that must be percent-encoded");
  url->target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  return read_authority(text.substr(0, authority_end), std::move(*url));
}

}  // namespace answerback::webhooks
