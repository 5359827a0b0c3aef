#include "webhooks/schedule.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <set>

using namespace answerback::webhooks;
using namespace std::chrono_literals;
using answerback::flows::Duration;
using answerback::flows::Instant;

namespace {

constexpr Instant now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 16h};
const Schedule standard = Schedule::standard();

Schedule without_jitter() {
  auto schedule = standard;
  schedule.jitter = 0;
  return schedule;
}

AttemptResult answer(int status, std::optional<Duration> retry_after = std::nullopt, std::uint32_t attempt = 1) {
  return {status, retry_after, attempt};
}

Duration wait_after(const AttemptResult& result, std::uint32_t failures = 0) {
  return after(without_jitter(), result, failures, 1, now).due_at - now;
}

}  // namespace

TEST_CASE("the standard schedule makes 10 attempts over 75 h 35 m 5 s (Standard Webhooks, retry schedule)") {
  std::vector<Duration> waits;
  Next next{Verdict::retry, now, 0};
  while (next.verdict == Verdict::retry && waits.size() < 20) {
    const auto from = next.due_at;
    next = after(without_jitter(), answer(500), next.failures, 7, from);
    if (next.verdict == Verdict::retry) waits.push_back(next.due_at - from);
  }
  CHECK(waits == std::vector<Duration>{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h});
  CHECK(next.verdict == Verdict::give_up);
  CHECK(next.failures == 10);
  CHECK(next.due_at - now == 75h + 35min + 5s);
}

TEST_CASE("only 2xx is success (Standard Webhooks, status codes)") {
  for (const int status : {200, 201, 202, 204, 299}) CHECK(after(standard, answer(status), 3, 1, now).verdict == Verdict::delivered);
  for (const int status : {0, 100, 199, 300, 400, 401, 404, 409, 500, 502, 503, 504, 599})
    CHECK(after(standard, answer(status), 3, 1, now).verdict == Verdict::retry);
  CHECK(after(standard, answer(204), 3, 1, now).failures == 3);
}

TEST_CASE("a redirect is a failure and is never followed (Standard Webhooks, redirects)") {
  for (const int status : {301, 302, 303, 307, 308}) {
    const auto next = after(standard, answer(status), 0, 1, now);
    CHECK(next.verdict == Verdict::retry);
    CHECK(next.failures == 1);
  }
}

TEST_CASE("410 ends the delivery and says so (Standard Webhooks, status codes)") {
  CHECK(after(standard, answer(410), 0, 1, now).verdict == Verdict::gone);
  CHECK(after(standard, answer(410), 9, 1, now).verdict == Verdict::gone);
}

TEST_CASE("429 does not use up an attempt") {
  for (std::uint32_t attempt = 1; attempt <= max_throttled_attempts; ++attempt) {
    const auto next = after(standard, answer(429, std::nullopt, attempt), 0, 1, now);
    REQUIRE(next.verdict == Verdict::retry);
    REQUIRE(next.failures == 0);
  }
  CHECK(after(standard, answer(429, std::nullopt, 10), 9, 1, now).verdict == Verdict::retry);
}

TEST_CASE("429 for ever comes to an end: beyond its bound it counts like any failure") {
  Next next{Verdict::retry, now, 0};
  std::uint32_t attempts = 0;
  while (next.verdict == Verdict::retry && attempts < 2'000) next = after(standard, answer(429, 1s, ++attempts), next.failures, 1, next.due_at);
  CHECK(next.verdict == Verdict::give_up);
  CHECK(attempts == max_throttled_attempts + 10);
  CHECK(next.due_at - now > 24h);
}

TEST_CASE("429 without Retry-After waits about a minute, and longer each time up to a quarter of an hour") {
  CHECK(wait_after(answer(429, std::nullopt, 1)) == 1min);
  CHECK(wait_after(answer(429, std::nullopt, 4)) == 4min);
  CHECK(wait_after(answer(429, std::nullopt, 400)) == 15min);
  CHECK(wait_after(answer(429, std::nullopt, 4), 3) == 1min);
}

TEST_CASE("Retry-After is a floor, and capped") {
  CHECK(wait_after(answer(503, 60s)) == 60s);
  CHECK(wait_after(answer(503, 2s)) == 5s);
  CHECK(wait_after(answer(503, 2s), 3) == 2h);
  CHECK(wait_after(answer(429, 20s)) == 20s);
  CHECK(wait_after(answer(503, 1000h)) == 24h);
  CHECK(wait_after(answer(429, 1000h)) == 24h);
  CHECK(wait_after(answer(429, 0s)) == 1s);
  CHECK(wait_after(answer(503, Duration(-5))) == 5s);
}

TEST_CASE("waits are spread by a fifth to both sides, and the same delivery always waits the same time") {
  std::set<Duration> waits;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto next = after(standard, answer(500), 1, seed, now);
    CHECK(next == after(standard, answer(500), 1, seed, now));
    CHECK(next.due_at - now >= 240s);
    CHECK(next.due_at - now <= 360s);
    waits.insert(next.due_at - now);
  }
  CHECK(waits.size() > 190);
  CHECK(*waits.begin() < 250s);
  CHECK(*waits.rbegin() > 350s);
}

TEST_CASE("no schedule and no answer make a wait that is negative, early or beyond its bounds") {
  rc::prop("bounded", [](std::uint16_t status, std::uint32_t failures, std::uint32_t attempt, std::uint64_t seed) {
    const auto seconds = *rc::gen::inRange<std::int64_t>(-10, 1'000'000);
    const auto next = after(standard, answer(status % 600, Duration(std::chrono::seconds(seconds)), attempt), failures % 12, seed, now);
    RC_ASSERT(next.due_at >= now);
    RC_ASSERT(next.due_at <= now + 29h);
    if (next.verdict != Verdict::retry) return;
    RC_ASSERT(next.due_at > now);
    if (seconds >= 0 && seconds < 86'400) RC_ASSERT(next.due_at >= now + std::chrono::seconds(seconds));
  });
}

TEST_CASE("Retry-After is seconds (RFC 9110 10.2.3)") {
  CHECK(parse_retry_after("0", now) == Duration(0));
  CHECK(parse_retry_after("120", now) == Duration(2min));
  CHECK(parse_retry_after("99999999999999999999999", now) >= Duration(24h));
  for (const char* bad : {"", "-1", "+1", "1m", " 1", "soon", "0x10", ".", "1.", ".5", "1.5.2", "1e3", "1,5", "5, 10"}) {
    INFO(bad);
    CHECK_FALSE(parse_retry_after(bad, now));
  }
}

TEST_CASE("Retry-After in forms that receivers send besides: fractions, units, instants") {
  struct Row {
    const char* text;
    Duration wait;
  };
  for (const auto& [text, wait] : {Row{"1.5", 1500ms}, Row{"0.25", 250ms}, Row{"1500ms", 1500ms}, Row{"1500 ms", 1500ms}, Row{"30s", 30s},
                                   Row{"172800", 48h},                                   // two days are two days, not three minutes
                                   Row{"60000000", 1000min},                             // two years of seconds are meant as milliseconds
                                   Row{"1795449690", 90s}, Row{"1795449690000", 90s},    // 16:01:30, since 1970
                                   Row{"1795449690.5", 90500ms}, Row{"1500000000", 0s}}) {  // the last is long over
    INFO(text);
    CHECK(parse_retry_after(text, now) == wait);
  }
}

TEST_CASE("Retry-After is a date in any of the three forms (RFC 9110 5.6.7)") {
  CHECK(parse_retry_after("Mon, 23 Nov 2026 16:01:30 GMT", now) == Duration(90s));
  CHECK(parse_retry_after("Monday, 23-Nov-26 16:01:30 GMT", now) == Duration(90s));
  CHECK(parse_retry_after("Mon Nov 23 16:01:30 2026", now) == Duration(90s));
  CHECK(parse_retry_after("Sun Nov  1 00:00:00 2026", now) == Duration(0));
  CHECK(parse_retry_after("Tue, 23 Nov 2026 16:01:30 GMT", now) == std::nullopt);  // it is a Monday
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == Duration(0));
  for (const char* bad : {"Mon, 23 Nov 2026", "Mon, 23 Nov 2026 16:01:30 GMT trailing", "Mon, 32 Nov 2026 16:01:30 GMT"})
    CHECK_FALSE(parse_retry_after(bad, now));
  CHECK_FALSE(parse_retry_after(std::string(100'000, 'M'), now));
}

TEST_CASE("Retry-After names UTC in other words than GMT, another zone, or another spelling of a date") {
  for (const char* text : {"Mon, 23 Nov 2026 16:01:30 UTC", "Mon, 23 Nov 2026 16:01:30 +0000", "Mon, 23 Nov 2026 16:01:30 -0000",
                           "Mon, 23 Nov 2026 16:01:30 Z", "Mon, 23 Nov 2026 11:01:30 -0500", "Mon, 23 Nov 2026 17:01:30 +01:00",
                           "Mon, 23-Nov-2026 16:01:30 GMT", "Monday, 23-Nov-26 16:01:30 UTC", "Mon Nov 23 16:01:30 UTC 2026",
                           "Mon Nov 23 16:01:30 2026 GMT", "2026-11-23T16:01:30Z", "2026-11-23T17:01:30+01:00"}) {
    INFO(text);
    CHECK(parse_retry_after(text, now) == Duration(90s));
  }
  // RFC 9110 5.6.7: two digits more than 50 years ahead are of the century before.
  CHECK(parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now) == Duration(0));
  for (const char* bad : {"Mon, 23 Nov 2026 16:01:30 PST", "Mon, 23 Nov 2026 24:01:30 GMT", "Mon, 23 Nov 2026 16:01 GMT", "Mon, 29 Feb 2026 16:01:30 GMT",
                          "Mon, 23 Nov 2026 16:01:30 +9900", "Mon 23"}) {
    INFO(bad);
    CHECK_FALSE(parse_retry_after(bad, now));
  }
}
