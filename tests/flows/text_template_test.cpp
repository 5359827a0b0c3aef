#include "flows/text/text_template.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "flows/text/text.hpp"

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
                     {"august", "2026-08-01"},
                     {"window", Range("14:00", "16:00")}, {"days", Range("2026-03-02", "2026-03-04")}, {"price", Range(Money{500, "USD"}, Money{800, "USD"})},
                     {"rooms", Range(std::int64_t{2}, std::int64_t{4})}, {"since", Range("15:00", {})}, {"until", Range({}, "2026-03-04")}, {"one", Range("15:00", "15:00")},
                     {"visit", Range("2026-03-02T14:00:00-06:00", "2026-03-02T16:00:00-06:00")}, {"below", Range({}, Money{800, "USD"})}};

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

TEST_CASE("a date is said with its day of the week, where a text asks for it") {
  CHECK(rendered("{{contact.day | date: weekday}}") == "Monday, March 2");
  CHECK(rendered("{{contact.day | date: full}}") == "Monday, March 2, 2026");
  CHECK(rendered("{{contact.day | date: 'weekday'}}", "en-GB") == "Monday 2 March");
  CHECK(rendered("{{contact.day | date: full}}", "en-GB") == "Monday 2 March 2026");
  CHECK(rendered("{{contact.day | date: weekday}}", "es-MX") == "lunes 2 de marzo");
  CHECK(rendered("{{contact.august | date: full}}", "es") == "sabado 1 de agosto de 2026");
  CHECK(rendered("{{contact.day | date: weekday}}", "fr") == "lundi 2 mars");
  CHECK(rendered("{{contact.august | date: full}}", "fr") == "samedi 1er aout 2026");
  CHECK(rendered("{{contact.at | date: weekday}} at {{contact.at | time}}") == "Monday, March 2 at 12:30 AM");
  CHECK(rendered("{{contact.days | date: weekday}}") == "from Monday, March 2 to Wednesday, March 4");
  CHECK(rendered("{{contact.first_name | date: weekday}}") == "ana maría");
  CHECK(only_problem("{{contact.day | date: short}}").code == "template_syntax");
}

TEST_CASE("a range is said with both ends, each as people write it") {
  const std::vector<std::array<std::string, 4>> rows{
      {"window", "from 2:00 PM to 4:00 PM", "de 14:00 a 16:00", "de 14:00 à 16:00"},
      {"days", "from March 2, 2026 to March 4, 2026", "del 2 de marzo de 2026 al 4 de marzo de 2026", "du 2 mars 2026 au 4 mars 2026"},
      {"price", "from $500.00 to $800.00", "de 500,00 $ a 800,00 $", "de 500,00 $ à 800,00 $"},
      {"rooms", "from 2 to 4", "de 2 a 4", "de 2 à 4"},
      {"since", "from 3:00 PM on", "a partir de 15:00", "à partir de 15:00"},
      {"until", "until March 4, 2026", "hasta el 4 de marzo de 2026", "jusqu'au 4 mars 2026"},
      {"below", "up to $800.00", "hasta 800,00 $", "jusqu'à 800,00 $"},
      {"one", "3:00 PM", "15:00", "15:00"}};
  for (const auto& [name, english, spanish, french] : rows) {
    const auto text = "{{contact." + name + "}}";
    CHECK(rendered(text) == english);
    CHECK(rendered(text, "es") == spanish);
    CHECK(rendered(text, "fr") == french);
  }
  CHECK(rendered("{{contact.window | time}}, {{contact.days | date | upper}}") == "from 2:00 PM to 4:00 PM, FROM MARCH 2, 2026 TO MARCH 4, 2026");
  Problems problems;
  const auto ends = parse_text("{{answers.window.from}} {{answers.window.to | time}} {{answers.since.to | default: 'late'}}", problems);
  CHECK(render(ends, [](const Path& path) { return find_part(contact, path.name); }) == "14:00 4:00 PM late");
  CHECK(rendered("{{contact.visit | time}}") == "from 2:00 PM to 4:00 PM");
  CHECK(rendered("{{contact.visit}}") == "from March 2, 2026, 2:00 PM to March 2, 2026, 4:00 PM");
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
