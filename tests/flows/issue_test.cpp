#include "flows/issue.hpp"

#include <catch2/catch.hpp>

#include "flows/path.hpp"

using namespace answerback::flows;

namespace {

const std::vector<std::string> steps{"greet", "service", "booked", "person"};

}  // namespace

TEST_CASE("an issue reads as file, line, column, severity, code and a sentence") {
  const Issue issue{Severity::error, "unknown_step", "there is no step \"boked\"", "/steps/age/next", {12, 40}};
  CHECK(to_line(issue, "roof.json") == "roof.json:12:40: error[unknown_step]: there is no step \"boked\"");
}

TEST_CASE("an issue without a place in a text leaves the numbers out") {
  CHECK(to_line({Severity::warning, "unused", "nobody comes here", "", {}}, "roof.json") == "roof.json: warning[unused]: nobody comes here");
}

TEST_CASE("warnings alone are no errors") {
  const Issue warning{Severity::warning, "unused", "", "", {}};
  CHECK_FALSE(has_errors({}));
  CHECK_FALSE(has_errors({warning}));
  CHECK(has_errors({warning, {}}));
}

TEST_CASE("a slip of the hand is met with the name that was meant") {
  CHECK(nearest("boked", steps) == "booked");
  CHECK(nearest("bookde", steps) == "booked");
  CHECK(nearest("Greet", steps) == "greet");
  CHECK(nearest("sevrice", steps) == "service");
  CHECK(did_you_mean("persn", steps) == ", did you mean \"person\"?");
}

TEST_CASE("of several near names the nearest is offered, of equals the first") {
  CHECK(nearest("steps", {"stops", "step", "steps_", "stepss"}) == "stops");
  CHECK(nearest("answer", {"answers", "answre_"}) == "answers");
}

TEST_CASE("a name that is merely another one is not offered") {
  CHECK(nearest("weather", steps).empty());
  CHECK(nearest("", steps).empty());
  CHECK(nearest("a", {"b"}).empty());
  CHECK(nearest("contact.zip", {"contact.age"}).empty());
  CHECK(nearest(std::string(100'000, 'x'), {std::string(100'000, 'x')}).empty());
  CHECK(did_you_mean("weather", steps).empty());
}

TEST_CASE("paths name a contact field, an answer, a variable or the sender") {
  CHECK(parse_path("contact.first_name") == Path{Path::Root::contact, "first_name"});
  CHECK(parse_path("answers.zip") == Path{Path::Root::answers, "zip"});
  CHECK(parse_path("vars.tier-2") == Path{Path::Root::vars, "tier-2"});
  CHECK(parse_path("sender") == Path{Path::Root::sender, ""});
  for (const auto* text : {"contact.first_name", "answers.zip", "answers.visit.zip", "vars.tier", "sender"}) CHECK(to_string(*parse_path(text)) == text);
}

TEST_CASE("what is no path is told so, with the path that was meant when only its first word is misspelt") {
  const auto* const too_long = "answers.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg";
  for (const auto* text : {"", "contact", "answers.", "answers.a..b", "answers.a.b.c.d.e", "vars.a.b", "answers.a b", "sender.name", "zip", ".zip", "answers.é", too_long}) {
    INFO(text);
    CHECK_FALSE(parse_path(text).has_value());
  }
  CHECK(why_no_path("contcat.zip").find("did you mean \"contact.zip\"?") != std::string::npos);
  CHECK(why_no_path("answer.zip").find("did you mean \"answers.zip\"?") != std::string::npos);
  CHECK(why_no_path("weather.zip").find("did you mean") == std::string::npos);
}
