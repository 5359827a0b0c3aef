// What a question offers, by the contact's clock.
#include "flows/offered_times.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "flows/load/load_expect.hpp"
#include "flows/understand/understand.hpp"

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

TEST_CASE("any words about ranges and offers are read without a throw, both ends within the bounds") {
  std::vector<Expect> kinds;
  for (const auto& [kind, options] : std::vector<std::pair<std::string, std::string>>{
           {"number", R"({"range": true, "min": 2, "max": 50})"}, {"money", R"({"range": true, "min": 1})"}, {"date", R"({"range": true, "after": "today", "weekdays": ["mon-fri"]})"},
           {"time", R"({"range": true, "between": ["08:00", "17:00"]})"}, {"datetime", R"({"range": true, "hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}})"},
           {"time", R"({"between": ["08:00", "17:00"]})"}, {"datetime", R"({"weekdays": ["tue"]})"}}) {
    kinds.push_back(*load_expect(kind, options).expect);
  }
  const std::vector<std::string> words{"between", "from", "2", "4", "to", "or", "-", "pm", "and", "tomorrow", "monday", "next", "week", "of", "march", "after", "before", "at", "least", "3/4", "k", "$",
                                       "noon", "morning", "half", "a", "dozen", "entre", "las", "y", "hasta", "de", "à", "14h", "midi", "avant", "pasado", "any", "time", "10:30", "00:00", "0900-1200", "31", "february"};
  rc::prop("words", [&](const std::vector<std::uint8_t>& picks) {
    std::string reply;
    for (const auto pick : picks) reply += words[pick % words.size()] + " ";
    for (const auto& kind : kinds) {
      for (const auto* language : {"en", "es", "fr"}) {
        const auto found = understand(kind, reply, {2026y / March / 2, language, 10h, &chicago_in_spring});
        RC_ASSERT(found.span.begin <= found.span.end && found.span.end <= reply.size());
        const auto* range = found.value ? std::get_if<Range>(&*found.value) : nullptr;
        const bool knows_itself = !found.sure || (found.value && found.others.empty());
        RC_ASSERT(knows_itself);
        if (!found.value) continue;
        RC_ASSERT(wants_range(kind) == (range != nullptr));
        if (range == nullptr) continue;
        const bool has_end = range->from() != Value{} || range->to() != Value{};
        RC_ASSERT(has_end);
        if (kind_name(kind) != "time") continue;
        for (const auto* end : {&range->from(), &range->to()}) {
          const auto* text = std::get_if<std::string>(end);
          const bool is_offered = text == nullptr || (*text >= "08:00" && *text <= "17:00");
          RC_ASSERT(is_offered);
        }
      }
    }
  });
}

}  // namespace answerback::flows
