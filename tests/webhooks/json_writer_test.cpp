#include "webhooks/json_writer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include "flows/text/text.hpp"
#include "webhooks/json.hpp"

using namespace answerback::webhooks;
using Tree = nlohmann::ordered_json;

namespace {

template <class Value>
std::string written(const Value& value) {
  JsonWriter out;
  out.value(value);
  return out.take();
}

}  // namespace

TEST_CASE("written JSON has commas between what belongs together, and nowhere else") {
  JsonWriter out;
  out.open_object();
  out.name("empty");
  out.open_array();
  out.close_array();
  out.name("list");
  out.open_array();
  out.value(1);
  out.open_object();
  out.close_object();
  out.open_object();
  out.member("yes", true);
  out.member("no", false);
  out.close_object();
  out.close_array();
  out.member_or_null("text", "a");
  out.member_or_null("nothing", "");
  out.close_object();
  CHECK(out.take() == R"({"empty":[],"list":[1,{},{"yes":true,"no":false}],"text":"a","nothing":null})");
}

TEST_CASE("whole numbers are written as the library does, others as JSON.stringify does") {
  for (const auto number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0}, std::numeric_limits<std::int64_t>::max()})
    CHECK(written(number) == Tree(number).dump());
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  for (const auto number : {2.5, 1e21, 0.1, 1.0 / 3, double{NAN}, double{INFINITY}}) CHECK(written(number) == Tree(number).dump());
  CHECK(written(12.0) == "12");
  CHECK(written(-0.0) == "0");
  CHECK(written(1e-7) == "1e-7");
}

TEST_CASE("every ASCII character is written as the library writes it") {
  for (int byte = 0; byte < 0x80; ++byte) {
    const auto text = std::string("a") + static_cast<char>(byte) + "b";
    CHECK(written(text) == dump(text));
  }
}

TEST_CASE("a character that must be escaped is, wherever it stands among others that need not be") {
  for (std::size_t length = 1; length < 27; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const char special : {'"', '\\', '\n', '\0', '\x1f', ' ', '!', '#', '[', ']', '\x7f'}) {
        std::string text(length, 'x');
        text[at] = special;
        CHECK(written(text) == dump(text));
      }
    }
  }
}

TEST_CASE("any text is written as the library writes it, and reads back") {
  CHECK(rc::check([](const std::string& bytes) {
    const auto text = answerback::flows::clean_utf8(bytes);
    RC_ASSERT(written(text) == dump(text));
    RC_ASSERT(Tree::parse(written(text)).get<std::string>() == text);
  }));
  for (const std::string text : {"Zoë", "½ 漢字", "👍🏽", "\u2028", "\x7f"}) CHECK(written(text) == dump(text));
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD and never break the JSON") {
  CHECK(written(std::string("A\xff" "B")) == "\"A\xEF\xBF\xBD" "B\"");
  CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
    const std::string text(bytes.begin(), bytes.end());
    RC_ASSERT_FALSE(Tree::parse(written(text), nullptr, false).is_discarded());
  }));
}
