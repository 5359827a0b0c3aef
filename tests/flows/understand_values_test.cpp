#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "flows/understand/understand.hpp"

namespace answerback::flows {
namespace {

using nlohmann::json;
using namespace std::chrono;

// Chicago in 2026: clocks go forward on March 8 and back on November 1, both at 2:00.
const LocalClock& chicago() {
  static const LocalClock clock{"America/Chicago",
                                {{Instant{}, minutes(-360)},
                                 {sys_days{year{2026} / 3 / 8} + hours(8), minutes(-300)},
                                 {sys_days{year{2026} / 11 / 1} + hours(7), minutes(-360)}}};
  return clock;
}

// `at`: what the clock on the wall shows, by name in UTC.
ReplyContext context_at(const std::string& at, const std::string& language) {
  const auto now = parse_iso8601(at).value();
  ReplyContext context;
  context.today = floor<days>(now);
  context.time_of_day = now - context.today;
  context.language = language;
  context.clock = &chicago();
  return context;
}

std::optional<DateBound> date_bound(const json& options, const char* name) {
  if (!options.contains(name)) return std::nullopt;
  const std::string text = options[name];
  if (text == "today") return DateBound{true, {}};
  return DateBound{false, floor<days>(parse_iso8601(text + "T00:00:00Z").value())};
}

std::optional<double> limit(const json& options, const char* name) {
  return options.contains(name) ? std::optional(options[name].get<double>()) : std::nullopt;
}

Expect expected_kind(const std::string& kind, const json& options) {
  if (kind == "number") return ExpectNumber{limit(options, "min"), limit(options, "max"), options.value("integer", false)};
  if (kind == "money") return ExpectMoney{limit(options, "min"), limit(options, "max"), options.value("currency", "USD")};
  if (kind == "date") return ExpectDate{date_bound(options, "after"), date_bound(options, "before")};
  if (kind == "datetime") return ExpectDateTime{date_bound(options, "after"), date_bound(options, "before")};
  return ExpectTime{};
}

json value_json(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* money = std::get_if<Money>(&value)) return {{"amount", money->amount}, {"currency", money->currency}};
  return std::get<std::string>(value);
}

json others_json(const Understood& found) {
  json others = json::array();
  for (const auto& other : found.others) others.push_back(value_json(other));
  return others;
}

void check_row(const std::string& kind, const json& row) {
  const auto reply = row["reply"].get<std::string>();
  const auto language = row.value("language", "en");
  const auto options = row.value("options", json::object());
  CAPTURE(kind, reply, language, options.dump());
  const auto found = understand(expected_kind(kind, options), reply, context_at(row.value("at", "2026-03-02T10:00:00Z"), language));
  CHECK((found.value ? value_json(*found.value) : json(nullptr)) == row["value"]);
  if (row.contains("sure")) CHECK(found.sure == row["sure"].get<bool>());
  if (row.contains("others")) CHECK(others_json(found) == row["others"]);
  CHECK(!(found.sure && !found.others.empty()));
  const auto span = found.span;
  REQUIRE((span.begin <= span.end && span.end <= reply.size()));
  CHECK(found.value.has_value() == (span.begin < span.end));
  if (row.contains("from")) CHECK(reply.substr(span.begin, span.end - span.begin) == row["from"]);
}

void check_values(const std::string& kind) {
  const auto rows = json::parse(std::ifstream(TESTS_DIR "/flows/data/understand_" + kind + ".json"));
  REQUIRE(rows.size() > 50);
  for (const auto& row : rows) check_row(kind, row);
}

TEST_CASE("a number is understood in digits and in words, within its bounds") { check_values("number"); }
TEST_CASE("money is understood with its currency or in the question's") { check_values("money"); }
TEST_CASE("a date is understood from what is written and from today") { check_values("date"); }
TEST_CASE("a time is understood by any clock, and both halves of the day are offered where it could be either") { check_values("time"); }
TEST_CASE("a date with a time becomes an instant of the contact's zone") { check_values("datetime"); }

TEST_CASE("a time without a clock is one of UTC") {
  auto context = context_at("2026-03-02T10:00:00Z", "en");
  context.clock = nullptr;
  CHECK(understand(ExpectDateTime{}, "tomorrow at 3pm", context).value == Value(std::string("2026-03-03T15:00:00+00:00")));
}

const std::vector<Expect>& value_kinds() {
  static const std::vector<Expect> kinds{ExpectNumber{}, ExpectMoney{}, ExpectDate{}, ExpectTime{}, ExpectDateTime{}};
  return kinds;
}

TEST_CASE("words of numbers, money, dates and times in any order are read without a throw, alike each time, and only what is one value is sure") {
  const std::vector<std::string> words{"one",  "two",   "half",  "past",   "next",   "friday", "may",  "5",     "12",   "3pm",  "in",     "days",  "week", "a",
                                       "and",  "to",    "-",     "/",      ":",      ".",      ",",    "$",     "€",    "the",  "of",     "noon",  "mil",  "y",
                                       "media", "mañana", "las", "quatre", "vingt",  "et",     "demi", "lundi", "h",    "le",   "prochain", "end", "ago",  "minus",
                                       "2026", "hundred", "k",   "dozen",  "quarter", "at",    "point", "th",   "lunes", "que", "viene",  "1,5",   "’",    "à"};
  for (const auto* language : {"en", "es", "fr"}) {
    rc::prop("in any order", [&](const std::vector<std::uint16_t>& picks) {
      std::string reply;
      for (const auto pick : picks) reply += words[pick % words.size()] + (pick % 3 == 0 ? "" : " ");
      const auto context = context_at("2026-03-02T10:00:00Z", language);
      for (const auto& kind : value_kinds()) {
        const auto found = understand(kind, reply, context);
        RC_ASSERT(found.span.begin <= found.span.end && found.span.end <= reply.size());
        RC_ASSERT(!found.sure || (found.value && found.others.empty()));
        RC_ASSERT(found.value.has_value() == (found.span.begin < found.span.end));
        RC_ASSERT(understand(kind, reply, context) == found);
      }
    });
  }
}

TEST_CASE("every day of five years is understood in every spelling as that day") {
  const std::vector<std::string> names{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  const auto context = context_at("2026-03-02T10:00:00Z", "en");
  for (auto day = sys_days{year{2024} / 1 / 1}; day < sys_days{year{2029} / 1 / 1}; day += days{1}) {
    const year_month_day date{day};
    const auto y = std::to_string(static_cast<int>(date.year()));
    const auto m = std::to_string(static_cast<unsigned>(date.month()));
    const auto d = std::to_string(static_cast<unsigned>(date.day()));
    const auto& name = names[static_cast<unsigned>(date.month()) - 1];
    const auto iso = y + (m.size() < 2 ? "-0" : "-") + m + (d.size() < 2 ? "-0" : "-") + d;
    for (const auto& reply : {iso, m + "/" + d + "/" + y, name + " " + d + ", " + y, d + " " + name + " " + y, "the " + d + "th of " + name + " " + y, d + "-" + name.substr(0, 3) + "-" + y}) {
      CAPTURE(reply);
      const auto found = understand(ExpectDate{}, reply, context);
      REQUIRE(found.value == Value(iso));
    }
  }
}

TEST_CASE("every minute of a day is understood on both clocks") {
  const auto context = context_at("2026-03-02T10:00:00Z", "en");
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    const auto hour = minute / 60;
    const auto iso = two(hour) + ":" + two(minute % 60);
    const auto twelve = std::to_string(hour % 12 == 0 ? 12 : hour % 12) + ":" + two(minute % 60) + (hour < 12 ? "am" : " p.m.");
    for (const auto& reply : {iso == "00:00" ? std::string("24:00") : two(hour) + ":" + two(minute % 60), twelve, "at " + twelve}) {
      CAPTURE(reply);
      const auto found = understand(ExpectTime{}, reply, context);
      REQUIRE(found.value == Value(iso));
      if (hour == 0 || hour > 12 || hour < 10 || reply == twelve) REQUIRE(found.sure);
    }
  }
}

}  // namespace
}  // namespace answerback::flows
