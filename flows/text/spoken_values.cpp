#include "flows/text/spoken_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "flows/phone/region.hpp"
#include "flows/text/words.hpp"
#include "flows/time.hpp"

namespace answerback::flows {

namespace {

using namespace std::chrono;

constexpr double max_amount = 1e15;  // beyond it a double has no cents
constexpr std::size_t date_size = 10;

using MonthNames = std::array<std::string_view, 12>;
constexpr MonthNames english_months{"January", "February", "March",     "April",   "May",      "June",
                                    "July",    "August",   "September", "October", "November", "December"};
constexpr MonthNames spanish_months{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                    "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
// "aout" as the spelling of 1990 allows: there is no "û" in the GSM alphabet.
constexpr MonthNames french_months{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                   "juillet", "aout",    "septembre", "octobre", "novembre", "décembre"};

using WeekdayNames = std::array<std::string_view, 7>;  // by weekday::c_encoding
constexpr WeekdayNames english_weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
// "sabado": there is no "á" in the GSM alphabet.
constexpr WeekdayNames spanish_weekdays{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sabado"};
constexpr WeekdayNames french_weekdays{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"};

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

// "1234.5 EUR": the amount and its own currency
std::pair<std::string_view, std::string_view> split_currency(std::string_view text) {
  constexpr std::size_t code_size = 3;
  const auto space = text.rfind(' ');
  if (space == std::string_view::npos || text.size() != space + 1 + code_size) return {text, {}};
  const auto code = text.substr(space + 1);
  return std::all_of(code.begin(), code.end(), is_upper) ? std::pair(text.substr(0, space), code) : std::pair(text, std::string_view());
}

// "1234567.50" -> "1,234,567.50", "1.234.567,50", "1 234 567,50"
void write_in_groups(std::string& digits, std::string_view language) {
  const bool comma = has_decimal_comma(language);
  const char separator = !comma ? ',' : primary_language(language) == "fr" ? ' ' : '.';
  auto at = digits.find('.');
  if (comma) digits[at] = ',';
  for (; at > 3; at -= 3) digits.insert(at - 3, 1, separator);
}

// "March 2", with what stands before a year behind it.
struct DayAndMonth {
  std::string text;
  std::string_view before_year;
};
DayAndMonth write_day_and_month(const year_month_day& date, std::string_view language) {
  const auto day = static_cast<unsigned>(date.day());
  const auto month = static_cast<unsigned>(date.month()) - 1;
  const auto primary = primary_language(language);
  if (primary == "es") return {fmt::format("{} de {}", day, spanish_months[month]), " de "};
  if (primary == "fr") return {fmt::format("{}{} {}", day, day == 1 ? "er" : "", french_months[month]), " "};
  if (puts_month_first(language)) return {fmt::format("{} {}", english_months[month], day), ", "};
  return {fmt::format("{} {}", day, english_months[month]), " "};
}

// With what stands behind it: "Monday, ", "lunes ".
std::string write_weekday(const year_month_day& date, std::string_view language) {
  const auto number = weekday(sys_days(date)).c_encoding();
  const auto primary = primary_language(language);
  if (primary == "es" || primary == "fr") return fmt::format("{} ", (primary == "es" ? spanish_weekdays : french_weekdays)[number]);
  return fmt::format("{}{} ", english_weekdays[number], puts_month_first(language) ? "," : "");
}

std::string write_date(const year_month_day& date, std::string_view language, DateStyle style) {
  auto [text, before_year] = write_day_and_month(date, language);
  if (style != DateStyle::weekday) text += fmt::format("{}{}", before_year, static_cast<int>(date.year()));
  return style == DateStyle::usual ? text : write_weekday(date, language) + text;
}

std::string write_time(const hh_mm_ss<milliseconds>& time, std::string_view language) {
  if (!has_12_hours(language)) return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  const bool spanish = primary_language(language) == "es";
  const auto* half = is_pm(time.hours()) ? (spanish ? "p. m." : "PM") : (spanish ? "a. m." : "AM");
  return fmt::format("{}:{:02} {}", make12(time.hours()).count(), time.minutes().count(), half);
}

// The words around the ends of a range. French and Spanish have others before a date, which has its article.
struct RangeWords {
  std::string_view language;
  std::string_view both, dates, equal_or_above, dates_from, up_to, dates_until;
};
constexpr std::array<RangeWords, 3> range_words{{{"en", "from {} to {}", "from {} to {}", "from {} on", "from {} on", "up to {}", "until {}"},
                                                 {"es", "de {} a {}", "del {} al {}", "a partir de {}", "a partir del {}", "hasta {}", "hasta el {}"},
                                                 {"fr", "de {} à {}", "du {} au {}", "à partir de {}", "à partir du {}", "jusqu'à {}", "jusqu'au {}"}}};

const RangeWords& range_words_in(std::string_view language) {
  const auto primary = primary_language(language);
  const auto found = std::find_if(range_words.begin(), range_words.end(), [&](const RangeWords& one) { return one.language == primary; });
  return found == range_words.end() ? range_words.front() : *found;
}

bool is_spelled_date(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && text->size() >= date_size;
}

bool is_open(const Value& end) { return std::holds_alternative<std::monostate>(end); }

}  // namespace

std::optional<DateStyle> parse_date_style(std::string_view word) {
  if (word.empty()) return DateStyle::usual;
  if (word == "weekday") return DateStyle::weekday;
  return word == "full" ? std::optional(DateStyle::full) : std::nullopt;
}

std::string speak_date(std::string_view text, std::string_view language, DateStyle style) {
  const bool has_time = text.size() > date_size;
  const auto at = has_time ? parse_iso8601(text) : read_local(text, "00:00:00");
  const auto local = at ? read_local(text.substr(0, date_size), "00:00:00") : std::nullopt;
  return local ? write_date(year_month_day(floor<days>(*local)), language, style) : std::string(text);
}

std::string speak_time(std::string_view text, std::string_view language) {
  constexpr std::size_t minutes_size = 5;  // "15:00"
  const bool has_date = parse_iso8601(text).has_value();
  const auto spelled = has_date ? text.substr(date_size + 1, minutes_size) : text;
  const auto local = spelled.size() == minutes_size ? read_local("2000-01-01", fmt::format("{}:00", spelled)) : std::nullopt;
  return local ? write_time(hh_mm_ss<milliseconds>(*local - floor<days>(*local)), language) : std::string(text);
}

std::string speak_money(std::string_view number, std::string_view currency, std::string_view language) {
  const auto [bare, own] = split_currency(number);
  const auto amount = read_amount(bare);
  if (!amount) return std::string(number);
  if (!own.empty()) currency = own;
  auto digits = fmt::format("{:.2f}", std::abs(*amount));
  const auto* sign = *amount < 0 && digits != "0.00" ? "-" : "";
  write_in_groups(digits, language);
  const bool behind = has_decimal_comma(language);
  for (const auto& symbol : symbols) {
    if (symbol.code == currency) return behind ? fmt::format("{}{} {}", sign, digits, symbol.sign) : fmt::format("{}{}{}", sign, symbol.sign, digits);
  }
  return currency.empty() ? sign + digits : fmt::format("{}{} {}", sign, digits, currency);
}

std::string speak_range(const Range& range, const std::function<std::string(const Value&)>& speak, std::string_view language) {
  if (range.from() == range.to()) return speak(range.from());
  const auto& words = range_words_in(language);
  const bool dates = is_spelled_date(is_open(range.from()) ? range.to() : range.from());
  if (is_open(range.to())) return fmt::format(fmt::runtime(dates ? words.dates_from : words.equal_or_above), speak(range.from()));
  const bool english_times = words.language == "en" && std::holds_alternative<std::string>(range.to());
  if (is_open(range.from())) return fmt::format(fmt::runtime(dates || english_times ? words.dates_until : words.up_to), speak(range.to()));
  return fmt::format(fmt::runtime(dates ? words.dates : words.both), speak(range.from()), speak(range.to()));
}

std::string speak_plainly(const Value& value, std::string_view language) {
  constexpr std::size_t time_size = 5;
  if (const auto* money = std::get_if<Money>(&value)) return speak_money(fmt::format("{}", money->amount), money->currency, language);
  if (const auto* range = std::get_if<Range>(&value)) return speak_range(*range, [&](const Value& end) { return speak_plainly(end, language); }, language);
  auto text = to_text(value);
  if (!std::holds_alternative<std::string>(value)) return text;
  if (text.size() == time_size) return speak_time(text, language);
  if (text.size() == date_size) return speak_date(text, language);
  return parse_iso8601(text) ? fmt::format("{}, {}", speak_date(text, language), speak_time(text, language)) : text;
}

}  // namespace answerback::flows
