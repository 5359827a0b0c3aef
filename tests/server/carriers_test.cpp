// What all carriers share, and the plain HTTP lane.
#include "server/carriers/carrier.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <nlohmann/json.hpp>

#include "server/http/form.hpp"
#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::server;
using Json = nlohmann::json;
using Result = engine::Handover::Result;

namespace {

webhooks::DueSend a_text(const std::string& text) {
  webhooks::DueSend send;
  send.message.id = {{7}, 2, 5};
  send.message.from = "+15125550100";
  send.message.to = "+15125550142";
  send.message.text = text;
  return send;
}

std::string header_of(const webhooks::HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

std::string name_of(const webhooks::SendSettlement& settlement) {
  if (settlement.retry) return "retry";
  if (settlement.result == Result::accepted) return "accepted";
  return settlement.result == Result::refused ? "refused" : "unknown";
}

webhooks::SendSettlement read(const webhooks::CarrierLane& lane, int status, const std::string& body) {
  webhooks::HttpAnswer answer;
  answer.status = status;
  answer.body = body;
  webhooks::SendSettlement settlement;
  lane.read(answer, settlement);
  return settlement;
}

}  // namespace

TEST_CASE("what a status says of a text: only what was surely not accepted is tried again") {
  for (const auto& row : Json::parse(tests::read_text(std::string(TESTS_DIR) + "/server/data/carrier_answers.json"))) {
    INFO(row.dump());
    webhooks::HttpAnswer answer;
    answer.status = row.at("status");
    answer.error = row.value("because", "");
    answer.before_send = row.value("before_send", false);
    webhooks::SendSettlement settlement;
    read_status(answer, settlement);
    CHECK(name_of(settlement) == (row.contains("retry") ? std::string("retry") : row.at("result").get<std::string>()));
    CHECK(settlement.error == row.value("error", ""));
  }
}

TEST_CASE("percent-encoding leaves RFC 3986's unreserved characters alone and nothing else") {
  CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encode("a b+c&d=e/f%") == "a%20b%2Bc%26d%3De%2Ff%25");
  CHECK(percent_encode("Sí 👍") == "S%C3%AD%20%F0%9F%91%8D");
  CHECK(percent_encode(std::string(1, '\0')) == "%00");
  CHECK(percent_encode("").empty());
  CHECK(encode_form({{"To", "+15125550142"}, {"Body", "a=b&c"}, {"Empty", ""}}) == "To=%2B15125550142&Body=a%3Db%26c&Empty=");
}

TEST_CASE("a form that is encoded is read back as it was") {
  rc::prop("for any printable names and values", [] {
    const auto pairs = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
        rc::gen::pair(rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'))),
                      rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'))));
    RC_PRE(pairs.size() <= 100U);
    const auto parsed = parse_form(encode_form(pairs));
    RC_ASSERT(std::holds_alternative<Form>(parsed));
    RC_ASSERT(std::get<Form>(parsed) == pairs);
  });
}

TEST_CASE("of a repeated field the first value counts, and a missing one is empty") {
  const FormFields fields{{"A", "1"}, {"A", "2"}};
  CHECK(first_value(fields, "A") == "1");
  CHECK(first_value(fields, "B").empty());
}

TEST_CASE("the plain carrier gets one JSON POST per text, with a key that stays the same when it is tried again") {
  HttpCarrierConfig config;
  config.url = "https://sms.example.org/out?x=1";
  config.bearer = {"s3cret"};
  config.headers = {{"x-tenant", "acme"}};
  const auto lane = http_lane(config);
  const auto request = lane.request(a_text("Say \"hi\" & <bye>\nSí 👍"));
  CHECK(request.method == "POST");
  CHECK(request.url == config.url);
  CHECK(header_of(request, "content-type") == "application/json");
  CHECK(header_of(request, "authorization") == "Bearer s3cret");
  CHECK(header_of(request, "x-tenant") == "acme");
  CHECK(header_of(request, "idempotency-key") == "msg_7_2_5");
  CHECK(Json::parse(request.body) ==
        Json{{"id", "msg_7_2_5"}, {"from", "+15125550100"}, {"to", "+15125550142"}, {"text", "Say \"hi\" & <bye>\nSí 👍"}});

  auto again = a_text("Say \"hi\" & <bye>\nSí 👍");
  again.attempt = 2;
  CHECK(lane.request(again).body == request.body);
  CHECK(lane.request(again).headers == request.headers);
}

TEST_CASE("without a key of its own the plain carrier gets no authorization header") {
  CHECK(header_of(http_lane({"https://sms.example.org/", {}, {}}).request(a_text("hi")), "authorization") == "(none)");
}

TEST_CASE("the plain carrier may name the text in its answer; what it says otherwise is not believed") {
  const auto lane = http_lane({"https://sms.example.org/", {}, {}});
  CHECK(read(lane, 200, R"({"id": "abc"})").provider_id == "abc");
  CHECK(read(lane, 200, R"({"id": 12})").provider_id == "12");
  for (const std::string body : {"", "ok", "[]", "{}", R"({"id": null})", R"({"id": {"a": 1}})", "{\"id\": \"\xff\"}"}) {
    INFO(body);
    const auto settlement = read(lane, 202, body);
    CHECK(name_of(settlement) == "accepted");
    CHECK(settlement.provider_id.empty());
  }
  CHECK(read(lane, 500, R"({"id": "abc"})").provider_id.empty());
}
