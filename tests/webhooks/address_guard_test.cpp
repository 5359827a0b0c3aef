#include "webhooks/address_guard.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>

using namespace answerback::webhooks;
using nlohmann::json;

namespace {

json rows(const std::string& name) {
  std::ifstream file(std::string(TESTS_DIR) + "/webhooks/" + name);
  return json::parse(file);
}

UrlRules rules_of(const json& row) {
  return {row.value("allow_http", false), row.value("allow_cidrs", std::vector<std::string>())};
}

UrlRules loopback() { return {false, {"127.0.0.0/8"}}; }

}  // namespace

TEST_CASE("URLs are accepted and refused as the table says (RFC 3986, RFC 6761, RFC 6890)") {
  for (const auto& row : rows("urls.json")) {
    const auto text = row.at("url").get<std::string>();
    INFO(row.dump());
    const auto verdict = vet_url(text, rules_of(row));
    CHECK(verdict.code == row.value("code", ""));
    CHECK(verdict.message.empty() == verdict.code.empty());
    REQUIRE(verdict.url.has_value() == !row.contains("code"));
    if (!verdict.url) continue;
    CHECK(*verdict.url == Url{row.at("https"), row.at("host"), row.at("port"), row.at("target")});
  }
}

TEST_CASE("addresses may be connected to as the table says (IANA special-purpose registries, RFC 6890)") {
  for (const auto& row : rows("addresses.json")) {
    INFO(row.dump());
    CHECK(address_allowed(row.at("address").get<std::string>(), rules_of(row)) == row.at("allowed").get<bool>());
  }
}

TEST_CASE("a name with http or an odd port may lead to addresses only that were opted into") {
  const auto odd = vet_url("http://crm.internal:3000/", loopback()).url.value();
  CHECK(address_allowed("127.0.0.1", odd, loopback()));
  CHECK_FALSE(address_allowed("8.8.8.8", odd, loopback()));
  CHECK_FALSE(address_allowed("10.1.2.3", odd, loopback()));
  const auto ordinary = vet_url("https://crm.example/", loopback()).url.value();
  CHECK(address_allowed("8.8.8.8", ordinary, loopback()));
  CHECK(address_allowed("127.0.0.1", ordinary, loopback()));
  CHECK_FALSE(address_allowed("10.1.2.3", ordinary, loopback()));
  CHECK_FALSE(address_allowed("127.0.0.1", ordinary, {}));
  CHECK_FALSE(address_allowed("nonsense", ordinary, loopback()));
}

TEST_CASE("every address wrapped into IPv6 is judged as the IPv4 address that it is") {
  rc::prop("mapped", [](std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    const auto v4 = std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c) + "." + std::to_string(d);
    RC_ASSERT(address_allowed("::ffff:" + v4, {}) == address_allowed(v4, {}));
    RC_ASSERT(!address_allowed("64:ff9b::" + v4, {}));
    RC_ASSERT(!address_allowed("::" + v4, {}));
  });
}

TEST_CASE("whatever stands in a URL, it is read or refused with a code") {
  rc::prop("total", [](const std::string& tail) {
    const auto verdict = vet_url("https://crm.example" + tail, {});
    RC_ASSERT(verdict.url.has_value() == verdict.code.empty());
    if (verdict.url) RC_ASSERT(verdict.url->target.find_first_of(" \r\n\\#") == std::string::npos);
  });
}

TEST_CASE("a network is an address and a prefix length") {
  for (const char* good : {"127.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "1.2.3.4/32", "::1/128", "fd00::/8", "::/0"}) CHECK(is_cidr(good));
  for (const char* bad : {"", "/", "127.0.0.1", "127.0.0.0/", "127.0.0.0/33", "127.0.0.0/-1", "127.0.0.0/8x", "127/8", "::1", "::1/129",
                          "fe80::1%lo/64", "localhost/8", "127.0.0.0/8/8", " 127.0.0.0/8"}) {
    INFO(bad);
    CHECK_FALSE(is_cidr(bad));
  }
}
