// parse_retry_after: generous in what it takes, since a receiver that asks for a pause in a form of its own still asks for it.
#include <date/date.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/text/letter_case.hpp"
#include "flows/time.hpp"
#include "webhooks/schedule.hpp"

namespace answerback::webhooks {

namespace {

using flows::Duration;
using flows::Instant;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t max_retry_after = 64;
constexpr Duration longest_wait = std::chrono::hours(24 * 366 * 10);  // more than that is capped anyway, and this can't overflow
constexpr Duration a_year = std::chrono::hours(24 * 365);

struct WrittenNumber {
  double value = 0;
  std::string_view unit;
};

bool is_digit_char(char c) { return c >= '0' && c <= '9'; }

// "120", "1.5", "1500ms"; no sign, no exponent.
std::optional<WrittenNumber> read_number(std::string_view text) {
  const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto digits = text.substr(0, end);
  if (digits.empty() || !is_digit_char(digits.front()) || !is_digit_char(digits.back())) return std::nullopt;
  WrittenNumber number;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.value, std::chars_format::fixed);
  if (error != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
  number.unit = text.substr(end);
  while (number.unit.starts_with(' ')) number.unit.remove_prefix(1);
  const bool is_known = number.unit.empty() || number.unit == "s" || number.unit == "ms";
  return is_known ? std::optional(number) : std::nullopt;
}

Duration bounded(double count) {
  const auto most = static_cast<double>(longest_wait.count());
  return milliseconds(static_cast<std::int64_t>(std::clamp(count, 0.0, most)));
}

// RFC 9110 10.2.3 has whole seconds. What as seconds would be years is an instant in seconds or milliseconds since 1970 when that lies
// in the years from 2001 to 2096, else milliseconds.
Duration wait_of(const WrittenNumber& number, Instant now) {
  constexpr double first_instant = 1e9, last_instant = 4e9;
  const auto in = [&](double unit) { return number.value >= first_instant * unit && number.value < last_instant * unit; };
  const double as_seconds = number.value * 1000;
  if (number.unit == "ms") return bounded(number.value);
  if (number.unit == "s") return bounded(as_seconds);
  if (in(1) || in(1000)) return bounded((in(1) ? as_seconds : number.value) - static_cast<double>(now.time_since_epoch().count()));
  return bounded(as_seconds < static_cast<double>(a_year.count()) ? as_seconds : number.value);
}

// The words of a date: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". A hyphen parts
// words beside a letter only: "-0500" is a zone.
std::vector<std::string> date_words(std::string_view text) {
  std::vector<std::string> words(1);
  const auto is_alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool by_letter = (i > 0 && is_alpha(text[i - 1])) || (i + 1 < text.size() && is_alpha(text[i + 1]));
    if (text[i] == ' ' || text[i] == ',' || (text[i] == '-' && by_letter)) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back().push_back(text[i]);
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::optional<unsigned> number_of(std::string_view text, std::size_t min_digits, std::size_t max_digits) {
  unsigned number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool fits = text.size() >= min_digits && text.size() <= max_digits && error == std::errc{} && stop == text.data() + text.size();
  return fits ? std::optional(number) : std::nullopt;
}

// A word's place among names that begin with it, from 0: the first three letters count.
template <std::size_t count>
std::optional<unsigned> named(std::string_view word, const std::array<std::string_view, count>& names) {
  const auto lower = flows::to_lower_ascii(word);
  for (std::size_t i = 0; i < count; ++i)
    if (lower.size() >= 3 && names[i].starts_with(lower)) return static_cast<unsigned>(i);
  return std::nullopt;
}

constexpr std::array<std::string_view, 12> months{"january", "february", "march",     "april",   "may",      "june",
                                                  "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

std::optional<Duration> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = number_of(text.substr(0, 2), 2, 2), minute = number_of(text.substr(3, 2), 2, 2), second = number_of(text.substr(6, 2), 2, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
}

// What to take off to get UTC: "GMT", "UTC", "Z", "+0000", "-05:00".
std::optional<Duration> zone_offset(std::string text) {
  if (text == "GMT" || text == "UTC" || text == "UT" || text == "Z" || text == "Etc/UTC") return Duration::zero();
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::erase(text, ':');
  const auto hours = number_of(std::string_view(text).substr(1, 2), 2, 2);
  const auto minutes = text.size() == 5 ? number_of(std::string_view(text).substr(3), 2, 2) : std::nullopt;
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const auto size = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return text[0] == '-' ? -size : size;
}

// RFC 9110 5.6.7: two digits that seem to lie more than 50 years ahead mean the century before.
std::optional<int> year_of(std::string_view text, Instant now) {
  const auto number = number_of(text, 2, 4);
  if (!number || text.size() == 3) return std::nullopt;
  if (text.size() == 4) return static_cast<int>(*number);
  const auto today = static_cast<int>(date::year_month_day(date::floor<date::days>(now)).year());
  const auto year = today / 100 * 100 + static_cast<int>(*number);
  return year > today + 50 ? year - 100 : year;
}

struct DateParts {
  std::string_view day, month, year, time, zone = "GMT";
};

// By the place of the month: "06 Nov 1994 TIME ZONE" or "Nov 6 TIME 1994 [ZONE]".
std::optional<DateParts> sorted_parts(const std::vector<std::string>& words) {
  const std::vector<std::string_view> w(words.begin(), words.end());
  if (w.size() < 5 || w.size() > 6) return std::nullopt;
  if (named(w[2], months)) return DateParts{w[1], w[2], w[3], w[4], w.size() == 6 ? w[5] : std::string_view("GMT")};
  if (!named(w[1], months)) return std::nullopt;
  // date(1) has its zone before the year.
  if (w.size() == 6 && number_of(w[5], 4, 4)) return DateParts{w[2], w[1], w[5], w[3], w[4]};
  return DateParts{w[2], w[1], w[4], w[3], w.size() == 6 ? w[5] : std::string_view("GMT")};
}

// RFC 9110 5.6.7: the form of today and the two obsolete ones that a recipient must read; UTC in other words besides.
std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
  const auto words = date_words(text);
  const auto parts = sorted_parts(words);
  if (!parts) return std::nullopt;
  const auto day = number_of(parts->day, 1, 2);
  const auto year = year_of(parts->year, now);
  const auto time = time_of_day(parts->time);
  const auto offset = zone_offset(std::string(parts->zone));
  const auto weekday = named(words.front(), weekdays);
  if (!day || !year || !time || !offset || !weekday) return std::nullopt;
  const auto date = date::year(*year) / static_cast<int>(*named(parts->month, months) + 1) / static_cast<int>(*day);
  if (!date.ok() || date::weekday(date::sys_days(date)).c_encoding() != *weekday) return std::nullopt;
  return Instant(date::sys_days(date)) + *time - *offset;
}

}  // namespace

std::optional<Duration> parse_retry_after(std::string_view header, Instant now) {
  if (header.size() > max_retry_after) return std::nullopt;
  if (const auto number = read_number(header)) return wait_of(*number, now);
  auto at = parse_http_date(header, now);
  if (!at) at = flows::parse_iso8601(header);
  if (!at) return std::nullopt;
  return std::clamp<Duration>(*at - now, Duration::zero(), longest_wait);
}

}  // namespace answerback::webhooks
