#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "flows/expect.hpp"
#include "flows/phone/phone.hpp"
#include "flows/text/folding.hpp"
#include "flows/text/pattern.hpp"
#include "flows/text/segments.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {
namespace {

nlohmann::json table(const std::string& name) { return nlohmann::json::parse(std::ifstream(TESTS_DIR "/flows/data/" + name)); }

TEST_CASE("folding makes texts comparable however they were typed") {
  CHECK(fold("  ＳＴＯＰ ") == "stop");
  CHECK(fold("Arrêt \n\t Straße") == "arret strasse");
  CHECK(fold("s\u200bto\u200dp") == "stop");
  CHECK(fold("“x” ‘y’ a–b ½") == "\"x\" 'y' a-b 1/2");
  CHECK(fold("١٢") == "12");
  CHECK(fold_words("Yes, please!!") == "yes please");
  CHECK(fold_words("opt-out") == "opt out");
  CHECK(fold_words("'don’t'") == "don't");
  CHECK(fold_words("👍 ...") == "");
}

TEST_CASE("broken UTF-8 and control characters are cleaned") {
  CHECK(is_valid_utf8("é"));
  CHECK_FALSE(is_valid_utf8("\xC3"));
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));
  CHECK(clean_utf8(std::string("a\0b\x01\n\xFF", 6)) == "ab\n\uFFFD");
  CHECK(trim("\u00A0 x y \u2003") == "x y");
  CHECK(count_characters("äö👍") == 3);
}

TEST_CASE("distance counts swaps of neighbours as one and stops at the limit") {
  CHECK(edit_distance("repiar", "repair", 2) == 1);
  CHECK(edit_distance("abc", "abc", 2) == 0);
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
}

TEST_CASE("a limit changes no distance within it, however long the words are") {
  const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c', 'd', 'e'));
  rc::prop("cut off behind the limit", [letters](std::size_t extra) {
    const auto a = *letters, b = *letters + std::string(extra % 2 * 40, 'x');  // 40: longer than what is counted on the stack
    const auto whole = edit_distance(a, b, 1'000);
    RC_ASSERT(whole == edit_distance(b, a, 1'000));
    for (const std::size_t limit : {0U, 1U, 2U, 5U}) RC_ASSERT(edit_distance(a, b, limit) == std::min(whole, limit + 1));
    RC_ASSERT(least_distance(bytes_in(a), bytes_in(b)) <= whole);
  });
}

TEST_CASE("a folded text knows where each byte came from, in plain letters as among others") {
  rc::prop("traced", [](const std::string& text) {
    const auto traced = fold_traced(text);
    RC_ASSERT(traced.text == fold(text));
    RC_ASSERT(traced.begin.size() == traced.text.size());
    RC_ASSERT(traced.end.size() == traced.text.size());
    for (std::size_t i = 0; i < traced.text.size(); ++i) RC_ASSERT(traced.begin[i] < traced.end[i] && traced.end[i] <= text.size());
  });
  const std::string plain = "  Two\t\tWORDS`s\x01 here ";
  const auto alone = fold_traced(plain), among_others = fold_traced(plain + "\xc3\xa9");
  CHECK(alone.text == "two words's here");
  CHECK(among_others.text == alone.text + " e");
  CHECK(std::equal(alone.begin.begin(), alone.begin.end(), among_others.begin.begin()));
  CHECK(std::equal(alone.end.begin(), alone.end.end(), among_others.end.begin()));
}

TEST_CASE("folding any bytes gives valid text that folds to itself") {
  rc::prop("idempotent", [](const std::string& text) {
    const auto once = fold(text);
    RC_ASSERT(is_valid_utf8(once));
    RC_ASSERT(fold(once) == once);
    RC_ASSERT(is_valid_utf8(clean_utf8(text)));
  });
}

TEST_CASE("phone numbers come out in E.164") {
  for (const auto& row : table("phones.json")) {
    CAPTURE(row.dump());
    const auto phone = parse_phone(row[0].get<std::string>(), row[1].get<std::string>());
    CHECK((phone ? nlohmann::json(*phone) : nlohmann::json()) == row[2]);
  }
}

TEST_CASE("phones are shown, masked and told from other senders") {
  CHECK(format_phone("+15125550142") == "(512) 555-0142");
  CHECK(format_phone("+442079460958") == "+442079460958");
  CHECK(format_phone("+10111111111") == "+10111111111");  // "(011) …" would be read as a call abroad
  CHECK(mask_phone("+15125550142") == "+1******42");
  for (const std::string sender : {"+15125550142", "72345", "ACME", "Acme Roof"}) CHECK(is_sender(sender));
  for (const std::string other : {"", "12", "+12", "Acme Roofing Ltd", "a<b", "5125550142"}) CHECK_FALSE(is_sender(other));
}

// 3GPP 23.038 (GSM-7 and its extension table) and 23.040 (parts of 153 septets or 67 units).
TEST_CASE("a text costs as many segments as the carriers count") {
  for (const auto& row : table("segments.json")) {
    std::string text;
    for (int i = 0; i < row["times"].get<int>(); ++i) text += row["text"].get<std::string>();
    text += row["after"].get<std::string>();
    CAPTURE(text);
    const auto segments = count_segments(text);
    CHECK(segments.count == row["count"].get<std::size_t>());
    CHECK((segments.encoding == Segments::Encoding::ucs2) == (row["encoding"] == "ucs2"));
  }
  CHECK(count_segments("ab“c”").first_ucs2 == "“");
  CHECK(count_segments("\xC3").encoding == Segments::Encoding::ucs2);
}

TEST_CASE("an author's pattern is bounded and says what is wrong with it") {
  std::string error;
  CHECK(Pattern("[a-z]+", &error).matches_whole("abc"));
  CHECK(error.empty());
  CHECK_FALSE(Pattern("[a-z]+").matches_whole("abc1"));
  CHECK(Pattern("[a-z]+").finds_in("12abc"));
  CHECK_FALSE(Pattern("(", &error).finds_in("("));
  CHECK_FALSE(error.empty());
  error.clear();
  const Pattern too_long(std::string(Pattern::max_length + 1, 'a'), &error);
  CHECK_FALSE(error.empty());
  CHECK_FALSE(Pattern("(a*)*b").matches_whole(std::string(100'000, 'a')));
}

TEST_CASE("kinds of questions have the names that flows use") {
  CHECK(kind_name(ExpectYesNo{}) == "yes_no");
  CHECK(kind_name(ExpectPostcode{}) == "postcode");
}

}  // namespace
}  // namespace answerback::flows
