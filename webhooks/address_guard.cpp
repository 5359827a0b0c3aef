#include "webhooks/address_guard.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <variant>
#include <vector>

#include "webhooks/embedded_address.hpp"
#include "webhooks/special_networks.hpp"

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
std::vector<Network> networks(const std::array<SpecialNetwork, count>& rows) {
  std::vector<Network> out;
  out.reserve(count);
  for (const auto& row : rows) out.push_back(parse_network(row.cidr).value());
  return out;
}

bool in_any(const std::vector<Network>& networks, const ip::address& address) {
  return std::any_of(networks.begin(), networks.end(), [&](const Network& network) { return contains(network, address); });
}

// Only what is known to be public passes: space that nobody was given yet is as closed as what was given to something special.
bool is_public(const ip::address& address) {
  static const auto v4 = networks(special_v4), v6 = networks(special_v6);
  static const auto global = parse_network(global_unicast_v6).value();
  if (address.is_v4()) return !in_any(v4, address);
  return contains(global, address) && !in_any(v6, address) && !is_isatap(address.to_v6().to_bytes());
}

bool is_metadata(const ip::address& address) {
  static const auto list = networks(metadata_services);
  if (in_any(list, address)) return true;
  if (address.is_v4()) return false;
  const auto inside = embedded_in(address.to_v6().to_bytes());
  return std::any_of(inside.begin(), inside.end(), [](std::uint32_t each) { return in_any(list, ip::address_v4(each)); });
}

bool opted_in(const ip::address& address, const UrlRules& rules) {
  std::vector<Network> opened;
  for (const auto& text : rules.allow_cidrs)
    if (const auto network = parse_network(text)) opened.push_back(*network);
  if (std::any_of(opened.begin(), opened.end(), [&](const Network& network) { return names_exactly(network, address); })) return true;
  return in_any(opened, address) && !is_metadata(address);
}

bool allowed(const ip::address& address, const UrlRules& rules) { return is_public(address) || opted_in(address, rules); }

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
