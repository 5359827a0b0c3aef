#include "webhooks/endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/ids.hpp"
#include "flows/text/letter_case.hpp"

namespace answerback::webhooks {

namespace {

constexpr std::size_t max_header_name = 128;
constexpr std::size_t max_header_value = 4096;

// RFC 9110 5.6.2.
bool is_token_character(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  return letter || digit || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// RFC 9110 5.5: visible characters, space, tab and bytes beyond ASCII; above all no CR, LF or NUL.
bool is_value_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

bool is_reserved(std::string_view name) {
  // Framing and hop-by-hop fields would let a header become a second request; the others are ours to set.
  constexpr std::array<std::string_view, 14> reserved = {
      "host",   "content-length", "content-type",    "content-encoding", "transfer-encoding", "connection", "keep-alive",
      "te",     "upgrade",        "trailer",         "expect",           "accept-encoding",   "user-agent", "http2-settings"};
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end() || name.starts_with("proxy-") ||
         name.starts_with("webhook-");
}

std::optional<std::string> name_problem(std::string_view name) {
  if (name.empty()) return "a header needs a name";
  if (name.size() > max_header_name) return fmt::format("the name is longer than {} characters", max_header_name);
  if (!std::all_of(name.begin(), name.end(), is_token_character))
    return "a header's name may hold letters, digits and !#$%&'*+-.^_`|~ only";
  if (is_reserved(flows::to_lower_ascii(name))) return fmt::format("{} is set by answerback itself", name);
  return std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::string to_string(EndpointKey key) { return engine::key_text("ep_", key.value); }

std::optional<EndpointKey> parse_endpoint_key(std::string_view text) {
  const auto value = engine::parse_key(text, "ep_");
  if (!value) return std::nullopt;
  return EndpointKey{*value};
}

std::vector<Secret> signing_secrets(const Endpoint& endpoint, flows::Instant now) {
  std::vector<Secret> secrets;
  for (const auto& each : endpoint.secrets)
    if (now < each.until) secrets.push_back(each.secret);
  return secrets;
}

bool rotate(Endpoint& endpoint, Secret fresh, flows::Instant old_until, flows::Instant now) {
  auto kept = endpoint.secrets;
  std::erase_if(kept, [now](const auto& each) { return each.until <= now; });
  if (kept.size() > max_old_secrets) return false;
  if (!kept.empty()) kept.front().until = old_until;
  kept.insert(kept.begin(), SigningSecret(std::move(fresh)));
  endpoint.secrets = std::move(kept);
  return true;
}

const std::string* find_header(const Endpoint& endpoint, std::string_view name) {
  const auto wanted = flows::to_lower_ascii(name);
  for (const auto& [known, value] : endpoint.headers)
    if (flows::to_lower_ascii(known) == wanted) return &value;
  return nullptr;
}

std::optional<std::string> header_problem(std::string_view name, std::string_view value) {
  if (auto problem = name_problem(name)) return problem;
  if (value.size() > max_header_value) return fmt::format("the value is longer than {} bytes", max_header_value);
  if (!std::all_of(value.begin(), value.end(), is_value_character)) return "the value holds a control character";
  if (!value.empty() && (is_blank(value.front()) || is_blank(value.back()))) return "the value begins or ends with white space";
  return std::nullopt;
}

}  // namespace answerback::webhooks
