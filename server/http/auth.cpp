#include "server/http/auth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "server/http/header_rules.hpp"
#include "webhooks/crypto.hpp"

namespace answerback::server {
namespace {

constexpr std::string_view key_prefix = "ab_";
constexpr std::size_t max_token_bytes = 512;
constexpr std::size_t id_bytes = 6;
constexpr std::size_t secret_bytes = 32;

std::string hash(std::string_view text) { return webhooks::to_hex(webhooks::sha256(text)); }

// RFC 6750 section 2.1; the scheme's name is case-insensitive. Two headers are none.
std::optional<std::string_view> bearer_token(const HttpRequest& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto is_it = [](const auto& header) { return header.first == "authorization"; };
  if (std::count_if(request.headers.begin(), request.headers.end(), is_it) != 1) return std::nullopt;
  auto value = *request.header("authorization");
  if (!equal_ignoring_case(value.substr(0, scheme.size()), scheme)) return std::nullopt;
  value.remove_prefix(scheme.size());
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  if (value.empty() || value.size() > max_token_bytes) return std::nullopt;
  return value;
}

struct KeyText {
  std::string_view id;
  std::string_view secret;
};

KeyText take_apart(std::string_view token) {
  if (token.substr(0, key_prefix.size()) != key_prefix) return {{}, token};
  token.remove_prefix(key_prefix.size());
  const auto bar = token.find('_');
  if (bar == std::string_view::npos) return {{}, token};
  return {token.substr(0, bar), token.substr(bar + 1)};
}

AuthResult unauthenticated(std::string detail) { return {AuthResult::Verdict::unauthenticated, "", std::move(detail), false}; }

}  // namespace

bool grants(const std::vector<std::string>& scopes, Scope wanted) {
  if (wanted == Scope::open) return true;
  const auto has = [&](Scope scope) { return std::find(scopes.begin(), scopes.end(), to_string(scope)) != scopes.end(); };
  return has(wanted) || has(Scope::admin) || (wanted == Scope::read && has(Scope::operate));
}

NewApiKey make_api_key(std::string label, std::vector<std::string> scopes, storage::Instant now) {
  const auto id = webhooks::to_hex(webhooks::random_bytes(id_bytes));
  const auto secret = webhooks::to_hex(webhooks::random_bytes(secret_bytes));
  NewApiKey key;
  key.record = {.id = id, .secret_hash = hash(secret), .scopes = std::move(scopes), .label = std::move(label),
                .created_at = now, .revoked_at = std::nullopt};
  key.text = fmt::format("{}{}_{}", key_prefix, id, secret);
  return key;
}

KeyRing::KeyRing(std::string_view admin_key) : keys_(std::make_shared<std::vector<storage::ApiKey>>()) {
  if (admin_key.empty()) return;
  if (admin_key.size() < min_admin_key_length)
    throw std::invalid_argument(fmt::format("the admin key must have at least {} characters", min_admin_key_length));
  admin_hash_ = hash(admin_key);
}

void KeyRing::replace(std::vector<storage::ApiKey> keys) {
  auto fresh = std::make_shared<const std::vector<storage::ApiKey>>(std::move(keys));
  const std::lock_guard lock(mutex_);
  keys_ = std::move(fresh);
}

KeyRing::Keys KeyRing::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

AuthResult KeyRing::check(const HttpRequest& request, Scope wanted) const {
  const auto token = bearer_token(request);
  if (!token) return unauthenticated("This call needs an API key: 'Authorization: Bearer KEY'.");
  const bool is_admin = webhooks::equal_constant_time(hash(*token), admin_hash_);
  const auto text = take_apart(*token);
  const auto keys = this->keys();
  const auto found = std::find_if(keys->begin(), keys->end(), [&](const auto& key) { return key.id == text.id; });
  // An unknown id is compared too, with a hash that no secret has: the time tells nothing.
  static const std::string nobody(64, '-');
  const bool is_known = found != keys->end();
  const bool matches = webhooks::equal_constant_time(hash(text.secret), is_known ? found->secret_hash : nobody);
  if (is_admin) return {AuthResult::Verdict::ok, "admin", "", true};
  if (!is_known || !matches || found->revoked_at) return unauthenticated("The API key is not known here.");
  if (!grants(found->scopes, wanted))
    return {AuthResult::Verdict::forbidden, found->id, fmt::format("The API key lacks the scope '{}'.", to_string(wanted)), false};
  return {AuthResult::Verdict::ok, found->id, "", grants(found->scopes, Scope::admin)};
}

}  // namespace answerback::server
