#include "flows/load/offered_times.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/load/open_hours.hpp"
#include "flows/load/times.hpp"
#include "flows/offered_times.hpp"

namespace answerback::flows {

namespace {

std::optional<std::array<bool, 7>> read_weekdays(Fields& fields) {
  const auto names = fields.strings("weekdays");
  if (!names) return std::nullopt;
  std::array<bool, 7> week{};
  for (const auto& name : *names) {
    const auto days = weekdays_named(name);
    if (days.empty()) fields.error("weekdays", "bad_hours", fmt::format("\"{}\" is no day, write \"mon\" or \"mon-fri\"", name));
    for (const auto day : days) week[day] = true;
  }
  if (names->empty()) fields.error("weekdays", "required", "no day of the week is named");
  return week;
}

std::optional<OpenRange> read_between(Fields& fields) {
  const auto ends = fields.strings("between");
  if (!ends) return std::nullopt;
  const auto from = ends->size() == 2 ? parse_time_of_day(ends->front()) : std::nullopt;
  const auto to = ends->size() == 2 ? parse_time_of_day(ends->back()) : std::nullopt;
  if (!from || !to) {
    fields.error("between", "bad_hours", "it is two times such as [\"08:00\", \"17:00\"]");
    return std::nullopt;
  }
  if (*from >= *to) fields.error("between", "empty_range", "no time lies between the two, the earlier one stands first");
  return OpenRange{*from, *to};
}

std::optional<Hours> read_question_hours(Loading& loading, Fields& fields) {
  const auto* json = fields.any("hours");
  if (json == nullptr) return std::nullopt;
  const Part part{*json, fields.pointer_to("hours")};
  if (json->kind == Json::Kind::object) return read_hours(loading, part);
  if (json->kind != Json::Kind::boolean || !json->boolean) {
    loading.wrong_type(part, "true, for the flow's \"hours\", or open hours such as {\"mon-fri\": [\"09:00-17:00\"]}");
    return std::nullopt;
  }
  if (!loading.has_hours) loading.error(part, "no_hours", "the flow has no \"hours\" that say when it is open");
  return loading.flow.hours;
}

// Each by itself; what is not has been reported.
bool is_possible(const OfferedTimes& offered) {
  const auto is_some = [](bool day) { return day; };
  const auto is_open = [](const auto& ranges) { return !ranges.empty(); };
  if (offered.weekdays && std::none_of(offered.weekdays->begin(), offered.weekdays->end(), is_some)) return false;
  if (offered.between && offered.between->from >= offered.between->to) return false;
  return !offered.hours || std::any_of(offered.hours->week.begin(), offered.hours->week.end(), is_open);
}

}  // namespace

OfferedTimes read_offered_times(Loading& loading, Fields& fields, Offering what) {
  OfferedTimes offered;
  if (what != Offering::times) offered.weekdays = read_weekdays(fields);
  if (what != Offering::days) offered.between = read_between(fields);
  offered.hours = read_question_hours(loading, fields);
  if (is_possible(offered) && offered_ranges(offered).empty()) {
    const auto* name = fields.has("between") ? "between" : fields.has("weekdays") ? "weekdays" : "hours";
    fields.error(name, "empty_range", "no day and time is left that is offered");
  }
  return offered;
}

}  // namespace answerback::flows
