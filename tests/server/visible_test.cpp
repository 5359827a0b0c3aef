#include "server/cli/visible.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <string>

#include "flows/text/text.hpp"

using answerback::server::visible;

TEST_CASE("what would steer a terminal is shown as a picture of itself") {
  CHECK(visible("plain text, señor \xf0\x9f\x91\x8d") == "plain text, señor \xf0\x9f\x91\x8d");
  CHECK(visible("\x1b[2J\x1b]0;title\x07") == "␛[2J␛]0;title␇");
  CHECK(visible("all done\rnot") == "all done␍not");
  CHECK(visible("a\bb\x7f\t") == "a␈b␡␉");
  CHECK(visible(std::string("a\0b", 3)) == "a␀b");
  CHECK(visible("two\nlines") == "two\nlines");
  CHECK(visible("two\nlines", true) == "two␊lines");
  CHECK(visible("\u009b31m") == "<U+009B>31m");                   // a CSI in one character
  CHECK(visible("a\u202eb\u2066c\u200ed") == "a<U+202E>b<U+2066>c<U+200E>d");
  CHECK(visible("a\u2028b\ufeff\u200b") == "a<U+2028>b<U+FEFF><U+200B>");
  CHECK(visible("\U0001F468\u200D\U0001F469") == "\U0001F468\u200D\U0001F469");  // joined emoji
  CHECK(visible("a\xff\x9bz") == "a\uFFFD\uFFFDz");
}

TEST_CASE("no text steers a terminal") {
  rc::prop("visible", [](const std::string& text) {
    const auto shown = visible(text + "\x1b", true);
    RC_ASSERT(std::none_of(shown.begin(), shown.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }));
    RC_ASSERT(answerback::flows::is_valid_utf8(shown));
  });
}
