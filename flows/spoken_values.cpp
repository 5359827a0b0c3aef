#include "flows/spoken_values.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "flows/time.hpp"

namespace answerback::flows {

namespace {

using namespace std::chrono;

constexpr double max_amount = 1e15;  // beyond it a double has no cents
constexpr std::size_t date_size = 10;
constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                  "July",    "August",   "September", "October", "November", "December"};

struct Symbol {
  std::string_view code;
  std::string_view sign;
};

constexpr std::array<Symbol, 3> symbols{{{"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}}};

// The local date and time of an ISO date, time or both, as one instant of a zone that is not asked for.
std::optional<Instant> read_local(std::string_view date, std::string_view time) {
  return parse_iso8601(fmt::format("{}T{}Z", date, time));
}

std::optional<double> read_amount(std::string_view text) {
  double amount = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, amount);
  if (read.ec != std::errc() || read.ptr != end || !(std::abs(amount) < max_amount)) return std::nullopt;
  return amount;
}

// "1234567.50" -> "1,234,567.50"
void group_thousands(std::string& digits) {
  for (auto at = digits.find('.'); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
}

}  // namespace

std::string speak_date(std::string_view text) {
  const bool has_time = text.size() > date_size;
  const auto at = has_time ? parse_iso8601(text) : read_local(text, "00:00:00");
  const auto local = at ? read_local(text.substr(0, date_size), "00:00:00") : std::nullopt;
  if (!local) return std::string(text);
  const year_month_day date(floor<days>(*local));
  return fmt::format("{} {}, {}", month_names[static_cast<unsigned>(date.month()) - 1], static_cast<unsigned>(date.day()),
                     static_cast<int>(date.year()));
}

std::string speak_time(std::string_view text) {
  constexpr std::size_t minutes_size = 5;  // "15:00"
  const bool has_date = parse_iso8601(text).has_value();
  const auto spelled = has_date ? text.substr(date_size + 1, minutes_size) : text;
  const auto local = spelled.size() == minutes_size ? read_local("2000-01-01", fmt::format("{}:00", spelled)) : std::nullopt;
  if (!local) return std::string(text);
  const hh_mm_ss time(*local - floor<days>(*local));
  return fmt::format("{}:{:02} {}", make12(time.hours()).count(), time.minutes().count(), is_pm(time.hours()) ? "PM" : "AM");
}

std::string speak_money(std::string_view number, std::string_view currency) {
  const auto amount = read_amount(number);
  if (!amount) return std::string(number);
  auto digits = fmt::format("{:.2f}", std::abs(*amount));
  const auto* sign = *amount < 0 && digits != "0.00" ? "-" : "";
  group_thousands(digits);
  for (const auto& symbol : symbols) {
    if (symbol.code == currency) return fmt::format("{}{}{}", sign, symbol.sign, digits);
  }
  return currency.empty() ? sign + digits : fmt::format("{}{} {}", sign, digits, currency);
}

}  // namespace answerback::flows
