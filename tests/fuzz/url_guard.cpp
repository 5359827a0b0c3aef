// Any bytes as a URL or an address: what may be configured is an http or https URL without a user's name in it, and never one
// whose literal address is private.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "webhooks/address_guard.hpp"

using namespace answerback::webhooks;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto parsed = parse_url(text);
  if (parsed.url.has_value() == !parsed.code.empty()) std::abort();
  if (parsed.url && (parsed.url->host.empty() || !parsed.url->target.starts_with('/') || parsed.url->port == 0)) std::abort();
  const auto strict = vet_url(text, {});
  if (strict.url) {
    if (!strict.url->https || strict.url->host.find('@') != std::string::npos) std::abort();
    const auto is_literal = strict.url->host.find_first_not_of("0123456789.") == std::string::npos || strict.url->host.find(':') != std::string::npos;
    if (is_literal && !address_allowed(strict.url->host, UrlRules{})) std::abort();
  }
  const UrlRules loopback{false, {"127.0.0.0/8", "::1/128"}};
  vet_url(text, loopback);
  if (address_allowed(text, UrlRules{}) && !address_allowed(text, loopback)) std::abort();
  is_cidr(text);
  return 0;
}
