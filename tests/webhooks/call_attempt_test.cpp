// One try of a call: what is sent, and what its answer leads to.
#include "webhooks/dispatch/call_attempt.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "tests/webhooks/support/rig.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace answerback::webhooks;
using namespace std::chrono_literals;
using dispatch::call_request;
using dispatch::settle_call;

namespace {

const std::string url = "https://crm.example.com/zip/78701";

DispatcherOptions options_with_secret() {
  DispatcherOptions options;
  options.user_agent = "answerback/1";
  options.secret = [](const std::string& name, const std::string&, const std::string& to) {
    if (name != "crm_token") return SecretGrant{"", "unknown_secret"};
    return to.starts_with("https://crm.example.com/") ? SecretGrant{"Bearer s3cret", ""} : SecretGrant{"", "secret_refused"};
  };
  return options;
}

HttpRequest made(const engine::CallRequest& call, flows::Duration after = 0s) {
  return std::get<HttpRequest>(call_request({call, 1, rig_start}, options_with_secret(), rig_start + after));
}

std::map<std::string, std::string> headers_of(const HttpRequest& request) {
  CHECK(std::map(request.headers.begin(), request.headers.end()).size() == request.headers.size());
  return {request.headers.begin(), request.headers.end()};
}

// When it goes again after the n-th try that came to this, in milliseconds from then; nothing: never.
std::optional<std::int64_t> again_after(const HttpAnswer& answer, std::uint32_t attempt, flows::Duration since_start = 0s) {
  const auto now = rig_start + since_start;
  const auto settled = settle_call({call_to(url), attempt, rig_start}, answer, now);
  CHECK_FALSE(settled.answer.ok);
  if (!settled.retry_at) return std::nullopt;
  return (*settled.retry_at - now).count();
}

HttpAnswer busy(const std::string& retry_after) {
  auto answer = status(429);
  answer.headers = {{"retry-after", retry_after}};
  return answer;
}

}  // namespace

TEST_CASE("a call leaves as the flow wrote it, with an id that every try of it carries") {
  auto call = call_to(url);
  call.method = "POST";
  call.body = R"({"zip":"78701"})";
  call.headers = {{"X-Team", "roofs"}};
  call.secret_headers = {{"Authorization", "crm_token"}};
  const auto request = made(call);
  CHECK(request.method == "POST");
  CHECK(request.url == url);
  CHECK(request.body == call.body);
  CHECK(headers_of(request) == std::map<std::string, std::string>{{"X-Team", "roofs"},
                                                                  {"Authorization", "Bearer s3cret"},
                                                                  {"Accept", "application/json"},
                                                                  {"Content-Type", "application/json"},
                                                                  {"User-Agent", "answerback/1"},
                                                                  {"Idempotency-Key", "cnv_7_1-t3"}});
}

TEST_CASE("a flow may say what it sends and accepts, but not take over the call's id") {
  auto call = call_to(url);
  call.headers = {{"accept", "application/hal+json"}, {"idempotency-key", "mine"}, {"user-agent", "somebody"}};
  const auto headers = headers_of(made(call));
  CHECK(headers == std::map<std::string, std::string>{
                       {"accept", "application/hal+json"}, {"User-Agent", "answerback/1"}, {"Idempotency-Key", "cnv_7_1-t3"}});
}

TEST_CASE("a secret that is not configured fails the call by its name") {
  auto call = call_to(url);
  call.secret_headers = {{"Authorization", "crm_tokn"}};
  const auto refused = std::get<dispatch::Unmakeable>(call_request({call, 1, rig_start}, options_with_secret(), rig_start));
  CHECK(refused.error == "unknown_secret:crm_tokn");
  const auto without = std::get<dispatch::Unmakeable>(call_request({call, 1, rig_start}, {}, rig_start));
  CHECK(without.error == "unknown_secret:crm_tokn");
  CHECK_FALSE(dispatch::fail_call({call, 1, rig_start}, refused.error).answer.ok);
}

TEST_CASE("a try takes no longer than webhooks may, nor than the call has left") {
  CHECK(made(call_to(url)).timeout == 10s);
  CHECK(made(call_to(url), 9'500ms).timeout == 500ms);
  auto patient = call_to(url);
  patient.give_up_at = rig_start + 30s;
  CHECK(made(patient).timeout == 15s);
  CHECK(std::get<dispatch::Unmakeable>(call_request({call_to(url), 1, rig_start}, {}, rig_start + 10s)).error == "timeout");
}

TEST_CASE("what may pass is tried again after half a second, one, two; the fourth try is the last") {
  for (const auto& answer : {status(429), status(502), status(503), status(504), no_answer("connect", true), no_answer("dns", true),
                             no_answer("tls", true), no_answer("timeout", false), no_answer("reset", false)}) {
    INFO(answer.status << " " << answer.error);
    CHECK(again_after(answer, 1) == 500);
    CHECK(again_after(answer, 2) == 1000);
    CHECK(again_after(answer, 3) == 2000);
    CHECK_FALSE(again_after(answer, 4));
  }
}

TEST_CASE("what will not pass fails the call at once") {
  for (const auto& answer : {status(302), status(400), status(401), status(404), status(410), status(500), status(501),
                             no_answer("refused_address", true), no_answer("protocol", false)}) {
    INFO(answer.status << " " << answer.error);
    CHECK_FALSE(again_after(answer, 1));
  }
}

TEST_CASE("a receiver that asks for time gets it, as long as the call has it") {
  CHECK(again_after(busy("3"), 1) == 3000);
  CHECK(again_after(busy("0"), 1) == 500);
  CHECK_FALSE(again_after(busy("10"), 1));
  CHECK_FALSE(again_after(busy("4"), 1, 6s));
  CHECK(again_after(status(503), 1, 9s) == 500);
  CHECK_FALSE(again_after(status(503), 2, 9s));
}

TEST_CASE("an answer that can't be read is not asked for again") {
  auto call = call_to(url);
  call.save = {{"vars.price", "/price"}};
  auto answer = status(200);
  answer.body = R"({"cost":1})";
  const auto settled = settle_call({call, 1, rig_start}, answer, rig_start);
  CHECK_FALSE(settled.retry_at);
  CHECK_FALSE(settled.answer.ok);
  CHECK(settled.error == "pointer");
  answer.body = R"({"price":12.5})";
  const auto good = settle_call({call, 1, rig_start}, answer, rig_start);
  CHECK(good.answer.ok);
  CHECK(good.error.empty());
  CHECK(good.answer.values == flows::Values{{"vars.price", 12.5}});
}
