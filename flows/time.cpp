#include "flows/time.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using namespace std::chrono;

constexpr Duration max_duration = hours(24) * 366;

// Takes a text apart from the left. Once a part does not fit, `ok` stays false.
struct Reader {
  std::string_view rest;
  bool ok = true;

  int digits(std::size_t count) {
    int number = 0;
    if (rest.size() < count) ok = false;
    for (std::size_t i = 0; ok && i < count; ++i) {
      ok = is_digit(rest[i]);
      number = number * 10 + (rest[i] - '0');
    }
    if (ok) rest.remove_prefix(count);
    return ok ? number : 0;
  }

  char one_of(std::string_view characters) {
    ok = ok && !rest.empty() && characters.find(rest[0]) != std::string_view::npos;
    if (!ok) return 0;
    const char taken = rest[0];
    rest.remove_prefix(1);
    return taken;
  }

  int in_range(std::size_t count, int max) {
    const int number = digits(count);
    ok = ok && number <= max;
    return number;
  }
};

sys_days read_date(Reader& reader) {
  const int y = reader.digits(4);
  reader.one_of("-");
  const int m = reader.digits(2);
  reader.one_of("-");
  const int d = reader.digits(2);
  const auto date = year(y) / month(static_cast<unsigned>(m)) / day(static_cast<unsigned>(d));
  reader.ok = reader.ok && date.ok();
  return reader.ok ? sys_days(date) : sys_days();
}

milliseconds read_fraction(Reader& reader) {
  if (!reader.ok || reader.rest.empty() || reader.rest[0] != '.') return milliseconds(0);
  reader.one_of(".");
  int thousandths = reader.digits(1) * 100;
  for (int weight = 10; reader.ok && !reader.rest.empty() && is_digit(reader.rest[0]); weight /= 10) {
    thousandths += reader.digits(1) * weight;
  }
  return milliseconds(thousandths);
}

milliseconds read_time_of_day(Reader& reader) {
  const int h = reader.in_range(2, 23);
  reader.one_of(":");
  const int m = reader.in_range(2, 59);
  reader.one_of(":");
  const int s = reader.in_range(2, 60);
  const auto fraction = read_fraction(reader);
  // RFC 3339 section 5.7 has leap seconds, sys_time has none: the last one that there is stands for them.
  if (s == 60) return hours(h) + minutes(m) + milliseconds(59'999);
  return hours(h) + minutes(m) + seconds(s) + fraction;
}

milliseconds read_offset(Reader& reader) {
  const char sign = reader.one_of("Zz+-");
  if (sign != '+' && sign != '-') return milliseconds(0);
  const int h = reader.in_range(2, 23);
  reader.one_of(":");
  const int m = reader.in_range(2, 59);
  const milliseconds offset = hours(h) + minutes(m);
  return sign == '+' ? offset : -offset;
}

struct DurationUnit {
  char letter;
  milliseconds length;
};

constexpr std::array<DurationUnit, 4> duration_units{{{'d', hours(24)}, {'h', hours(1)}, {'m', minutes(1)}, {'s', seconds(1)}}};

// Over the places of `form` that begin at `at`, as many digits as there are.
void write_digits(std::string& form, std::size_t at, std::size_t count, std::int64_t value) {
  for (auto place = at + count; place-- > at; value /= 10) form[place] = static_cast<char>('0' + value % 10);
}

}  // namespace

// By hand: an event holds a dozen of them.
std::string to_iso8601(Instant at) {
  const auto midnight = floor<days>(at);
  const year_month_day date(midnight);
  const hh_mm_ss time(at - midnight);
  const auto year = std::clamp(static_cast<int>(date.year()), 0, 9'999);  // RFC 3339 has no others
  std::string text = "0000-00-00T00:00:00.000Z";
  write_digits(text, 0, 4, year);
  write_digits(text, 5, 2, static_cast<unsigned>(date.month()));
  write_digits(text, 8, 2, static_cast<unsigned>(date.day()));
  write_digits(text, 11, 2, time.hours().count());
  write_digits(text, 14, 2, time.minutes().count());
  write_digits(text, 17, 2, time.seconds().count());
  write_digits(text, 20, 3, time.subseconds().count());
  return text;
}

std::optional<Instant> parse_iso8601(std::string_view text) {
  Reader reader{text};
  const auto date = read_date(reader);
  reader.one_of("Tt");
  const auto time = read_time_of_day(reader);
  const auto offset = read_offset(reader);
  if (!reader.ok || !reader.rest.empty()) return std::nullopt;
  return date + time - offset;
}

std::optional<Duration> parse_duration(std::string_view text) {
  constexpr std::size_t max_digits = 8;  // 366 days in seconds
  if (text.size() < 2 || text.size() > max_digits + 1) return std::nullopt;
  Reader reader{text};
  const auto count = reader.digits(text.size() - 1);
  if (!reader.ok) return std::nullopt;
  for (const auto& unit : duration_units) {
    if (unit.letter != reader.rest[0]) continue;
    const Duration duration = unit.length * count;
    if (duration > Duration::zero() && duration <= max_duration) return duration;
  }
  return std::nullopt;
}

std::string to_string(Duration duration) {
  for (const auto& unit : duration_units) {
    if (duration % unit.length == Duration::zero()) return fmt::format("{}{}", duration / unit.length, unit.letter);
  }
  return to_string(ceil<seconds>(duration));
}

}  // namespace answerback::flows
