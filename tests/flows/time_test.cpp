#include "flows/time.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

using namespace answerback::flows;
using namespace std::chrono_literals;

namespace {

constexpr Instant afternoon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 16h + 123ms};

}  // namespace

TEST_CASE("an instant is written in UTC with three decimals (RFC 3339)") {
  CHECK(to_iso8601(afternoon) == "2026-11-23T16:00:00.123Z");
  CHECK(to_iso8601(Instant{}) == "1970-01-01T00:00:00.000Z");
  CHECK(to_iso8601(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("an instant is read with Z or an offset, with or without a fraction (RFC 3339 section 5.6)") {
  CHECK(parse_iso8601("2026-11-23T16:00:00.123Z") == afternoon);
  CHECK(parse_iso8601("2026-11-23t16:00:00.123456789z") == afternoon);
  CHECK(parse_iso8601("2026-11-23T10:00:00.123-06:00") == afternoon);
  CHECK(parse_iso8601("2026-11-23T21:30:00.123+05:30") == afternoon);
  CHECK(parse_iso8601("2026-11-23T16:00:00Z") == afternoon - 123ms);
  CHECK(parse_iso8601("2026-11-23T16:00:00.1Z") == afternoon - 23ms);
  CHECK(parse_iso8601("2024-02-29T00:00:00Z").has_value());
}

TEST_CASE("a leap second is taken for the end of its minute (RFC 3339 section 5.7)") {
  CHECK(parse_iso8601("2016-12-31T23:59:60Z") == parse_iso8601("2016-12-31T23:59:59.999Z"));
}

TEST_CASE("what is no instant is not read as one") {
  for (const auto* text : {"", "2026", "2026-11-23", "2026-11-23T16:00Z", "2026-11-23T16:00:00", "2026-11-23T16:00:00.Z", "2026-11-23 16:00:00Z",
                           "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T16:60:00Z",
                           "2026-11-23T16:00:61Z", "2026-11-23T16:00:00+24:00", "2026-11-23T16:00:00+0530", "2026-11-23T16:00:00Z ",
                           "+026-11-23T16:00:00Z", "2026-1a-23T16:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(parse_iso8601(text).has_value());
  }
}

TEST_CASE("every instant of four-digit years is read back as it was written") {
  rc::prop("round trip", [] {
    const auto last = parse_iso8601("9999-12-31T23:59:59.999Z")->time_since_epoch().count();
    const Instant at{Duration(*rc::gen::inRange<std::int64_t>(-62'167'219'200'000, last))};
    RC_ASSERT(parse_iso8601(to_iso8601(at)) == at);
  });
}

TEST_CASE("no text makes the readers of time fail") {
  rc::prop("any bytes", [](const std::string& text) {
    parse_iso8601(text);
    parse_duration(text);
  });
}

TEST_CASE("durations are a whole number and a unit") {
  CHECK(parse_duration("90s") == 90s);
  CHECK(parse_duration("15m") == 15min);
  CHECK(parse_duration("24h") == 24h);
  CHECK(parse_duration("3d") == 72h);
  CHECK(parse_duration("366d") == 366 * 24h);
  for (const auto* text : {"", "s", "0s", "00d", "-1h", "1.5h", "1w", "1 h", "h1", "24H", "367d", "31622401s", "99999999d", "999999999999s"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("a duration is written in its largest whole unit") {
  CHECK(to_string(24h) == "1d");
  CHECK(to_string(90s) == "90s");
  CHECK(to_string(120s) == "2m");
  CHECK(to_string(25h) == "25h");
  CHECK(to_string(1500ms) == "2s");
  rc::prop("and is read back", [] {
    const Duration duration = std::chrono::seconds(*rc::gen::inRange(1, 366 * 86'400));
    RC_ASSERT(parse_duration(to_string(duration)) == duration);
  });
}
