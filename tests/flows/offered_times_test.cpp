// What a question offers, by the contact's clock.
#include "flows/offered_times.hpp"

#include <catch2/catch.hpp>

#include "flows/load_expect.hpp"
#include "flows/understand.hpp"

namespace answerback::flows {
namespace {

using namespace std::chrono;

// Chicago in 2026: standard time, then summer time from March 8, when 02:00 to 03:00 is skipped.
const LocalClock chicago_in_spring{"America/Chicago", {{Instant(sys_days{2025y / November / 2} + 7h), -6h}, {Instant(sys_days{2026y / March / 8} + 8h), -5h}}};

Understood understood(const char* options, std::string_view reply, sys_days today, Duration time_of_day) {
  const auto loaded = load_expect("datetime", options);
  REQUIRE(loaded.expect);
  return understand(*loaded.expect, reply, {today, "en", time_of_day, &chicago_in_spring});
}

}  // namespace

TEST_CASE("what is offered is offered by the wall of the contact, on the day of a change of the clocks too") {
  const auto* options = R"({"between": ["08:00", "17:00"]})";
  CHECK(understood(options, "sunday at 8", 2026y / March / 7, 10h).value == Value("2026-03-08T08:00:00-05:00"));
  CHECK(understood(options, "today at 8", 2026y / March / 7, 7h).value == Value("2026-03-07T08:00:00-06:00"));
  CHECK(understood(options, "at 2", 2026y / March / 7, 23h).value == Value("2026-03-08T14:00:00-05:00"));
  CHECK_FALSE(understood(options, "sunday at 2:30am", 2026y / March / 7, 10h).value);
  // "18:00Z" is noon in Chicago, "08:00Z" two in the morning.
  CHECK(understood(options, "2026-03-03T18:00:00Z", 2026y / March / 2, 10h).value == Value("2026-03-03T12:00:00-06:00"));
  CHECK_FALSE(understood(options, "2026-03-03T08:00:00Z", 2026y / March / 2, 10h).value);
}

TEST_CASE("of a time alone the next that is offered is meant, as far off as a week") {
  CHECK(understood(R"({"weekdays": ["mon"]})", "at 2", 2026y / March / 2, 10h).value == Value("2026-03-02T14:00:00-06:00"));
  CHECK(understood(R"({"weekdays": ["mon"], "between": ["08:00", "17:00"]})", "at 2", 2026y / March / 2, 15h).value == Value("2026-03-09T14:00:00-05:00"));
  CHECK(understood(R"({"hours": {"tue": ["09:00-11:00"]}})", "at 10", 2026y / March / 2, 10h).value == Value("2026-03-03T10:00:00-06:00"));
  CHECK_FALSE(understood(R"({"weekdays": ["mon"], "before": "2026-03-05"})", "at 2pm", 2026y / March / 2, 15h).value);
}

TEST_CASE("an end of between is offered, the hour at which an office shuts is not") {
  OfferedTimes offered;
  CHECK_FALSE(limits_anything(offered));
  CHECK(offers_time(offered, 23h + 59min));
  offered.between = OpenRange{8h, 17h};
  CHECK(offers_time(offered, 17h));
  CHECK_FALSE(offers_time(offered, 17h + 1min));
  CHECK(offers_window(offered, 16h, 17h));
  CHECK_FALSE(offers_window(offered, 16h, 18h));
  offered.hours = Hours{};
  offered.hours->week[1] = {{9h, 12h}, {13h, 17h}};
  CHECK_FALSE(offers_time(offered, 17h));
  CHECK_FALSE(offers_time(offered, 12h));
  CHECK(offers_window(offered, 13h, 17h));
  CHECK_FALSE(offers_window(offered, 11h, 14h));
  CHECK(offered_ranges(offered) == std::vector<OpenRange>{{9h, 12h}, {13h, 17h}});
  offered.weekdays = std::array<bool, 7>{true};  // Sunday
  CHECK(offered_ranges(offered).empty());
}

}  // namespace answerback::flows
