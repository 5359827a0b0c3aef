#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "flows/json/json.hpp"

using namespace answerback::flows;

namespace {

// The text from a place on; places are found by splitting lines and walking characters, unlike the reader does it.
std::string_view text_at(std::string_view text, Position at) {
  for (std::size_t line = 1; line < at.line; ++line) text.remove_prefix(text.find('\n') + 1);
  for (std::size_t column = 1; column < at.column; ++column) {
    text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text[0]) >> 6U) == 2U) text.remove_prefix(1);
  }
  return text;
}

bool begins_as(const Json& json, std::string_view text) {
  switch (json.kind) {
    case Json::Kind::null: return text.starts_with("null");
    case Json::Kind::boolean: return text.starts_with(json.boolean ? "true" : "false");
    case Json::Kind::integer:
    case Json::Kind::real: return text.starts_with(fmt::format("{}", json.integer));
    case Json::Kind::string: return text.starts_with("\"" + json.string + "\"");
    case Json::Kind::array: return text.starts_with("[");
    case Json::Kind::object: return text.starts_with("{");
  }
  return false;
}

bool places_are_right(const Json& json, std::string_view text) {
  bool right = begins_as(json, text_at(text, json.at));
  for (const auto& item : json.items) right = right && places_are_right(item, text);
  for (const auto& member : json.members) {
    right = right && text_at(text, member.key_at).starts_with("\"" + member.key + "\"") && places_are_right(member.value, text);
  }
  return right;
}

std::string white_space() { return *rc::gen::element<std::string>("", " ", "\n", "\t\r\n ", "/* é, : \n \" */", "// ]}\n"); }

std::string random_json(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 0 ? 7 : 5);
  const auto pad = [](const std::string& text) { return white_space() + text + white_space(); };
  if (kind == 0) return pad(*rc::gen::element<std::string>("null", "true", "false"));
  if (kind <= 2) return pad(std::to_string(*rc::gen::arbitrary<int>()));
  if (kind <= 4) return pad("\"" + *rc::gen::element<std::string>("", "a", "é", "😀,", "{x: y}", "[1, 2]", "/* */") + "\"");
  std::string text;
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += ",";
    if (kind == 6) text += pad(fmt::format("\"ñ{}\"", i)) + ":";
    text += random_json(depth - 1);
  }
  return pad(kind == 5 ? "[" + text + white_space() + "]" : "{" + text + white_space() + "}");
}

}  // namespace

TEST_CASE("any bytes are either read or refused with a place inside of them") {
  using namespace std::string_literals;
  const auto alphabet = "{}[]\",:\\/ \n\t\x00ua0e1.-+n*\xC3\xA9\xFFtrue"s;
  const auto bytes = rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
  rc::prop("bytes that JSON is made of, and others", [&](bool comments) {
    const auto text = *bytes;
    const auto result = parse_json(text, {.comments = comments});
    const auto* issue = std::get_if<Issue>(&result);
    if (!issue) return;
    RC_ASSERT(issue->code.starts_with("json_"));
    RC_ASSERT(!issue->message.empty());
    RC_ASSERT(issue->at.line >= 1);
    RC_ASSERT(issue->at.column >= 1);
  });
  rc::prop("any bytes at all", [](const std::string& text) { parse_json(text); });
}

TEST_CASE("a document cut off or changed in one byte is read or refused, never more") {
  rc::prop("damaged documents", [] {
    auto text = random_json(3);
    RC_PRE(!text.empty());
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    if (*rc::gen::arbitrary<bool>()) text.resize(at);
    else text[at] = *rc::gen::arbitrary<char>();
    parse_json(text, {.comments = true});
  });
}

TEST_CASE("places point at the first character of what they belong to") {
  rc::prop("random documents", [] {
    const auto text = random_json(4);
    const auto result = parse_json(text, {.comments = true});
    const auto* json = std::get_if<Json>(&result);
    RC_ASSERT(json != nullptr);
    RC_ASSERT(places_are_right(*json, text));
  });
}
