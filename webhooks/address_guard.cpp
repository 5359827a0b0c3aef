#include "webhooks/address_guard.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <variant>

namespace answerback::webhooks {

namespace {

namespace ip = boost::asio::ip;
using Network = std::variant<ip::network_v4, ip::network_v6>;

std::optional<Network> parse_network(std::string_view text) {
  const std::string copy(text);
  boost::system::error_code error;
  if (const auto v4 = ip::make_network_v4(copy, error); !error) return v4.canonical();
  if (copy.find('%') != std::string::npos) return std::nullopt;
  if (const auto v6 = ip::make_network_v6(copy, error); !error) return v6.canonical();
  return std::nullopt;
}

// An IPv4 address in IPv6 clothes is judged as what it is.
std::optional<ip::address> parse_address(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return std::nullopt;
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

bool contains(const Network& network, const ip::address& address) {
  if (const auto* v4 = std::get_if<ip::network_v4>(&network))
    return address.is_v4() && ip::network_v4(address.to_v4(), v4->prefix_length()).canonical() == *v4;
  const auto& v6 = std::get<ip::network_v6>(network);
  return address.is_v6() && ip::network_v6(address.to_v6(), v6.prefix_length()).canonical() == v6;
}

bool names_exactly(const Network& network, const ip::address& address) {
  const auto* v4 = std::get_if<ip::network_v4>(&network);
  return contains(network, address) && (v4 ? v4->prefix_length() == 32 : std::get<ip::network_v6>(network).prefix_length() == 128);
}

template <std::size_t count>
std::vector<Network> networks(const std::array<std::string_view, count>& texts) {
  std::vector<Network> out;
  for (const auto text : texts) out.push_back(parse_network(text).value());
  return out;
}

bool in_any(const std::vector<Network>& networks, const ip::address& address) {
  return std::any_of(networks.begin(), networks.end(), [&](const Network& network) { return contains(network, address); });
}

// IANA's special-purpose registries (RFC 6890 and its updates), multicast, and what else is not the public internet:
// 6to4 relays, site-local, Azure's wire server 168.63.129.16, and every way to wrap an IPv4 address into an IPv6 one.
const std::vector<Network>& not_public() {
  static const auto list = networks(std::to_array<std::string_view>({
      "0.0.0.0/8",       "10.0.0.0/8",      "100.64.0.0/10",   "127.0.0.0/8",     "169.254.0.0/16",    "172.16.0.0/12",
      "192.0.0.0/24",    "192.0.2.0/24",    "192.88.99.0/24",  "192.168.0.0/16",  "198.18.0.0/15",     "198.51.100.0/24",
      "203.0.113.0/24",  "224.0.0.0/4",     "240.0.0.0/4",     "168.63.129.16/32",
      "::/96",           "::ffff:0:0/96",   "64:ff9b::/96",    "64:ff9b:1::/48",  "100::/64",          "2001::/23",
      "2001:db8::/32",   "2002::/16",       "3fff::/20",       "5f00::/16",       "fc00::/7",          "fe80::/10",
      "fec0::/10",       "ff00::/8"}));
  return list;
}

// Where clouds hand out credentials to whoever asks. A wide allow_cidrs must not open them by accident.
const std::vector<Network>& metadata_services() {
  static const auto list = networks(std::to_array<std::string_view>(
      {"169.254.169.254/32", "169.254.170.2/32", "168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::254/128"}));
  return list;
}

bool opted_in(const ip::address& address, const UrlRules& rules) {
  const bool metadata = in_any(metadata_services(), address);
  return std::any_of(rules.allow_cidrs.begin(), rules.allow_cidrs.end(), [&](const std::string& text) {
    const auto network = parse_network(text);
    return network && (metadata ? names_exactly(*network, address) : contains(*network, address));
  });
}

bool allowed(const ip::address& address, const UrlRules& rules) {
  return opted_in(address, rules) || !in_any(not_public(), address);
}

bool ends_with_label(std::string_view host, std::string_view label) {
  return host == label || (host.size() > label.size() && host.ends_with(label) && host[host.size() - label.size() - 1] == '.');
}

bool is_loopback_name(std::string_view host) { return ends_with_label(host, "localhost") || ends_with_label(host, "localdomain"); }

// Names that never lead to a public place (RFC 6761, RFC 6762, RFC 8375, and ICANN's reservation of .internal).
bool is_inside_name(std::string_view host) {
  constexpr std::array<std::string_view, 4> labels = {"local", "internal", "test", "home.arpa"};
  return std::any_of(labels.begin(), labels.end(), [&](std::string_view label) { return ends_with_label(host, label); });
}

// A name's address is known at connect only; until then it may be one of those that were opted into, if any were.
bool may_lead_inside(const Url& url, const std::optional<ip::address>& literal, const UrlRules& rules) {
  if (literal) return opted_in(*literal, rules);
  if (is_loopback_name(url.host)) return opted_in(ip::address_v4::loopback(), rules);
  return !rules.allow_cidrs.empty();
}

// Ports of other services must not be reachable by a body that somebody else may shape.
bool is_ordinary_port(const Url& url) {
  return url.https ? url.port == 443 || url.port == 8443 : url.port == 80 || url.port == 8080;
}

bool is_ordinary(const Url& url, const UrlRules& rules) { return (url.https || rules.allow_http) && is_ordinary_port(url); }

UrlVerdict refuse_address(std::string code, std::string message) { return {std::nullopt, std::move(code), std::move(message)}; }

}  // namespace

UrlVerdict vet_url(std::string_view text, const UrlRules& rules) {
  auto verdict = parse_url(text);
  if (!verdict.url) return verdict;
  const auto& url = *verdict.url;
  const auto literal = parse_address(url.host);
  if (literal && !allowed(*literal, rules)) return refuse_address("url_host", "the address is private or reserved");
  if (may_lead_inside(url, literal, rules)) return verdict;
  if (is_loopback_name(url.host) || is_inside_name(url.host)) return refuse_address("url_host", "the name leads to a private place");
  if (!url.https && !rules.allow_http) return refuse_address("url_scheme", "the URL must begin with https://");
  if (!is_ordinary_port(url)) return refuse_address("url_port", url.https ? "https goes to port 443 or 8443" : "http goes to port 80 or 8080");
  return verdict;
}

bool address_allowed(std::string_view address, const UrlRules& rules) {
  const auto parsed = parse_address(address);
  return parsed && allowed(*parsed, rules);
}

bool address_allowed(std::string_view address, const Url& url, const UrlRules& rules) {
  const auto parsed = parse_address(address);
  if (!parsed) return false;
  return is_ordinary(url, rules) ? allowed(*parsed, rules) : opted_in(*parsed, rules);
}

bool is_cidr(std::string_view text) { return parse_network(text).has_value(); }

}  // namespace answerback::webhooks
