#include "server/http/auth.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

#include "webhooks/crypto.hpp"

using namespace answerback::server;
using Verdict = AuthResult::Verdict;

namespace {

const std::string admin_key = "a key of the operator's own";
const answerback::storage::Instant now{std::chrono::hours(24 * 365 * 50)};

HttpRequest with(std::vector<std::string> authorizations) {
  HttpRequest request;
  for (auto& value : authorizations) request.headers.emplace_back("authorization", std::move(value));
  return request;
}

Verdict check(const KeyRing& ring, const std::string& token, Scope scope = Scope::read) {
  return ring.check(with({"Bearer " + token}), scope).verdict;
}

}  // namespace

TEST_CASE("a made key opens the door, and nothing near it does") {
  const auto key = make_api_key("crm", {"read"}, now);
  KeyRing ring(admin_key);
  ring.replace({key.record});
  const auto result = ring.check(with({"Bearer " + key.text}), Scope::read);
  CHECK(result.verdict == Verdict::ok);
  CHECK(result.key_id == key.record.id);
  for (std::size_t i = 0; i < key.text.size(); ++i) {
    auto other = key.text;
    other[i] = other[i] == '0' ? '1' : '0';
    CHECK(check(ring, other) == Verdict::unauthenticated);
  }
  CHECK(check(ring, key.text + "0") == Verdict::unauthenticated);
  CHECK(check(ring, key.text.substr(0, key.text.size() - 1)) == Verdict::unauthenticated);
  CHECK(check(ring, "ab_" + key.record.id + "_" + key.record.secret_hash) == Verdict::unauthenticated);
  CHECK(check(ring, "ab_" + key.record.id + "_") == Verdict::unauthenticated);
}

TEST_CASE("a key is kept only as the hash of its secret") {
  const auto key = make_api_key("crm", {"read"}, now);
  CHECK(key.text.substr(0, 3) == "ab_");
  const auto secret = key.text.substr(key.text.rfind('_') + 1);
  CHECK(secret.size() == 64);
  CHECK(key.record.secret_hash == answerback::webhooks::to_hex(answerback::webhooks::sha256(secret)));
  CHECK(key.record.created_at == now);
  CHECK(make_api_key("crm", {"read"}, now).text != key.text);
}

TEST_CASE("the header is 'Bearer KEY', once") {
  const KeyRing ring(admin_key);
  const auto verdict = [&](std::vector<std::string> headers) {
    return ring.check(with(std::move(headers)), Scope::admin).verdict;
  };
  CHECK(verdict({"Bearer " + admin_key}) == Verdict::ok);
  CHECK(verdict({"bearer " + admin_key}) == Verdict::ok);
  CHECK(verdict({}) == Verdict::unauthenticated);
  CHECK(verdict({""}) == Verdict::unauthenticated);
  CHECK(verdict({"Bearer"}) == Verdict::unauthenticated);
  CHECK(verdict({"Bearer "}) == Verdict::unauthenticated);
  CHECK(verdict({admin_key}) == Verdict::unauthenticated);
  CHECK(verdict({"Basic " + admin_key}) == Verdict::unauthenticated);
  CHECK(verdict({"Bearer " + admin_key, "Bearer " + admin_key}) == Verdict::unauthenticated);
  CHECK(verdict({"Bearer " + std::string(513, 'a')}) == Verdict::unauthenticated);
}

TEST_CASE("scopes grant what they name; admin grants all, operate also read") {
  const std::vector<std::pair<std::string, std::vector<Scope>>> table{
      {"inbound", {Scope::open, Scope::inbound}},
      {"read", {Scope::open, Scope::read}},
      {"operate", {Scope::open, Scope::read, Scope::operate}},
      {"admin", {Scope::open, Scope::inbound, Scope::read, Scope::operate, Scope::admin}}};
  for (const auto& [name, granted] : table)
    for (const auto wanted : {Scope::open, Scope::inbound, Scope::read, Scope::operate, Scope::admin}) {
      INFO(name << " for " << to_string(wanted));
      CHECK(grants({name}, wanted) == (std::find(granted.begin(), granted.end(), wanted) != granted.end()));
    }
  CHECK(grants({"inbound", "read"}, Scope::read));
  CHECK_FALSE(grants({}, Scope::read));
}

TEST_CASE("a known key without the scope is told which it lacks") {
  const auto key = make_api_key("carrier", {"inbound"}, now);
  KeyRing ring(admin_key);
  ring.replace({key.record});
  const auto result = ring.check(with({"Bearer " + key.text}), Scope::operate);
  CHECK(result.verdict == Verdict::forbidden);
  CHECK(result.detail.find("operate") != std::string::npos);
}

TEST_CASE("a revoked or replaced key is as unknown as any other") {
  auto key = make_api_key("crm", {"admin"}, now);
  KeyRing ring(admin_key);
  ring.replace({key.record});
  CHECK(check(ring, key.text) == Verdict::ok);
  key.record.revoked_at = now;
  ring.replace({key.record});
  const auto revoked = ring.check(with({"Bearer " + key.text}), Scope::read);
  CHECK(revoked.verdict == Verdict::unauthenticated);
  CHECK(revoked.detail == ring.check(with({"Bearer ab_unknown_key"}), Scope::read).detail);
  ring.replace({});
  CHECK(check(ring, key.text) == Verdict::unauthenticated);
}

TEST_CASE("the operator's admin key must be long enough, and without one there is none") {
  CHECK_THROWS_AS(KeyRing("fifteen chars.."), std::invalid_argument);
  CHECK_NOTHROW(KeyRing("sixteen chars..."));
  const KeyRing none("");
  CHECK(check(none, "") == Verdict::unauthenticated);
  CHECK(check(none, "anything at all") == Verdict::unauthenticated);
}
