#include "webhooks/crypto.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

using namespace answerback::webhooks;

TEST_CASE("HMAC-SHA256 gives the results of RFC 4231") {
  CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HMAC-SHA1 gives the results of RFC 2202") {
  CHECK(to_hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")) == "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST_CASE("an empty HMAC key is a key, not the one used before") {
  const auto empty = hmac_sha256("", "data");
  hmac_sha256("other", "data");
  CHECK(hmac_sha256(std::string_view(), "data") == empty);
}

TEST_CASE("SHA-256 gives the results of FIPS 180-4") {
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("base64 gives the results of RFC 4648, section 10") {
  const std::vector<std::pair<std::string, std::string>> rows = {{"", ""},         {"f", "Zg=="},         {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},  {"foob", "Zm9vYg=="},  {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
    CHECK(from_base64(text.substr(0, text.find('='))) == bytes);
  }
}

TEST_CASE("base64 is read strictly") {
  for (const char* bad : {"=", "====", "Z", "Zg=", "Zg===", "Zg==Zg==", "Zm9v=", "Zm8=Z", "Zm 9", "Zm9v\n", "Zm-_", "Zm9%", "Zh==", "Zm9="}) {
    INFO(bad);
    CHECK_FALSE(from_base64(bad));
  }
  CHECK_FALSE(from_base64(std::string_view("Zm9\0", 4)));
}

TEST_CASE("base64 brings every byte back") {
  rc::prop("round trip", [](const std::string& bytes) { RC_ASSERT(from_base64(to_base64(bytes)) == bytes); });
}

TEST_CASE("random bytes are as many as asked for and differ") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(32).size() == 32);
  CHECK(random_bytes(32) != random_bytes(32));
}

TEST_CASE("the comparison of secrets looks at every byte and at the length") {
  CHECK(equal_constant_time("", ""));
  CHECK(equal_constant_time("secret", "secret"));
  CHECK_FALSE(equal_constant_time("secret", "secreT"));
  CHECK_FALSE(equal_constant_time("Secret", "secret"));
  CHECK_FALSE(equal_constant_time("secret", "secret "));
  CHECK_FALSE(equal_constant_time("secret", ""));
}
