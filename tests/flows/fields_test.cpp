#include "flows/fields.hpp"

#include <catch2/catch.hpp>

using namespace answerback::flows;

namespace {

Json parse(std::string_view text) { return std::get<Json>(parse_json(text)); }

std::vector<std::string> lines(const Report& report) {
  std::vector<std::string> all;
  for (const auto& issue : report.issues()) all.push_back(issue.pointer + " " + to_line(issue, "f"));
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("fields are taken by name and type") {
  const auto json = parse(R"({"name": "Ana", "on": true, "count": 3, "whole": 4.0, "rate": 0.5, "tags": ["a", "b"], "o": {}, "l": [], "n": null})");
  Report report;
  Fields fields(json, "", report);
  CHECK(fields.string("name") == "Ana");
  CHECK(fields.boolean("on") == true);
  CHECK(fields.integer("count", 1, 3) == 3);
  CHECK(fields.integer("whole", 1, 10) == 4);
  CHECK(fields.number("rate") == 0.5);
  CHECK(fields.number("count") == 3.0);
  CHECK(fields.strings("tags") == std::vector<std::string>{"a", "b"});
  CHECK(fields.object("o") != nullptr);
  CHECK(fields.array("l") != nullptr);
  CHECK(fields.any("n")->kind == Json::Kind::null);
  CHECK(fields.required_string("name") == "Ana");
  fields.done();
  CHECK(lines(report) == Lines{});
  CHECK(report.ok());
}

TEST_CASE("what is absent is nothing, and no issue unless it is required") {
  const auto json = parse("{}");
  Report report;
  Fields fields(json, "/a", report);
  CHECK_FALSE(fields.string("x"));
  CHECK_FALSE(fields.boolean("x"));
  CHECK_FALSE(fields.integer("x", 0, 1));
  CHECK_FALSE(fields.number("x"));
  CHECK_FALSE(fields.strings("x"));
  CHECK(fields.object("x") == nullptr);
  CHECK(fields.array("x") == nullptr);
  CHECK_FALSE(fields.has("x"));
  CHECK(report.ok());
  CHECK(fields.required_string("url").empty());
  CHECK(lines(report) == Lines{"/a/url f:1:1: error[required]: \"url\" is required"});
}

TEST_CASE("every wrong type is reported at its value, all in one go") {
  const auto json = parse("{\"a\": 1, \"b\": \"x\",\n\"c\": 1.5, \"d\": [], \"e\": {}, \"f\": [\"x\", 2], \"g\": null, \"h\": \"1\"}");
  Report report;
  Fields fields(json, "", report);
  fields.string("a");
  fields.boolean("b");
  fields.integer("c", 0, 9);
  fields.object("d");
  fields.array("e");
  CHECK_FALSE(fields.strings("f"));
  fields.required_string("g");
  fields.number("h");
  CHECK(lines(report) == Lines{"/a f:1:7: error[wrong_type]: \"a\" must be a string", "/b f:1:15: error[wrong_type]: \"b\" must be true or false",
                               "/c f:2:6: error[wrong_type]: \"c\" must be a whole number", "/d f:2:16: error[wrong_type]: \"d\" must be an object",
                               "/e f:2:25: error[wrong_type]: \"e\" must be a list",
                               "/f/1 f:2:40: error[wrong_type]: every entry of \"f\" must be a string",
                               "/g f:2:49: error[wrong_type]: \"g\" must be a string", "/h f:2:60: error[wrong_type]: \"h\" must be a number"});
}

TEST_CASE("numbers out of range, texts and lists too long are reported, the bounds themselves pass") {
  const auto json = parse(R"({"low": 0, "high": 11, "big": 1e18, "text": "éé", "list": ["a", "b"]})");
  Report report;
  Fields fields(json, "", report);
  CHECK(fields.integer("low", 0, 10) == 0);
  CHECK(fields.string("text", 4) == "éé");
  CHECK(fields.strings("list", 2)->size() == 2);
  CHECK(report.ok());
  CHECK_FALSE(fields.integer("low", 1, INT64_MAX));
  CHECK_FALSE(fields.integer("high", 1, 10));
  CHECK_FALSE(fields.integer("big", 1, 10));
  CHECK_FALSE(fields.string("text", 3));
  CHECK_FALSE(fields.strings("list", 1));
  CHECK(lines(report) == Lines{"/low f:1:9: error[out_of_range]: \"low\" must be at least 1",
                               "/high f:1:20: error[out_of_range]: \"high\" must be from 1 to 10",
                               "/big f:1:31: error[out_of_range]: \"big\" must be from 1 to 10",
                               "/text f:1:45: error[too_long]: \"text\" has 4 bytes, at most 3 are allowed",
                               "/list f:1:59: error[too_long]: \"list\" has 2 entries, at most 1 are allowed"});
}

TEST_CASE("a real beyond 64 bits is no whole number") {
  const auto json = parse(R"({"n": 1e300})");
  Report report;
  Fields fields(json, "", report);
  CHECK_FALSE(fields.integer("n", INT64_MIN, INT64_MAX));
  CHECK(report.issues().at(0).code == "wrong_type");
}

TEST_CASE("names that nobody knows are reported with the one that was meant") {
  const auto json = parse("{\"urll\": 1,\n \"weather\": 2, \"ok\": 3, \"~/\": 4}");
  Report report;
  Fields fields(json, "/e", report);
  fields.string("url");
  fields.allow("ok");
  fields.done();
  CHECK(lines(report) == Lines{"/e/urll f:1:2: error[unknown_field]: \"urll\" is not known here, did you mean \"url\"?",
                               "/e/weather f:2:2: error[unknown_field]: \"weather\" is not known here",
                               "/e/~0~1 f:2:25: error[unknown_field]: \"~/\" is not known here"});
}

TEST_CASE("what is no object at all is reported once") {
  const auto json = parse("[1]");
  Report report;
  Fields fields(json, "/x", report);
  CHECK(fields.required_string("url").empty());
  CHECK_FALSE(fields.integer("n", 0, 1));
  fields.done();
  CHECK(lines(report) == Lines{"/x f:1:1: error[wrong_type]: must be an object"});
}

TEST_CASE("issues of the caller stand at the member, or at the object when it is absent") {
  const auto json = parse("\n{\"a\": 1}");
  Report report;
  Fields fields(json, "", report);
  fields.error("a", "odd", "is odd");
  fields.warning("b", "gone", "is gone");
  CHECK(lines(report) == Lines{"/a f:2:7: error[odd]: is odd", " f:2:1: warning[gone]: is gone"});
  CHECK_FALSE(report.ok());
  CHECK(report.take().size() == 2);
}

TEST_CASE("pointers escape their tokens (RFC 6901 section 3)") {
  CHECK(pointer_append("/steps", "a/b~c") == "/steps/a~1b~0c");
  CHECK(pointer_append("", "") == "/");
}
