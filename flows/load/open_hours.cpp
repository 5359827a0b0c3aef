#include "flows/load/open_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/load/times.hpp"

namespace answerback::flows {

namespace {

constexpr std::array<std::string_view, 7> day_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};  // by weekday::c_encoding

std::optional<std::size_t> day_number(std::string_view name) {
  const auto found = std::find(day_names.begin(), day_names.end(), name);
  if (found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

std::optional<OpenRange> parse_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = parse_time_of_day(text.substr(0, dash));
  const auto to = parse_time_of_day(text.substr(dash + 1));
  return from && to && *from < *to ? std::optional(OpenRange{*from, *to}) : std::nullopt;
}

class HoursReader {
 public:
  explicit HoursReader(Loading& loading) : loading_(loading) {}

  Hours read(const Part& part) {
    for (const auto& member : part.json.members) {
      if (member.key == "closed") {
        read_closed(part.member(member));
      } else {
        read_days(part, member);
      }
    }
    const auto is_shut = [](const auto& ranges) { return ranges.empty(); };
    if (std::all_of(hours_.week.begin(), hours_.week.end(), is_shut)) loading_.error(part, "empty_range", "no day has open hours");
    return std::move(hours_);
  }

 private:
  void read_days(const Part& part, const JsonMember& member) {
    const auto days = weekdays_named(member.key);
    const auto list = part.member(member);
    const auto refuse = [&](std::string message) { loading_.report.error("bad_hours", std::move(message), list.pointer, member.key_at); };
    if (days.empty()) return refuse(fmt::format("\"{}\" is no day, write \"mon\", \"mon-fri\" or \"closed\"", member.key));
    const auto ranges = read_ranges(list);
    for (const auto day : days) {
      if (named_[day]) refuse(fmt::format("{} has its hours already", day_names[day]));
      named_[day] = true;
      hours_.week[day] = ranges;
    }
  }

  std::vector<OpenRange> read_ranges(const Part& list) {
    std::vector<OpenRange> ranges;
    if (list.json.kind != Json::Kind::array) {
      loading_.wrong_type(list, "a list such as [\"09:00-17:00\"]");
      return ranges;
    }
    if (!loading_.within(list, list.json.items.size(), loading_.limits.max_ranges, "ranges")) return ranges;
    for (std::size_t i = 0; i < list.json.items.size(); ++i) read_range(list.item(i), ranges);
    return ranges;
  }

  void read_range(const Part& part, std::vector<OpenRange>& ranges) {
    if (part.json.kind != Json::Kind::string) return loading_.wrong_type(part, "a range such as \"09:00-17:00\"");
    const auto range = parse_range(part.json.string);
    if (!range) {
      loading_.error(part, "bad_hours", fmt::format("\"{}\" is no range, write one such as \"09:00-17:00\"", part.json.string));
    } else if (!ranges.empty() && range->from <= ranges.back().to) {
      loading_.error(part, "bad_hours", "each range begins after the end of the one before");
    } else {
      ranges.push_back(*range);
    }
  }

  void read_closed(const Part& list) {
    if (list.json.kind != Json::Kind::array) return loading_.wrong_type(list, "a list of dates");
    if (!loading_.within(list, list.json.items.size(), loading_.limits.max_closed_days, "closed days")) return;
    for (std::size_t i = 0; i < list.json.items.size(); ++i) {
      const auto part = list.item(i);
      const auto date = part.json.kind == Json::Kind::string ? parse_date(part.json.string) : std::nullopt;
      if (date) {
        hours_.closed.push_back(*date);
      } else {
        loading_.error(part, "bad_date", "a closed day is a date such as \"2026-12-25\"");
      }
    }
    std::sort(hours_.closed.begin(), hours_.closed.end());
  }

  Loading& loading_;
  Hours hours_;
  std::array<bool, 7> named_{};
};

}  // namespace

std::vector<std::size_t> weekdays_named(std::string_view name) {
  const auto dash = name.find('-');
  const auto first = day_number(name.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day_number(name.substr(dash + 1));
  std::vector<std::size_t> days;
  if (!first || !last) return days;
  for (auto day = *first; day != *last; day = (day + 1) % day_names.size()) days.push_back(day);
  days.push_back(*last);
  return days;
}

Hours read_hours(Loading& loading, const Part& part) { return HoursReader(loading).read(part); }

}  // namespace answerback::flows
