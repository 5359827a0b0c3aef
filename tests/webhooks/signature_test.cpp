#include "webhooks/signature.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "webhooks/crypto.hpp"

using namespace answerback::webhooks;

namespace {

// The vectors of the spec repository's libraries (A, B), of Svix's documentation (D), and one beyond ASCII (E).
struct Vector {
  std::string key, id, body, expected;
  std::int64_t timestamp = 0;
};

const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all = {
      {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", R"({"test": 2432232314})",
       "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 1614265330},
      {"C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", R"({"email":"test@example.com","username":"test_user"})",
       "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", 1649367553},
      {"plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", R"({"event_type":"ping","data":{"success":true}})",
       "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=", 1731705121},
      {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_01K",
       R"({"type":"conversation.completed","timestamp":"2026-11-23T16:00:00Z","data":{"contact":"+14155550123","note":"Sí — 👍"}})",
       "v1,Gn5pW+6kMav2AY1dbSs3X+8PaYQjlxTOKnAtVbz0Lgs=", 1795449600},
  };
  return all;
}

const Vector& example() { return vectors()[0]; }
// Ed25519 signatures over the same message, as a sender with asymmetric keys would put beside ours.
const std::string foreign_v1a = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
const std::string other_v1a = "v1a,2iFnCkcL0nCB7d0lgaT5vmGnQgJl4zcl9qd7UbPYvulcwR3MRYzjXT2JCSEV4dFH3XNALA4OW0zY5fFdGv9GBA==";
const std::string wrong = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

Secret secret_of(const std::string& text) { return Secret::parse(text).value(); }

bool accepts(const std::string& signature, std::int64_t now = example().timestamp, std::int64_t tolerance = 300) {
  return verify(secret_of(example().key), example().id, std::to_string(example().timestamp), signature, example().body, now, tolerance);
}

}  // namespace

TEST_CASE("signatures are those of the Standard Webhooks vectors") {
  for (const auto& vector : vectors())
    CHECK(sign_with(from_base64(vector.key).value(), vector.id, vector.timestamp, vector.body) == vector.expected);
}

TEST_CASE("a secret signs the same with and without its prefix") {
  for (const std::string prefix : {"", "whsec_"})
    CHECK(sign({secret_of(prefix + example().key)}, example().id, example().timestamp, example().body) == example().expected);
}

TEST_CASE("the id of another message makes another signature (the header example of the specification does not verify)") {
  CHECK(sign({secret_of(example().key)}, "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", example().timestamp, example().body) != example().expected);
}

TEST_CASE("during rotation both secrets sign, the newest first") {
  const auto newer = Secret::random();
  const auto older = secret_of(example().key);
  const auto header = sign({newer, older}, example().id, example().timestamp, example().body);
  CHECK(header == sign({newer}, example().id, example().timestamp, example().body) + " " + example().expected);
  CHECK(accepts(header));
  CHECK(verify(newer, example().id, std::to_string(example().timestamp), header, example().body, example().timestamp));
  CHECK(sign({}, "id", 1, "body").empty());
}

TEST_CASE("a receiver accepts when any signature fits and skips the versions that it does not know") {
  CHECK(accepts(example().expected));
  CHECK(accepts("v1," + wrong + " v2," + wrong + " " + example().expected + " " + foreign_v1a));
  CHECK(accepts("v1,AAAA " + example().expected + " v1a,xyz"));
  CHECK(accepts(foreign_v1a + " " + example().expected));
  CHECK(accepts(" " + example().expected + " "));
}

TEST_CASE("a receiver refuses what does not fit") {
  const auto& good = example().expected;
  for (const std::string& bad : {"v1," + wrong, "v2," + wrong, "v2," + good.substr(3), "v1a," + good.substr(3), std::string("v1,"),
                                 std::string("v1"), std::string(), std::string(" "), std::string(","), good.substr(0, 8),
                                 good.substr(0, good.size() - 1), good.substr(3), good + "=", good + "," + good, "V1," + good.substr(3),
                                 std::string("v1,R3PTzyfHASBKHH98a7yexTwaJ4yNIcGhFQc1yuN+BPU="), foreign_v1a, other_v1a}) {
    INFO(bad);
    CHECK_FALSE(accepts(bad));
  }
}

TEST_CASE("a header with endless signatures is read up to a bound") {
  std::string many;
  for (int i = 0; i < 31; ++i) many += "v1," + wrong + " ";
  CHECK(accepts(many + example().expected));
  CHECK_FALSE(accepts(many + "v1," + wrong + " " + example().expected));
}

TEST_CASE("a receiver refuses when a header is missing or its timestamp is no number") {
  const auto secret = secret_of(example().key);
  const auto& e = example();
  const auto time = std::to_string(e.timestamp);
  CHECK_FALSE(verify(secret, "", time, e.expected, e.body, e.timestamp));
  CHECK_FALSE(verify(secret, e.id, "", e.expected, e.body, e.timestamp));
  CHECK_FALSE(verify(secret, e.id, time, "", e.body, e.timestamp));
  for (const char* bad : {"hello", "1614265330.5", " 1614265330", "1614265330 ", "+1614265330", "-1614265330", "0x60377632",
                          "99999999999999999999", "2021-02-25T15:02:10Z"}) {
    INFO(bad);
    CHECK_FALSE(verify(secret, e.id, bad, e.expected, e.body, e.timestamp));
  }
}

TEST_CASE("a timestamp may be 300 seconds off to both sides, not 301 (Standard Webhooks, verifying)") {
  for (const std::int64_t off : {-300, -299, 0, 299, 300}) CHECK(accepts(example().expected, example().timestamp + off));
  for (const std::int64_t off : {-301, 301, -100'000, 100'000}) {
    CHECK_FALSE(accepts(example().expected, example().timestamp + off));
    CHECK(accepts(example().expected, example().timestamp + off, 1'000'000));
  }
  CHECK_FALSE(verify(secret_of(example().key), example().id, "9223372036854775807", example().expected, example().body, 0));
}

TEST_CASE("a changed body, id, time or secret is refused") {
  const auto& e = example();
  const auto secret = secret_of(e.key);
  const auto time = std::to_string(e.timestamp);
  CHECK_FALSE(verify(secret, e.id, time, e.expected, e.body + " ", e.timestamp));
  CHECK_FALSE(verify(secret, e.id, time, e.expected, "", e.timestamp));
  CHECK_FALSE(verify(secret, e.id + "x", time, e.expected, e.body, e.timestamp));
  CHECK_FALSE(verify(secret, e.id, std::to_string(e.timestamp + 1), e.expected, e.body, e.timestamp));
  CHECK_FALSE(verify(Secret::random(), e.id, time, e.expected, e.body, e.timestamp));
}

TEST_CASE("every body can be signed and verified: empty, no UTF-8, with NUL") {
  const auto secret = Secret::random();
  for (const std::string& body : {std::string(), std::string("\xff\xfe\x80"), std::string("a\0b", 3), std::string(100'000, 'x')})
    CHECK(verify(secret, "evt_1_1", "1700000000", sign({secret}, "evt_1_1", 1'700'000'000, body), body, 1'700'000'000));
}

TEST_CASE("signatures verify with their own secret and body only") {
  rc::prop("own only", [](const std::string& body, const std::string& other) {
    const auto secret = Secret::random();
    const auto header = sign({secret}, "evt_7_3", 1'700'000'000, body);
    RC_ASSERT(verify(secret, "evt_7_3", "1700000000", header, body, 1'700'000'000));
    RC_ASSERT(verify(secret, "evt_7_3", "1700000000", header, other, 1'700'000'000) == (body == other));
  });
}

TEST_CASE("a secret is 24 to 64 bytes of base64, with or without whsec_") {
  for (const std::size_t size : {24U, 25U, 26U, 32U, 63U, 64U}) {
    auto text = to_base64(random_bytes(size));
    CHECK(secret_of("whsec_" + text).reveal() == "whsec_" + text);
    while (text.ends_with('=')) {
      text.pop_back();
      CHECK(secret_of(text.ends_with('=') ? text + "=" : text).bytes().size() == size);
    }
  }
  const auto random = Secret::random();
  CHECK(random.bytes().size() == 32);
  CHECK(Secret::parse(random.reveal()) == random);
}

TEST_CASE("what is no secret is refused") {
  for (const std::string& bad :
       {std::string(), std::string("w"), std::string("whsec_"), std::string("whsec_%"), std::string("whsec_wronglength"),
        "hwsec_" + example().key, std::string("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="), std::string("whsk_6Xb/dCcHpPea21PS1N9VY"),
        "whsec_whsec_" + example().key, " " + example().key, example().key + "\n", example().key.substr(0, 31),
        "whsec_" + to_base64(std::string(23, 'x')), "whsec_" + to_base64(std::string(65, 'x')),
        "whsec_" + std::string("C2FVsBQIhrscChlQIMV-b5sSYspob7oD")}) {
    INFO(bad);
    CHECK_FALSE(Secret::parse(bad));
  }
}
