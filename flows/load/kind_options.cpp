#include "flows/load/kind_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "flows/load/offered_times.hpp"
#include "flows/load/times.hpp"
#include "flows/offered_times.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::int64_t max_characters = 1'600;

const std::vector<std::string>& postal_countries() {
  static const std::vector<std::string> codes{"US", "CA", "GB", "ES", "FR", "MX"};
  return codes;
}

// Options of any kind: an object; `true` stands for an empty one.
const Json& options_of(const Part& part) {
  static const Json none = [] {
    Json json;
    json.kind = Json::Kind::object;
    return json;
  }();
  return part.json.kind == Json::Kind::boolean && part.json.boolean ? none : part.json;
}

ExpectText read_text_kind(Fields& fields) {
  ExpectText text;
  text.min = static_cast<std::size_t>(fields.integer("min", 1, max_characters).value_or(1));
  text.max = static_cast<std::size_t>(fields.integer("max", 1, max_characters).value_or(max_characters));
  if (text.min > text.max) fields.error("min", "empty_range", "\"min\" is greater than \"max\", no text fits");
  if (const auto source = fields.string("matches")) {
    std::string problem;
    Pattern pattern(*source, &problem);
    if (problem.empty()) {
      text.matches = std::move(pattern);
    } else {
      fields.error("matches", "invalid_pattern", fmt::format("no usable pattern: {}", problem));
    }
  }
  return text;
}

void judge_bounds(Fields& fields, const std::optional<double>& min, const std::optional<double>& max, std::string_view what) {
  if (min && max && *min > *max) fields.error("min", "empty_range", fmt::format("\"min\" is greater than \"max\", no {} fits", what));
}

// "range": true: two ends are the answer.
bool reads_range(Fields& fields) { return fields.boolean("range").value_or(false); }

ExpectNumber read_number_kind(Fields& fields) {
  ExpectNumber number{fields.number("min"), fields.number("max"), fields.boolean("integer").value_or(false), reads_range(fields)};
  judge_bounds(fields, number.min, number.max, "number");
  return number;
}

ExpectMoney read_money_kind(Fields& fields) {
  ExpectMoney money{fields.number("min"), fields.number("max"), fields.string("currency").value_or("USD"), reads_range(fields)};
  judge_bounds(fields, money.min, money.max, "amount");
  // ISO 4217: three letters.
  if (money.currency.size() != 3 || !std::all_of(money.currency.begin(), money.currency.end(), is_upper)) {
    fields.error("currency", "bad_currency", fmt::format("\"{}\" is no currency, write three letters such as \"USD\"", money.currency));
  }
  return money;
}

std::optional<DateBound> read_date_bound(Fields& fields, std::string_view name) {
  const auto text = fields.string(name);
  if (!text) return std::nullopt;
  if (*text == "today") return DateBound{true, {}};
  const auto date = parse_date(*text);
  if (date) return DateBound{false, *date};
  fields.error(name, "bad_date", fmt::format("\"{}\" is no date, write \"today\" or one such as \"2026-03-02\"", *text));
  return std::nullopt;
}

template <typename Dated>
OfferedTimes offered_by(Loading& loading, Fields& fields) {
  return read_offered_times(loading, fields, std::is_same_v<Dated, ExpectDate> ? Offering::days : Offering::moments);
}

// Between two fixed bounds; one of a year is looked at.
template <typename Dated>
bool has_offered_day(const Dated& dated) {
  constexpr std::chrono::days a_year{366};
  const auto end = std::min(std::chrono::sys_days(dated.before->date), std::chrono::sys_days(dated.after->date) + a_year);
  for (auto day = std::chrono::sys_days(dated.after->date) + std::chrono::days(1); day < end; day += std::chrono::days(1)) {
    if (offers_day(dated.offered, day)) return true;
  }
  return end == std::chrono::sys_days(dated.after->date) + a_year;
}

// Of a date and of a datetime's day.
template <typename Dated>
Dated read_dated_kind(Loading& loading, Fields& fields) {
  Dated dated{read_date_bound(fields, "after"), read_date_bound(fields, "before"), reads_range(fields), offered_by<Dated>(loading, fields)};
  const bool both_fixed = dated.after && dated.before && dated.after->today == dated.before->today;
  if (both_fixed && std::chrono::sys_days(dated.after->date) + std::chrono::days(1) >= std::chrono::sys_days(dated.before->date)) {
    fields.error("after", "empty_range", "no day lies between \"after\" and \"before\"");
  } else if (both_fixed && !dated.after->today && limits_anything(dated.offered) && !has_offered_day(dated)) {
    fields.error("after", "empty_range", "no day that is offered lies between \"after\" and \"before\"");
  }
  return dated;
}

std::string judged_country(Loading& loading, const std::string& pointer, const Json& country) {
  if (!is_one_of(country.string, postal_countries())) {
    loading.report.error("unknown_country", fmt::format("no country code \"{}\" is known here, use one of {}", country.string,
                                                        fmt::join(postal_countries(), ", ")),
                         pointer, country.at);
  }
  return country.string;
}

// `{"country": "US"}`; the United States when nothing is said.
std::string read_country(Loading& loading, Fields& fields) {
  if (!fields.string("country")) return "US";
  return judged_country(loading, fields.pointer_to("country"), *fields.any("country"));
}

Expect read_fields(Loading& loading, const std::string& kind, Fields& fields) {
  if (kind == "text") return read_text_kind(fields);
  if (kind == "number") return read_number_kind(fields);
  if (kind == "money") return read_money_kind(fields);
  if (kind == "date") return read_dated_kind<ExpectDate>(loading, fields);
  if (kind == "datetime") return read_dated_kind<ExpectDateTime>(loading, fields);
  if (kind == "phone") return ExpectPhone{fields.has("country") ? read_country(loading, fields) : ""};
  if (kind == "postcode") return ExpectPostcode{read_country(loading, fields)};
  if (kind == "email") return ExpectEmail{};
  if (kind == "time") return ExpectTime{reads_range(fields), read_offered_times(loading, fields, Offering::times)};
  if (kind == "name") return ExpectName{};
  if (kind == "media") return ExpectMedia{};
  return ExpectYesNo{};
}

}  // namespace

Expect read_options(Loading& loading, const std::string& kind, const Part& part) {
  // `{"postcode": "US"}` says the country alone.
  if (part.json.kind == Json::Kind::string && kind == "phone") return ExpectPhone{judged_country(loading, part.pointer, part.json)};
  if (part.json.kind == Json::Kind::string && kind == "postcode") return ExpectPostcode{judged_country(loading, part.pointer, part.json)};
  const auto& options = options_of(part);
  Fields fields(options, part.pointer, loading.report);
  if (options.kind != Json::Kind::object) return ExpectYesNo{};
  fields.allow("confirm");  // the question's (read_confirm)
  auto expect = read_fields(loading, kind, fields);
  fields.done();
  return expect;
}

}  // namespace answerback::flows
