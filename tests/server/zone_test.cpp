#include "server/config/zone.hpp"

#include <catch2/catch.hpp>

using namespace answerback;

namespace {

long minutes_at(const char* at, flows::Values fields, const std::string& default_zone = "UTC") {
  engine::Contact contact;
  contact.fields = std::move(fields);
  const auto instant = *flows::parse_iso8601(at);
  return static_cast<long>(server::Zones(default_zone, instant).of(contact)->offset_at(instant).count());
}

flows::Values zone(const std::string& name) { return {{"timezone", name}}; }

}  // namespace

TEST_CASE("a contact's own time zone counts, with its summer time") {
  CHECK(minutes_at("2026-01-15T12:00:00Z", zone("America/Chicago")) == -360);
  CHECK(minutes_at("2026-07-15T12:00:00Z", zone("America/Chicago")) == -300);
  CHECK(minutes_at("2026-07-15T12:00:00Z", zone("America/Phoenix")) == -420);
  CHECK(minutes_at("2026-07-15T12:00:00Z", zone("Asia/Kolkata")) == 330);
}

TEST_CASE("summer time begins at its instant: 8 March 2026, 2 a.m. in Chicago") {
  CHECK(minutes_at("2026-03-08T07:59:59.999Z", zone("America/Chicago")) == -360);
  CHECK(minutes_at("2026-03-08T08:00:00Z", zone("America/Chicago")) == -300);
}

TEST_CASE("whoever names no zone that exists has the configured one") {
  CHECK(minutes_at("2026-01-15T12:00:00Z", {}, "Europe/Madrid") == 60);
  CHECK(minutes_at("2026-01-15T12:00:00Z", zone("Mars/Olympus"), "Europe/Madrid") == 60);
  CHECK(minutes_at("2026-01-15T12:00:00Z", zone(""), "Europe/Madrid") == 60);
  CHECK(minutes_at("2026-01-15T12:00:00Z", {{"timezone", std::int64_t{5}}}, "Europe/Madrid") == 60);
  CHECK(minutes_at("2026-01-15T12:00:00Z", zone("../../etc/passwd"), "Europe/Madrid") == 60);
}

TEST_CASE("without any zone that exists it is UTC") {
  CHECK(minutes_at("2026-01-15T12:00:00Z", {}) == 0);
  CHECK(minutes_at("2026-01-15T12:00:00Z", zone("Mars/Olympus")) == 0);
  CHECK(minutes_at("2026-01-15T12:00:00Z", {}, "Mars/Olympus") == 0);
}
