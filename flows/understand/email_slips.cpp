#include <algorithm>
#include <array>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/email_address.hpp"

namespace answerback::flows {

namespace {

struct SlippedEnding {
  std::string_view written, meant;
};

// Endings that no top-level domain has, but that fingers make of the usual ones (IANA root zone database).
constexpr auto endings = std::to_array<SlippedEnding>({
    {"con", "com"}, {"cmo", "com"}, {"ocm", "com"}, {"vom", "com"}, {"comm", "com"}, {"coom", "com"}, {"xom", "com"}, {"cpm", "com"}, {"clm", "com"},
    {"cim", "com"}, {"conm", "com"}, {"comn", "com"}, {"cok", "com"}, {"coma", "com"}, {"ner", "net"}, {"nte", "net"}, {"nett", "net"}, {"ney", "net"},
    {"ogr", "org"}, {"rog", "org"}, {"orgg", "org"}, {"ent", "net"}, {"rf", "fr"},
});

// The big hosts of mailboxes whose names are long enough to be told from other names by one slip.
constexpr auto hosts = std::to_array<std::string_view>({
    "gmail.com",      "googlemail.com", "yahoo.com",     "yahoo.es",     "yahoo.fr",     "yahoo.com.mx", "yahoo.co.uk", "yahoo.ca",
    "hotmail.com",    "hotmail.es",     "hotmail.fr",    "hotmail.co.uk", "outlook.com",  "outlook.es",   "outlook.fr",  "icloud.com",
    "comcast.net",    "verizon.net",    "protonmail.com", "sbcglobal.net", "bellsouth.net", "wanadoo.fr",   "orange.fr",   "laposte.net",
    "telefonica.net",
});

constexpr auto bytes_of_hosts = [] {
  std::array<std::uint64_t, hosts.size()> bytes{};
  std::transform(hosts.begin(), hosts.end(), bytes.begin(), bytes_in);
  return bytes;
}();

// Names so near to those that they look like slips, but which have mailboxes of their own, and countries' doors of the same hosts.
constexpr auto real_hosts = std::to_array<std::string_view>({
    "mail.com",   "ymail.com",  "email.com",  "zmail.com",  "fmail.com",   "tmail.com",   "rmail.com",  "hmail.com",  "gmx.com",    "yahoo.cl",
    "yahoo.de",   "yahoo.it",   "yahoo.in",   "yahoo.se",   "yahoo.dk",    "yahoo.no",    "yahoo.pl",   "yahoo.gr",   "yahoo.at",   "yahoo.be",
    "yahoo.ro",   "yahoo.ie",   "yahoo.com.ar", "yahoo.com.br", "yahoo.com.co", "yahoo.com.pe", "yahoo.com.ve", "yahoo.com.au", "yahoo.com.ph", "yahoo.co.in",
    "yahoo.co.jp", "hotmail.it", "hotmail.de", "hotmail.ca", "hotmail.be",  "hotmail.cl",  "hotmail.ch", "hotmail.se", "hotmail.nl", "hotmail.com.ar",
    "hotmail.com.mx", "hotmail.com.br", "outlook.it", "outlook.de", "outlook.be", "outlook.cl", "outlook.pt", "outlook.ie", "outlook.in", "outlook.com.br",
    "outlook.com.ar", "outlook.com.mx", "oranges.fr", "granger.fr",
});

std::string with_meant_ending(std::string_view domain) {
  const auto dot = domain.rfind('.');
  if (dot == std::string_view::npos) return std::string(domain);
  const auto last = domain.substr(dot + 1);
  const auto slip = std::find_if(endings.begin(), endings.end(), [&](const SlippedEnding& one) { return one.written == last; });
  return slip == endings.end() ? std::string(domain) : std::string(domain.substr(0, dot + 1)) + std::string(slip->meant);
}

// The one host that is a slip away; two slips in the longer names.
std::string_view nearest_host(std::string_view domain) {
  constexpr std::size_t long_enough = 11;
  std::string_view two_slips_away;
  const auto bytes = bytes_in(domain);
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto host = hosts[i];
    const std::size_t most_slips = host.size() >= long_enough ? 2 : 1;
    if (host.size() > domain.size() + most_slips || domain.size() > host.size() + most_slips) continue;
    if (least_distance(bytes, bytes_of_hosts[i]) > most_slips) continue;
    const auto slips = edit_distance(domain, host, most_slips);
    if (slips <= 1) return host;
    if (slips <= most_slips && two_slips_away.empty()) two_slips_away = host;
  }
  return two_slips_away;
}

}  // namespace

std::string meant_domain(std::string_view domain) {
  const auto ended = with_meant_ending(domain);
  const bool is_known = is_one_of(ended, hosts) || is_one_of(ended, real_hosts);
  const auto host = is_known ? std::string_view() : nearest_host(ended);
  if (!host.empty()) return std::string(host);
  return ended != domain ? ended : std::string();
}

}  // namespace answerback::flows
