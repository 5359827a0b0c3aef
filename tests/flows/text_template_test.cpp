#include "flows/text_template.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "flows/text.hpp"

using namespace answerback::flows;

namespace {

using Problems = std::vector<TemplateProblem>;

Problems problems_of(std::string_view source) {
  Problems problems;
  parse_text(source, problems);
  return problems;
}

TemplateProblem only_problem(std::string_view source) {
  const auto problems = problems_of(source);
  INFO(source);
  REQUIRE(problems.size() == 1);
  return problems[0];
}

const Values contact{{"first_name", "ana maría"},     {"phone", "+15125550142"}, {"age", std::int64_t{42}}, {"empty", ""},
                     {"day", "2026-03-02"},           {"hour", "15:05"},         {"cost", 1234.5},          {"member", true},
                     {"at", "2026-03-02T00:30:00-06:00"}, {"owed", "-0.005"},    {"big", std::int64_t{1'234'567}}, {"budget", Money{1'234.5, "EUR"}},
                     {"august", "2026-08-01"}};

const Value* look_up_contact(const Path& path) {
  static const Value brand = std::string("Acme");
  if (path.root == Path::Root::sender) return &brand;
  return path.root == Path::Root::contact ? find(contact, path.name) : nullptr;
}

std::string rendered(std::string_view source, std::string_view language = "en") {
  Problems problems;
  const auto text = parse_text(source, problems);
  INFO(source);
  REQUIRE(problems.empty());
  return render(text, look_up_contact, language);
}

}  // namespace

TEST_CASE("a text says the values that its paths name") {
  CHECK(rendered("Hi {{contact.first_name}}, {{sender}} here.") == "Hi ana maría, Acme here.");
  CHECK(rendered("{{  contact.age}}{{contact.age  }}") == "4242");
  CHECK(rendered("{{contact.member}}") == "yes");
  CHECK(rendered("no braces, { one } and }} alone") == "no braces, { one } and }} alone");
  CHECK(rendered("").empty());
}

TEST_CASE("a value that is not set says nothing, or its default") {
  CHECK(rendered("[{{answers.zip}}]") == "[]");
  CHECK(rendered("Hi {{contact.nickname | default: 'there'}}!") == "Hi there!");
  CHECK(rendered("Hi {{contact.empty|default:\"it's you\"}}!") == "Hi it's you!");
  CHECK(rendered("{{contact.age | default: 18}} {{answers.age | default: 18}}") == "42 18");
  CHECK(rendered("{{answers.a | default: 'a }} | b' | upper}}") == "A }} | B");
}

TEST_CASE("a value is not read as a text of its own") {
  const Value sly = std::string("{{sender}}");
  Problems problems;
  CHECK(render(parse_text("{{answers.a}}", problems), [&](const Path&) { return &sly; }) == "{{sender}}");
}

TEST_CASE("filters change the case of letters in any script") {
  CHECK(rendered("{{contact.first_name | upper}}") == "ANA MARÍA");
  CHECK(rendered("{{contact.first_name | title}}") == "Ana María");
  CHECK(rendered("{{contact.first_name | upper | title}}") == "Ana María");
  CHECK(rendered("{{contact.first_name | upper | lower}}") == "ana maría");
  CHECK(rendered("{{answers.a | default: \"ronald McDonald jean-luc\" | title}}") == "Ronald McDonald Jean-Luc");
}

TEST_CASE("filters write in the language that is spoken, in letters that cost no segment") {
  CHECK(rendered("{{contact.day | date}}", "en-GB") == "2 March 2026");
  CHECK(rendered("{{contact.day | date}}", "es") == "2 de marzo de 2026");
  CHECK(rendered("{{contact.day | date}} {{contact.august | date}}", "fr") == "2 mars 2026 1er aout 2026");
  CHECK(rendered("{{contact.at | date}}, {{contact.at | time}}", "es-MX") == "2 de marzo de 2026, 12:30 a. m.");
  CHECK(rendered("{{contact.hour | time}}", "es-US") == "3:05 p. m.");
  CHECK(rendered("{{contact.hour | time}}", "es") == "15:05");
  CHECK(rendered("{{contact.hour | time}}", "fr-CA") == "15:05");
  CHECK(rendered("{{contact.cost | money: EUR}}", "fr") == "1 234,50 €");
  CHECK(rendered("{{contact.big | money: EUR}}", "es") == "1.234.567,00 €");
  CHECK(rendered("{{contact.cost | money: USD}}", "es-MX") == "$1,234.50");
  CHECK(rendered("{{contact.day | date}} {{contact.hour | time}}", "de") == "March 2, 2026 3:05 PM");
}

TEST_CASE("an amount is written in its own currency") {
  CHECK(rendered("{{contact.budget | money}}") == "€1,234.50");
  CHECK(rendered("{{contact.budget | money: USD}}") == "€1,234.50");
  CHECK(rendered("{{contact.budget | money}}", "fr") == "1 234,50 €");
  CHECK(rendered("{{contact.budget}}") == "1234.5 EUR");
}

TEST_CASE("filters write dates, times, amounts and phones as people do") {
  CHECK(rendered("{{contact.day | date}}") == "March 2, 2026");
  CHECK(rendered("{{contact.at | date}} {{contact.at | time}}") == "March 2, 2026 12:30 AM");
  CHECK(rendered("{{contact.hour | time}}") == "3:05 PM");
  CHECK(rendered("{{contact.cost | money}}") == "1,234.50");
  CHECK(rendered("{{contact.cost | money: 'USD'}}") == "$1,234.50");
  CHECK(rendered("{{contact.cost | money: EUR}}") == "€1,234.50");
  CHECK(rendered("{{contact.cost | money: CHF}}") == "1,234.50 CHF");
  CHECK(rendered("{{contact.big | money}}") == "1,234,567.00");
  CHECK(rendered("{{contact.age | money: GBP}}") == "£42.00");
  CHECK(rendered("{{contact.phone | phone}}") == "(512) 555-0142");
}

TEST_CASE("what a filter cannot read stays as it is") {
  for (const auto* filter : {"date", "time", "money", "phone"}) {
    CHECK(rendered("{{contact.first_name | " + std::string(filter) + "}}") == "ana maría");
    CHECK(rendered("{{answers.unset | " + std::string(filter) + "}}").empty());
  }
  CHECK(rendered("{{answers.a | default: '2026-02-30' | date}}") == "2026-02-30");
  CHECK(rendered("{{answers.a | default: '25:00' | time}}") == "25:00");
  CHECK(rendered("{{answers.a | default: '1e300' | money}}") == "1e300");
  CHECK(rendered("{{answers.a | default: 'nan' | money}}") == "nan");
}

TEST_CASE("a placeholder keeps its path, its filters and its place") {
  Problems problems;
  const auto text = parse_text("Hi {{contact.first_name | title | default: 'x'}}", problems);
  REQUIRE(text.pieces.size() == 2);
  const Placeholder expected{{Path::Root::contact, "first_name"}, {{Filter::Name::title, ""}, {Filter::Name::default_, "x"}}, 3};
  CHECK(std::get<Placeholder>(text.pieces[1]) == expected);
}

TEST_CASE("braces that are not closed are a problem where they open") {
  for (const auto* source : {"Hi {{contact.name", "Hi {{", "Hi {{ }", "Hi {{contact.name | upper", "Hi {{contact.name }"}) {
    const auto problem = only_problem(source);
    CHECK(problem.code == "template_syntax");
    CHECK(problem.message == "\"{{\" is not closed by \"}}\"");
    CHECK(problem.offset == 3);
  }
}

TEST_CASE("what is no placeholder is a problem at the word that is wrong") {
  const auto at = [](std::string_view source, std::size_t offset) {
    const auto problem = only_problem(source);
    CHECK(problem.code == "template_syntax");
    CHECK(problem.offset == offset);
  };
  at("{{}}", 2);
  at("{{ | upper}}", 3);
  at("{{contact.name upper}}", 15);
  at("{{contact.name | }}", 17);
  at("{{contact.name | default}}", 17);
  at("{{contact.name | default: }}", 26);
  at("{{contact.name | default: 'x}}", 26);
  at("{{contact.name | default: 'x' y}}", 30);
  at("{{contact.name | upper: 'x'}}", 17);
}

TEST_CASE("a filter that does not exist is named, with the one that was meant") {
  const auto problem = only_problem("Hi {{contact.name | uper}}");
  CHECK(problem.code == "unknown_filter");
  CHECK(problem.message == "there is no filter \"uper\", did you mean \"upper\"?");
  CHECK(problem.offset == 20);
  CHECK(only_problem("{{contact.name | shout}}").message == "there is no filter \"shout\"");
}

TEST_CASE("a path of an unknown root is named, with the one that was meant") {
  const auto problem = only_problem("Hi {{contct.name}}");
  CHECK(problem.code == "unknown_path");
  CHECK(problem.offset == 5);
  CHECK(problem.message.find("did you mean \"contact.name\"?") != std::string::npos);
  CHECK(only_problem("{{name}}").code == "unknown_path");
}

TEST_CASE("all problems of a text come at once") {
  const auto problems = problems_of("{{contct.a}} {{contact.b | uper}} {{}} {{ {{contact.c | lowr}}");
  REQUIRE(problems.size() == 5);
  CHECK(problems[0].code == "unknown_path");
  CHECK(problems[1].code == "unknown_filter");
  CHECK(problems[2].code == "template_syntax");
  CHECK(problems[3].code == "template_syntax");
  CHECK(problems[4].code == "unknown_filter");
}

TEST_CASE("no source makes the reader or the writer of texts fail, and every problem lies inside of it") {
  const auto piece = rc::gen::element<std::string>("{{", "}}", "{", "}", "|", ":", "'", "\"", " ", "contact.first_name", "default", "money", "title",
                                                   "date", "sender", "é", "\xFF", "1", "\n");
  rc::prop("pieces of texts", [&] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string source;
    for (const auto& part : pieces) source += part;
    Problems problems;
    const auto text = parse_text(source, problems);
    render(text, look_up_contact);
    for (const auto& problem : problems) RC_ASSERT(problem.offset <= source.size() && !problem.message.empty());
  });
  rc::prop("any bytes", [](const std::string& source) {
    Problems problems;
    render(parse_text(source, problems), look_up_contact);
  });
}

TEST_CASE("no value makes a filter fail, and valid text stays valid") {
  rc::prop("any bytes through every filter", [](const std::string& bytes) {
    Problems problems;
    const Value value = bytes;
    for (const auto* filter : {"upper", "lower", "title", "date", "time", "money", "money: USD", "phone", "default: 'x'"}) {
      const auto text = parse_text("{{contact.a | " + std::string(filter) + "}}", problems);
      const auto said = render(text, [&](const Path&) { return &value; });
      RC_ASSERT(!is_valid_utf8(bytes) || is_valid_utf8(said));
    }
    RC_ASSERT(problems.empty());
  });
}
