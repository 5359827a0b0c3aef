#include "server/config/secrets.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "server/config/flow_rules.hpp"

using namespace answerback;
using namespace answerback::server;

namespace {

const std::string crm = "https://api.crm.example/quotes";

Secrets some() {
  return Secrets({{"bound", {{"s3cret"}, {"api.crm.example", "other.example:8443", "[2001:db8::1]"}, {"Authorization"}}},
                  {"any_header", {{"s3cret"}, {"api.crm.example"}, {}}},
                  {"unbound", {{"s3cret"}, {}, {}}}});
}

bool goes(const Secrets& secrets, const std::string& name, const std::string& url, const std::string& header = "Authorization") {
  const auto grant = secrets.grant(name, header, url);
  CHECK(grant.value.empty() == !grant.refusal.empty());
  CHECK(secrets.problem(name, header, url).empty() == (grant.refusal.empty() || grant.refusal == "unknown_secret"));
  return grant.refusal.empty();
}

flows::LoadResult calling(const std::string& url, const std::string& secret) {
  const auto source = R"({"flow": "quote", "title": "Quote", "language": "en", "sender": "Acme", "triggers": {"keywords": ["QUOTE"]}, "start": "hi",
    "steps": {"hi": {"say": "Acme here. Reply STOP to opt out.", "next": "ask"},
              "ask": {"call": {"url": ")" + url + R"(", "headers": {"Authorization": {"secret": ")" + secret + R"("}}}, "next": "done"},
              "done": {"say": "Bye.", "complete": "done"}}})";
  auto loaded = flows::load_flow(source, flow_rules());
  for (const auto& issue : loaded.issues) UNSCOPED_INFO(issue.message);
  REQUIRE(loaded.flow);
  return loaded;
}

std::vector<std::string> codes(const std::string& url, const std::string& secret, const CallRules& rules) {
  std::vector<std::string> all;
  for (const auto& issue : judge_calls(*calling(url, secret).flow, rules)) all.push_back(issue.code);
  return all;
}

}  // namespace

TEST_CASE("a secret goes to the hosts and in the headers that it names, and nowhere else") {
  const auto secrets = some();
  CHECK(goes(secrets, "bound", crm));
  CHECK(goes(secrets, "bound", "https://API.CRM.EXAMPLE/x", "AUTHORIZATION"));
  CHECK(goes(secrets, "bound", "https://api.crm.example:8443/x"));
  CHECK(goes(secrets, "bound", "https://other.example:8443/x"));
  CHECK(goes(secrets, "bound", "https://[2001:db8:0::1]/x"));
  CHECK(goes(secrets, "any_header", crm, "X-Key"));
  for (const std::string url : {"https://evil.example/", "https://api.crm.example.evil.example/", "https://xapi.crm.example/", "https://crm.example/",
                                "https://other.example/", "https://api.crm.example@evil.example/", "https://evil.example/?api.crm.example",
                                "https://evil.example/#api.crm.example", "https://127.0.0.1/", "nonsense", ""}) {
    INFO(url);
    CHECK(secrets.grant("bound", "Authorization", url).refusal == "secret_refused");
  }
  CHECK_FALSE(goes(secrets, "bound", crm, "X-Key"));
  CHECK(secrets.grant("nobody", "Authorization", crm).refusal == "unknown_secret");
}

TEST_CASE("a secret without hosts stays in the house: on this machine, and where the operator's own flows send it") {
  auto secrets = some();
  CHECK(goes(secrets, "unbound", "http://127.0.0.1:3000/x"));
  CHECK(goes(secrets, "unbound", "http://[::1]:3000/x"));
  CHECK_FALSE(goes(secrets, "unbound", crm));
  CHECK_FALSE(goes(secrets, "unbound", "https://8.8.8.8/"));
  CHECK_FALSE(goes(secrets, "unbound", "http://10.0.0.1/"));
  secrets.trust(*calling(crm, "unbound").flow);
  CHECK(goes(secrets, "unbound", crm));
  CHECK_FALSE(goes(secrets, "unbound", "https://evil.example/"));
  secrets.trust(*calling("https://evil.example/x", "bound").flow);  // one that names hosts goes by these alone
  CHECK_FALSE(goes(secrets, "bound", "https://evil.example/x"));
}

TEST_CASE("a flow that would send a secret elsewhere, or anything over http://, has an error") {
  const auto secrets = some();
  const CallRules server{webhooks::UrlRules{}, &secrets}, opened{webhooks::UrlRules{false, {"10.0.0.0/8"}}, &secrets}, none;
  CHECK(codes(crm, "bound", server).empty());
  CHECK(codes(crm + "?zip={{contact.zip | default: '0'}}", "bound", server).empty());
  CHECK(codes("https://evil.example/", "bound", server) == std::vector<std::string>{"call_header"});
  CHECK(codes(crm, "unbound", server) == std::vector<std::string>{"call_header"});
  CHECK(codes(crm, "not_configured_yet", server).empty());
  CHECK(codes("http://api.crm.example/", "bound", server) == std::vector<std::string>{"call_url"});
  CHECK(codes("http://10.0.0.1:3000/", "bound", server) == std::vector<std::string>{"call_url", "call_header"});
  CHECK(codes("http://127.0.0.1:3000/", "unbound", server).empty());
  CHECK(codes("http://10.0.0.1:3000/", "not_configured_yet", opened).empty());
  // Without a configuration: https, or this machine.
  CHECK(codes("http://api.crm.example/", "bound", none) == std::vector<std::string>{"call_url"});
  CHECK(codes("http://10.0.0.1/", "bound", none) == std::vector<std::string>{"call_url"});
  CHECK(codes("http://127.0.0.1:3000/", "bound", none).empty());
  CHECK(codes("http://localhost:3000/", "bound", none).empty());
  CHECK(codes("https://evil.example/", "bound", none).empty());
  auto loaded = calling("https://evil.example/", "bound");
  add_call_issues(loaded, server);
  CHECK_FALSE(loaded.flow);
}

TEST_CASE("a secret's host is a host, with a port or without") {
  for (const char* good : {"api.example.com", "api.example.com:8443", "127.0.0.1", "127.0.0.1:3000", "[2001:db8::1]", "[::1]:3000"}) CHECK(is_secret_host(good));
  for (const char* bad : {"", "*", "*.example.com", "https://api.example.com", "api.example.com/", "api.example.com/path", "u@api.example.com", "a b", "a:", "a:0", "a?x", "a#x"}) {
    INFO(bad);
    CHECK_FALSE(is_secret_host(bad));
  }
}
