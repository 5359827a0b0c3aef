// Keeps webhooks from reaching into the house: which URLs may be configured, which resolved addresses may be connected to.
// Sources: IANA special-purpose registries (RFC 6890), docs/webhooks.md lists them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::webhooks {

struct Url {
  bool https = true;
  std::string host;    // lower case; without brackets for IPv6
  std::uint16_t port = 443;
  std::string target;  // path and query, at least "/"
  bool operator==(const Url&) const = default;
};

struct UrlRules {
  bool allow_http = false;
  std::vector<std::string> allow_cidrs;  // "127.0.0.0/8": addresses that are private and wanted; also allows http and any port there
};

struct UrlVerdict {
  std::optional<Url> url;
  std::string code;     // "url_scheme", "url_userinfo", "url_host", "url_port", "url_syntax"
  std::string message;
};

UrlVerdict parse_url(std::string_view text);

// The one rule, for configured URLs, test sends and live ones. Literal addresses are judged here, names at connect.
UrlVerdict vet_url(std::string_view text, const UrlRules& rules);

// Whether a resolved address ("10.1.2.3", "::ffff:10.1.2.3") may be connected to.
bool address_allowed(std::string_view address, const UrlRules& rules);

// The same for a name's URL: with allow_cidrs a name may have http or any port, but only when it leads to one of them.
bool address_allowed(std::string_view address, const Url& url, const UrlRules& rules);

bool is_cidr(std::string_view text);

}  // namespace answerback::webhooks
