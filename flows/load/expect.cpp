#include "flows/load/expect.hpp"

#include <fmt/format.h>

#include "flows/load/choices.hpp"
#include "flows/load/names.hpp"
#include "flows/words.hpp"

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

void refuse_coming(Loading& loading, Fields& fields) {
  for (const auto& option : coming_options()) {
    if (const auto* json = fields.any(option)) {
      loading.error({*json, fields.pointer_to(option)}, "not_supported", fmt::format("\"{}\" is not supported yet", option));
    }
  }
}

ExpectText read_text_kind(Loading& loading, Fields& fields) {
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
  refuse_coming(loading, fields);
  return text;
}

ExpectNumber read_number_kind(Loading& loading, Fields& fields) {
  ExpectNumber number{fields.number("min"), fields.number("max"), fields.boolean("integer").value_or(false)};
  if (number.min && number.max && *number.min > *number.max) {
    fields.error("min", "empty_range", "\"min\" is greater than \"max\", no number fits");
  }
  refuse_coming(loading, fields);
  return number;
}

std::optional<DateBound> read_date_bound(Fields& fields, std::string_view name) {
  const auto text = fields.string(name);
  if (!text) return std::nullopt;
  if (*text == "today") return DateBound{true, {}};
  // Midnight of that day in RFC 3339 is the same calendar, checked by the same reader.
  const auto midnight = text->size() == 10 ? parse_iso8601(*text + "T00:00:00Z") : std::nullopt;
  if (!midnight) {
    fields.error(name, "bad_date", fmt::format("\"{}\" is no date, write \"today\" or one such as \"2026-03-02\"", *text));
    return std::nullopt;
  }
  return DateBound{false, std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*midnight))};
}

ExpectDate read_date_kind(Loading& loading, Fields& fields) {
  ExpectDate date{read_date_bound(fields, "after"), read_date_bound(fields, "before")};
  const bool both_fixed = date.after && date.before && date.after->today == date.before->today;
  if (both_fixed && std::chrono::sys_days(date.after->date) + std::chrono::days(1) >= std::chrono::sys_days(date.before->date)) {
    fields.error("after", "empty_range", "no day lies between \"after\" and \"before\"");
  }
  refuse_coming(loading, fields);
  return date;
}

// `{"postcode": "US"}` or `{"postcode": {"country": "US"}}`; the United States when nothing is said.
std::string read_country(Loading& loading, const Part& part) {
  const Json* country = part.json.kind == Json::Kind::string ? &part.json : nullptr;
  auto pointer = part.pointer;
  if (country == nullptr) {
    Fields fields(options_of(part), part.pointer, loading.report);
    refuse_coming(loading, fields);
    if (fields.string("country")) country = fields.any("country");
    pointer = fields.pointer_to("country");
    fields.done();
  }
  if (country == nullptr) return "US";
  if (!is_one_of(country->string, postal_countries())) {
    loading.report.error("unknown_country", fmt::format("no country code \"{}\" is known here, use one of {}", country->string,
                                                        fmt::join(postal_countries(), ", ")),
                         pointer, country->at);
  }
  return country->string;
}

Expect read_options(Loading& loading, const std::string& kind, const Part& part) {
  Fields fields(options_of(part), part.pointer, loading.report);
  Expect expect = ExpectYesNo{};
  if (part.json.kind == Json::Kind::object || &options_of(part) != &part.json) {
    if (kind == "text") expect = read_text_kind(loading, fields);
    if (kind == "number") expect = read_number_kind(loading, fields);
    if (kind == "date") expect = read_date_kind(loading, fields);
    if (kind == "email") expect = ExpectEmail{};
    if (kind == "email" || kind == "yes_no") refuse_coming(loading, fields);
    fields.done();
  }
  return expect;
}

void unknown_kind(Loading& loading, const Part& part, const std::string& kind, Position at) {
  if (is_one_of(kind, coming_kinds())) {
    loading.report.error("not_supported", fmt::format("the kind \"{}\" is not supported yet", kind), part.pointer, at);
    return;
  }
  auto message = fmt::format("there is no kind \"{}\"{}", kind, loading.hint(kind, expect_kinds()));
  loading.report.error("unknown_kind", std::move(message), part.pointer, at);
}

Expect read_shorthand(Loading& loading, const Part& part) {
  const auto& kind = part.json.string;
  if (!is_one_of(kind, expect_kinds())) {
    unknown_kind(loading, part, kind, part.json.at);
    return ExpectText{};
  }
  Json defaults;
  defaults.kind = Json::Kind::object;
  defaults.at = part.json.at;
  return read_kind(loading, kind, {defaults, part.pointer});
}

}  // namespace

Expect read_kind(Loading& loading, const std::string& kind, const Part& part) {
  if (kind == "choice") return read_choices(loading, part);
  if (kind == "phone") return ExpectPhone{read_country(loading, part)};
  if (kind == "postcode") return ExpectPostcode{read_country(loading, part)};
  return read_options(loading, kind, part);
}

Expect read_expect(Loading& loading, const Part& part) {
  if (part.json.kind == Json::Kind::string) return read_shorthand(loading, part);
  if (part.json.kind != Json::Kind::object) {
    loading.wrong_type(part, "a kind's name or an object");
    return ExpectText{};
  }
  Expect expect = ExpectText{};
  std::size_t kinds = 0;
  for (const auto& member : part.json.members) {
    if (is_one_of(member.key, coming_options())) {
      loading.report.error("not_supported", fmt::format("\"{}\" is not supported yet", member.key), part.pointer, member.key_at);
      continue;
    }
    ++kinds;
    if (is_one_of(member.key, expect_kinds())) {
      expect = read_kind(loading, member.key, part.member(member));
    } else {
      unknown_kind(loading, part.member(member), member.key, member.key_at);
    }
  }
  if (kinds != 1) loading.error(part, "one_kind", fmt::format("a question accepts exactly one kind, here are {}", kinds));
  return expect;
}

}  // namespace answerback::flows
