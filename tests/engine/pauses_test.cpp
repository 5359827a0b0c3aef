#include <catch2/catch.hpp>

#include "engine/decide/pauses.hpp"

using namespace answerback;
using engine::end_of_pause;
using flows::Wait;
using namespace std::chrono_literals;

namespace {

// Chicago in the spring of 2026: clocks go forward on 8 March at 2 a.m., 08:00 UTC.
flows::LocalClock chicago() {
  return {"America/Chicago", {{*flows::parse_iso8601("2025-11-02T07:00:00Z"), -360min}, {*flows::parse_iso8601("2026-03-08T08:00:00Z"), -300min}}};
}

// Monday to Friday from nine to five, not on 25 December.
std::optional<flows::Hours> office_hours() {
  flows::Hours hours;
  for (unsigned day = 1; day <= 5; ++day) hours.week.at(day) = {{9h, 17h}};
  hours.closed = {std::chrono::year(2026) / 12 / 25};
  return hours;
}

std::string ends(const Wait& wait, std::string_view now, flows::Value value = {}) {
  const auto clock = chicago();
  const auto hours = office_hours();
  const auto local = clock.local(*flows::parse_iso8601(now));
  const flows::ReplyContext reply{std::chrono::sys_days(flows::day_of(local).time_since_epoch()), "en", flows::time_of_day(local), &clock};
  const flows::Lookup lookup = [&](const flows::Path&) { return &value; };
  const auto until = end_of_pause(wait, {*flows::parse_iso8601(now), clock, clock, hours, lookup, reply});
  return until ? flows::to_iso8601(*until).substr(0, 16) : "never";
}

Wait of_kind(Wait::Kind kind) {
  Wait wait;
  wait.kind = kind;
  return wait;
}

Wait for_duration(flows::Duration duration, bool in_hours = false) {
  auto wait = of_kind(Wait::Kind::duration);
  wait.duration = duration;
  wait.in_hours = in_hours;
  return wait;
}

}  // namespace

TEST_CASE("a pause for a while ends after it, and on to the next open hour when it says so") {
  CHECK(ends(for_duration(2h), "2026-03-02T15:00:00Z") == "2026-03-02T17:00");
  CHECK(ends(for_duration(2h, true), "2026-03-02T15:00:00Z") == "2026-03-02T17:00");   // 11:00 in Chicago: open
  CHECK(ends(for_duration(10h, true), "2026-03-02T15:00:00Z") == "2026-03-03T15:00");  // 19:00: shut until nine
  CHECK(ends(for_duration(1h, true), "2026-03-06T23:30:00Z") == "2026-03-09T14:00");   // Friday evening, over the change of clocks
  CHECK(ends(for_duration(1h, true), "2026-12-24T23:30:00Z") == "2026-12-28T14:00");   // a holiday and a weekend
}

TEST_CASE("a time of day is the next one on the contact's wall") {
  auto wait = of_kind(Wait::Kind::time_of_day);
  wait.duration = 9h;
  CHECK(ends(wait, "2026-03-02T14:59:00Z") == "2026-03-02T15:00");
  CHECK(ends(wait, "2026-03-02T15:00:00Z") == "2026-03-03T15:00");
  CHECK(ends(wait, "2026-03-07T20:00:00Z") == "2026-03-08T14:00");  // summer time begins in between
}

TEST_CASE("a date is its midnight there, a value is what it says, a day before either with an offset") {
  auto wait = of_kind(Wait::Kind::value);
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "2026-03-10") == "2026-03-10T05:00");
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "2026-03-10T15:00:00-05:00") == "2026-03-10T20:00");
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "17:30") == "2026-03-02T23:30");
  wait.offset = -24h;
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "2026-03-10T15:00:00-05:00") == "2026-03-09T20:00");
}

TEST_CASE("what is past ends at once, what is further than a year ends after a year, what is no time never") {
  auto wait = of_kind(Wait::Kind::value);
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "2025-01-01") == "2026-03-02T15:00");
  CHECK(ends(wait, "2026-03-02T15:00:00Z", "2036-01-01") == "2027-03-03T15:00");
  for (const auto* no_time : {"soon", "2026-02-30", "25:00", ""}) CHECK(ends(wait, "2026-03-02T15:00:00Z", no_time) == "never");
  CHECK(ends(wait, "2026-03-02T15:00:00Z") == "never");
}

TEST_CASE("open is now when it is open, else the next opening") {
  const auto wait = of_kind(Wait::Kind::open);
  CHECK(ends(wait, "2026-03-02T15:00:00Z") == "2026-03-02T15:00");
  CHECK(ends(wait, "2026-03-02T14:00:00Z") == "2026-03-02T15:00");
  CHECK(ends(wait, "2026-03-07T15:00:00Z") == "2026-03-09T14:00");
}

TEST_CASE("a value without a zone is read on the contact's clock, in the forms that people and other systems write") {
  const auto wait = of_kind(Wait::Kind::value);
  const std::string now = "2026-03-02T16:00:00Z";  // ten in the morning
  for (const auto* text : {"2026-03-04T15:00", "2026-03-04T15:00:00", "2026-03-04T15:00:00-06:00", "2026-03-04T21:00:00Z", "3/4/2026 3pm", "March 4 at 3 pm"}) {
    CAPTURE(text);
    CHECK(ends(wait, now, std::string(text)) == "2026-03-04T21:00");
  }
  CHECK(ends(wait, now, std::string("3/4/2026")) == "2026-03-04T06:00");
  CHECK(ends(wait, now, std::string("3pm")) == "2026-03-02T21:00");
  for (const auto* text : {"", "soon", "2026-13-45T15:00", "yes"}) {
    CAPTURE(text);
    CHECK(ends(wait, now, std::string(text)) == "never");
  }
}
