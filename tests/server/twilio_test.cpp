// Sources: twilio.com/docs/usage/security, /docs/messaging/guides/webhook-request, /docs/messaging/twiml, /docs/api/errors.
#include "server/carriers/twilio.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "server/http/form.hpp"
#include "tests/server/office.hpp"
#include "webhooks/crypto.hpp"

using namespace answerback;
using namespace answerback::server;
using Json = nlohmann::json;
using Result = engine::Handover::Result;

namespace {

struct Signed {
  std::string name, token, url, signature;
  FormFields form;
  bool fits() const { return twilio_signature_fits(token, url, form, signature); }
};

std::vector<Signed> vectors() {
  std::vector<Signed> all;
  for (const auto& row : Json::parse(tests::read_text(std::string(TESTS_DIR) + "/server/data/twilio_signatures.json"))) {
    Signed one{row.at("name"), row.at("token"), row.at("url"), row.at("signature"), {}};
    for (const auto& pair : row.at("form")) one.form.emplace_back(pair.at(0), pair.at(1));
    all.push_back(std::move(one));
  }
  return all;
}

// Every way to flip one bit in one byte of the text, told to the check.
void every_flip(std::string& text, const std::function<void()>& check) {
  for (auto& byte : text) {
    for (int bit = 0; bit < 8; ++bit) {
      const auto before = byte;
      byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
      check();
      byte = before;
    }
  }
}

webhooks::SendSettlement read(int status, const std::string& body) {
  webhooks::HttpAnswer answer;
  answer.status = status;
  answer.body = body;
  webhooks::SendSettlement settlement;
  twilio_lane({}).read(answer, settlement);
  return settlement;
}

}  // namespace

TEST_CASE("what Twilio's own library signs is accepted") {
  for (const auto& vector : vectors()) {
    INFO(vector.name);
    CHECK(vector.fits());
  }
}

TEST_CASE("the order in which parameters arrive does not matter to Twilio's signature") {
  for (auto vector : vectors()) {
    std::reverse(vector.form.begin(), vector.form.end());
    CHECK(vector.fits());
  }
}

TEST_CASE("a bit that differs anywhere in signature, URL or parameters is refused") {
  int accepted = 0;
  for (auto vector : vectors()) {
    const auto look = [&] { accepted += vector.fits() ? 1 : 0; };
    every_flip(vector.signature, look);
    // The port of our own URL is no part of it: Twilio signs with or without.
    if (vector.url.find(":443") == std::string::npos) every_flip(vector.url, look);
    every_flip(vector.token, look);
    // With a repeated value one of the copies is redundant: the set of values is what is signed.
    if (vector.name.find("repeated") != std::string::npos) continue;
    for (auto& [name, value] : vector.form) {
      every_flip(name, look);
      every_flip(value, look);
    }
  }
  CHECK(accepted == 0);
}

TEST_CASE("a parameter too many, too few or emptied is refused, and so is another token or none") {
  auto vector = vectors().at(3);
  REQUIRE(vector.fits());
  auto changed = vector;
  changed.form.emplace_back("Extra", "1");
  CHECK_FALSE(changed.fits());
  changed = vector;
  changed.form.pop_back();
  CHECK_FALSE(changed.fits());
  changed = vector;
  changed.form.emplace_back("Body", "another body");
  CHECK_FALSE(changed.fits());
  changed = vector;
  changed.form[5].second.clear();
  CHECK_FALSE(changed.fits());
  for (const std::string signature : {"", "=", "v1,abc", "3otecx4ZTzbQJnJU4Dn2sx6Nxrk", "3otecx4ZTzbQJnJU4Dn2sx6Nxrk= "}) {
    changed = vector;
    changed.signature = signature;
    CHECK_FALSE(changed.fits());
  }
  changed = vector;
  changed.token = "54321";
  CHECK_FALSE(changed.fits());
  for (const std::string url : {"http://bot.example.org/in/twilio", "https://bot.example.org/in/twilio/",
                                "https://bot.example.org/in/twilio?", "https://BOT.example.org/in/twilio", ""}) {
    changed = vector;
    changed.url = url;
    INFO(url);
    CHECK_FALSE(changed.fits());
  }
}

TEST_CASE("without a token nothing fits, not even what was signed with an empty one") {
  const std::string url = "https://bot.example.org/in/twilio";
  CHECK_FALSE(twilio_signature_fits("", url, {}, webhooks::to_base64(webhooks::hmac_sha1("", url))));
}

TEST_CASE("a space that came as + and one that came as %20 sign alike: the decoded text counts") {
  const std::string url = "https://bot.example.org/in/twilio";
  const auto signature = webhooks::to_base64(webhooks::hmac_sha1("12345", url + "BodyYES please"));
  for (const auto* body : {"Body=YES+please", "Body=YES%20please"}) {
    CHECK(twilio_signature_fits("12345", url, std::get<Form>(parse_form(body)), signature));
  }
  CHECK_FALSE(twilio_signature_fits("12345", url, std::get<Form>(parse_form("Body=YES%2Bplease")), signature));
}

TEST_CASE("a parameter without a value is signed by its name") {
  const std::string url = "https://bot.example.org/in/twilio";
  const auto signature = webhooks::to_base64(webhooks::hmac_sha1("12345", url + "BodyFrom+1"));
  CHECK(twilio_signature_fits("12345", url, {{"From", "+1"}, {"Body", ""}}, signature));
}

TEST_CASE("Twilio's inbound form: text, numbers, media, and whether Advanced Opt-Out has answered") {
  const auto inbound = read_twilio_inbound({{"MessageSid", "SM1"}, {"From", "+14155550123"}, {"To", "+18005550100"}, {"Body", "hi"},
                                            {"NumMedia", "2"}, {"MediaUrl0", "https://a"}, {"MediaUrl1", "https://b"}, {"MediaUrl2", "https://c"}});
  CHECK(inbound.message_sid == "SM1");
  CHECK(inbound.from == "+14155550123");
  CHECK(inbound.to == "+18005550100");
  CHECK(inbound.text == "hi");
  CHECK(inbound.media == std::vector<std::string>{"https://a", "https://b"});
  CHECK_FALSE(inbound.already_answered);
  CHECK(read_twilio_inbound({{"OptOutType", "STOP"}}).already_answered);
}

TEST_CASE("a count of media that is none, or more than ten, does no harm") {
  FormFields fields;
  for (int i = 0; i < 20; ++i) fields.emplace_back("MediaUrl" + std::to_string(i), "https://m");
  const auto with = [&](const std::string& count) {
    auto all = fields;
    all.emplace_back("NumMedia", count);
    return read_twilio_inbound(all).media.size();
  };
  CHECK(with("10") == 10);
  CHECK(with("2147483647") == 10);
  for (const auto* none : {"-1", "", "x", "3x", "99999999999999999999"}) CHECK(with(none) == 0);
}

TEST_CASE("Twilio's status callbacks, in our words") {
  const auto status = [](const std::string& word) {
    const auto receipt = read_twilio_status({{"MessageSid", "SM1"}, {"MessageStatus", word}});
    return receipt ? std::string(engine::to_string(receipt->status)) : std::string("nothing");
  };
  CHECK(status("sent") == "sent");
  CHECK(status("delivered") == "delivered");
  CHECK(status("read") == "delivered");
  CHECK(status("undelivered") == "failed");
  CHECK(status("failed") == "failed");
  for (const auto* word : {"queued", "sending", "accepted", "", "DELIVERED"}) CHECK(status(word) == "nothing");
}

TEST_CASE("a failed text carries Twilio's code, and 21610 is an opt-out") {
  const auto receipt = [](const std::string& code) {
    return *read_twilio_status({{"MessageSid", "SM1"}, {"MessageStatus", "failed"}, {"ErrorCode", code}});
  };
  CHECK(receipt("30003").error == "twilio_30003");
  CHECK_FALSE(receipt("30003").opted_out);
  CHECK(receipt("21610").opted_out);
  CHECK(receipt("").error.empty());
  CHECK(receipt("x").error.empty());
}

TEST_CASE("TwiML is escaped as Twilio's library does it, and without texts it is an empty response") {
  const std::string head = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  CHECK(twiml({R"(Hi <Tom> & "you")"}) == head + R"(<Response><Message>Hi &lt;Tom&gt; &amp; "you"</Message></Response>)");
  CHECK(twiml({}) == head + "<Response/>");
  CHECK(twiml({"one", "two"}) == head + "<Response><Message>one</Message><Message>two</Message></Response>");
  // XML 1.0 section 2.2: what is no Char can't stand there in any form.
  CHECK(twiml({"a\r\nb"}) == head + "<Response><Message>a&#13;\nb</Message></Response>");
  CHECK(twiml({"a\x1f\x0b\x0c" "b\x7f"}) == head + "<Response><Message>ab\x7f</Message></Response>");
  CHECK(twiml({"a\xef\xbf\xbe\xef\xbf\xbf" "b"}) == head + "<Response><Message>a\uFFFD\uFFFDb</Message></Response>");
  CHECK(twiml({"\xed\xa0\xbd\xff"}).find_first_of("\xed\xff") == std::string::npos);
  CHECK(twiml({"\U0001F44D \uE000 \U0010FFFD"}) == head + "<Response><Message>\U0001F44D \uE000 \U0010FFFD</Message></Response>");
  CHECK(twiml({"]]></Message><Message>x"}).find("]]&gt;&lt;/Message&gt;") != std::string::npos);
}

TEST_CASE("characters that XML 1.0 does not have are left out of TwiML, line breaks stay") {
  CHECK(twiml({std::string("a\0b\x01\x1b[c\n\td", 10)}).find("<Message>ab[c\n\td</Message>") != std::string::npos);
}

TEST_CASE("a text leaves for Twilio's REST API as a form, with where its receipts go") {
  TwilioConfig config;
  config.account_sid = "AC123";
  config.auth_token = {"12345"};
  config.public_url = "https://bot.example.org";
  config.base_url = "http://127.0.0.1:9999";
  webhooks::DueSend send;
  send.message.id = {{7}, 2, 5};
  send.message.from = "+18005550100";
  send.message.to = "+14155550123";
  send.message.text = "Sí & more";
  const auto request = twilio_lane(config).request(send);
  CHECK(request.url == "http://127.0.0.1:9999/2010-04-01/Accounts/AC123/Messages.json");
  CHECK(request.body == "To=%2B14155550123&From=%2B18005550100&Body=S%C3%AD%20%26%20more&StatusCallback="
                        "https%3A%2F%2Fbot.example.org%2Fv1%2Fcarriers%2Ftwilio%2Fstatus%3Fmessage%3Dmsg_7_2_5");
  CHECK(request.headers == std::vector<std::pair<std::string, std::string>>{
                               {"content-type", "application/x-www-form-urlencoded"}, {"authorization", "Basic QUMxMjM6MTIzNDU="}});
}

TEST_CASE("Twilio's answer: its id when it took the text, its code when it did not, opted out at 21610") {
  CHECK(read(201, R"({"sid": "SM9", "status": "queued"})").provider_id == "SM9");
  CHECK(read(201, R"({"sid": "SM9"})").result == Result::accepted);
  const auto opted_out = read(400, R"({"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400})");
  CHECK(opted_out.result == Result::opted_out);
  CHECK(opted_out.error == "twilio_21610");
  const auto refused = read(400, R"({"code": 21211, "message": "Invalid 'To'"})");
  CHECK(refused.result == Result::refused);
  CHECK(refused.error == "twilio_21211");
  const auto throttled = read(429, R"({"code": 20429})");
  CHECK(throttled.retry);
  CHECK(throttled.error == "twilio_20429");
  for (const std::string body : {"", "<html>", "[21610]", R"({"code": "21610"})", R"({"code": 1e99})"}) {
    INFO(body);
    CHECK(read(400, body).result == Result::refused);
    CHECK(read(400, body).error == "http_400");
  }
}
