// Reads durations, dates and times of day as an author writes them, and says what is wrong with one that is none.
#pragma once

#include <optional>

#include "flows/hours.hpp"
#include "flows/load/loading.hpp"

namespace answerback::flows {

// A duration such as "90s", "15m", "24h", "3d"; nothing when it is absent, or wrong and reported.
std::optional<Duration> read_duration(Loading& loading, Fields& fields, std::string_view name);

// The same with a sign, "-24h": a shift of at most 366 days either way.
std::optional<Duration> read_offset(Loading& loading, Fields& fields, std::string_view name);

std::optional<std::chrono::year_month_day> parse_date(std::string_view text);  // "2026-03-02"
std::optional<Duration> parse_time_of_day(std::string_view text);              // "09:00", and "24:00" for the end of the day
std::optional<LocalTime> parse_local_time(std::string_view text);              // "2026-03-02T15:00"

}  // namespace answerback::flows
