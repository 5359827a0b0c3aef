// A flow of many alternatives is judged in a time that does not grow with their square, whatever they are.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <functional>

#include "flows/check/branch_table.hpp"
#include "flows/check/proof.hpp"
#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

constexpr std::size_t alternatives = 20'000;
// An unoptimized build under a sanitizer takes a few seconds; the square of the alternatives took it minutes.
constexpr double bearable_seconds = 30;

using Item = std::function<std::string(std::size_t)>;

std::string list_of(std::size_t count, const Item& item) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + item(i);
  return "[" + list + "]";
}

std::string with_next(const std::string& next, const std::string& expect = R"("text")") {
  return R"({ "flow": "many", "steps": { "q": { "ask": "Which?", "expect": )" + expect + R"(, "next": )" + next +
         R"( }, "done": { "complete": "done" } } })";
}

std::string any_of_them(const Item& item, std::size_t count = alternatives, const std::string& expect = R"("text")") {
  return with_next(R"([{ "when": { "any": )" + list_of(count, item) + R"( }, "to": "done" }, { "to": "done" }])", expect);
}

// Processor time, so that a busy machine makes nothing slower.
double seconds_to_judge(const std::string& source) {
  const auto before = std::clock();
  const auto loaded = flows::load_flow(source);
  if (loaded.flow) flows::prove(*loaded.flow);
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

std::string phrase_of_letters(std::size_t number) {
  std::string phrase;
  for (std::size_t i = 0; i < 40; ++i, number /= 10) phrase += fmt::format("{} ", static_cast<char>('a' + (number % 10 + i) % 26));
  return phrase;
}

}  // namespace

TEST_CASE("many alternatives of a condition are judged in a bearable time") {
  const auto item = GENERATE(as<std::pair<std::string, std::string>>{},                                //
                             std::pair{"different values", R"({{ "answers.q": "v{}" }})"},            //
                             std::pair{"numbers", R"({{ "answers.q": {{ "gt": {} }} }})"},            //
                             std::pair{"parts of texts", R"({{ "answers.q": {{ "contains": "v{}" }} }})"},
                             std::pair{"fields nobody declared", R"({{ "contact.f{}": "x" }})"},      //
                             std::pair{"answers nobody gives", R"({{ "answers.f{}": {{ "exists": true }} }})"});
  const auto source = any_of_them([&](std::size_t i) { return fmt::format(fmt::runtime(item.second), i); });
  INFO(item.first);
  CHECK(seconds_to_judge(source) < bearable_seconds);
}

TEST_CASE("alternatives that repeat one value, a list of values and a pattern each are judged in a bearable time") {
  CHECK(seconds_to_judge(any_of_them([](std::size_t) { return R"({ "answers.q": "v" })"; })) < bearable_seconds);
  const auto values = list_of(alternatives, [](std::size_t i) { return fmt::format("\"v{}\"", i); });
  CHECK(seconds_to_judge(with_next(R"([{ "when": { "answers.q": )" + values + R"( }, "to": "done" }, { "to": "done" }])")) < bearable_seconds);
  const auto matches = [](std::size_t i) { return fmt::format(R"({{ "answers.q": {{ "matches": "v{}" }} }})", i); };
  CHECK(seconds_to_judge(any_of_them(matches, 4'000)) < bearable_seconds);
}

TEST_CASE("many branches of one step, each with its own condition and ending, are judged in a bearable time") {
  const auto branch = [](std::size_t i) { return fmt::format(R"({{ "when": {{ "answers.q": "v{}" }}, "complete": "r{}" }})", i, i); };
  CHECK(seconds_to_judge(with_next(list_of(12'000, branch))) < bearable_seconds);
  const auto never = [](std::size_t i) { return fmt::format(R"({{ "when": {{ "answers.q": "v{}" }}, "to": "done" }})", i); };
  CHECK(seconds_to_judge(with_next(list_of(12'000, never), R"({ "choice": { "a": [], "b": [] } })")) < bearable_seconds);
}

TEST_CASE("as many phrases as a flow may have, of as many words as they may have, are judged in a bearable time") {
  const auto entry = [](std::size_t i) {
    const auto phrases = list_of(100, [i](std::size_t j) { return fmt::format("\"{}\"", phrase_of_letters(i * 100 + j)); });
    return R"({ "phrases": )" + phrases + R"(, "to": "done" })";
  };
  CHECK(seconds_to_judge(R"({ "flow": "many", "anytime": )" + list_of(100, entry) +
                         R"(, "steps": { "q": { "ask": "?", "expect": "text", "next": "done" }, "done": { "complete": "done" } } })") <
        bearable_seconds);
}

TEST_CASE("as many choices as a question may have, with all their synonyms, are judged in a bearable time") {
  std::string choices;
  for (std::size_t i = 0; i < 100; ++i) {
    const auto synonyms = list_of(49, [i](std::size_t j) { return fmt::format("\"word{}x{}\"", i, j); });
    choices += fmt::format(R"({}"key{}": {})", i == 0 ? "" : ", ", i, synonyms);
  }
  CHECK(seconds_to_judge(with_next(R"("done")", R"({ "choice": { )" + choices + " } }")) < bearable_seconds);
}

TEST_CASE("a table of branches that costs more than its budget is given up, and takes all of it") {
  const auto flow = tests::load(any_of_them([](std::size_t i) { return fmt::format(R"({{ "answers.q": "v{}" }})", i); }, 200));
  const auto& ask = std::get<flows::Ask>(flow->steps[0].verb);
  flows::Domain domain;
  domain.kinds = {&ask.expect};
  const auto domain_of = [&](const flows::Path&) { return domain; };
  flows::TableBudget enough;
  CHECK(flows::try_branches(ask.next, domain_of, enough));
  flows::TableBudget too_little{1'000};
  CHECK_FALSE(flows::try_branches(ask.next, domain_of, too_little));
  CHECK(too_little.left == 0);
}

TEST_CASE("what many alternatives leave unsaid is still found, as far as values can be tried") {
  const auto branch = [](std::size_t i) { return fmt::format(R"({{ "when": {{ "answers.q": "v{}" }}, "to": "done" }})", i); };
  const auto loaded = flows::load_flow(with_next(list_of(12'000, branch)));
  const auto falls_through = [](const flows::Issue& issue) { return issue.code == "falls_through"; };
  CHECK(std::count_if(loaded.issues.begin(), loaded.issues.end(), falls_through) == 1);
}
