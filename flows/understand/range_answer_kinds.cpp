#include "flows/understand/range_answer_kinds.hpp"

#include <algorithm>
#include <array>

#include "flows/load/times.hpp"
#include "flows/offered_times.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/date_scan.hpp"
#include "flows/understand/range_answer.hpp"
#include "flows/understand/range_periods.hpp"

namespace answerback::flows {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

// Two amounts; ends that were said the wrong way round are turned, as a guess.
template <class Kind>
Understood amounts_range(const Kind& expect, const RangeHalves& halves, const ReplyContext& context) {
  if (auto ends = read_ends(expect, halves, context)) return {Value(Range(std::move(ends->from), std::move(ends->to))), true, {}};
  if (!halves.is_named) return {};
  if (auto ends = read_ends(expect, {halves.first, halves.second, true, true}, context)) return {Value(Range(std::move(ends->from), std::move(ends->to))), false, {}};
  return {};
}

// ---- times ----

Value range_of(TimePair pair) { return Range(time_text(pair.from), time_text(pair.to)); }

bool is_waking(const TimeWindows& windows) { return !windows.pairs.empty() && windows.pairs.front().from >= waking_minutes; }

Understood windows_range(const TimeWindows& windows) {
  if (windows.pairs.empty()) return {};
  Understood understood{range_of(windows.pairs.front()), windows.pairs.size() == 1 && !windows.turned, {}};
  for (std::size_t i = 1; i < windows.pairs.size(); ++i) understood.others.push_back(range_of(windows.pairs[i]));
  return understood;
}

int whole_minutes_of(Duration time) { return static_cast<int>(std::chrono::floor<std::chrono::minutes>(time).count()); }

// ---- dates ----

std::optional<sys_days> day_of(const std::optional<Value>& value) {
  const auto* text = value ? std::get_if<std::string>(&*value) : nullptr;
  const auto date = text != nullptr ? parse_date(*text) : std::nullopt;
  return date ? std::optional(sys_days(*date)) : std::nullopt;
}

Value range_of(sys_days from, sys_days to) { return Range(to_iso_date(from), to_iso_date(to)); }

// "15" as the day of a month: "the 15", "el 15", "le 15".
std::string with_article(std::string_view half, const ReplyContext& context) {
  const auto* article = is_language(context, "es") ? "el " : is_language(context, "fr") ? "le " : "the ";
  return article + std::string(trim(half));
}

bool has_digits(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

ReplyContext said_on(sys_days day, ReplyContext context) {
  context.today = day;
  return context;
}

// The second end comes after the first one, unless that is nearly a year on and the ends were only said the wrong way round.
std::optional<std::pair<DayPair, bool>> day_pair(const ExpectDate& expect, std::string_view second, sys_days from, bool is_choice, const ReplyContext& context) {
  constexpr days nearby{60}, far{180};
  const Reply reply(second);
  const auto free = day_of(understand_date(expect, reply, context).value);
  if (free && (*free == from || is_choice)) return std::pair(DayPair{std::min(from, *free), std::max(from, *free)}, true);
  auto later = expect;
  later.after = DateBound{false, from};
  auto to = day_of(understand_date(later, reply, context).value);
  if (!to && free && !has_digits(second)) to = day_of(understand_date(later, reply, said_on(from, context)).value);  // "friday to wednesday"
  const bool turned = free && *free < from && from - *free <= nearby && (!to || *to - from > far);
  if (turned) return std::pair(DayPair{*free, from}, false);
  return to ? std::optional(std::pair(DayPair{from, *to}, true)) : std::nullopt;
}

// ---- dates with times ----

struct OnDay {
  sys_days day;
  const LocalClock& clock;

  std::string at(const Value& time, int days_later = 0) const {
    const auto local = day + days(days_later) + std::chrono::minutes(minutes_of_time(time).value_or(0));
    return to_iso8601(LocalTime(local.time_since_epoch()), clock);
  }
  // A window whose end lies before its beginning goes over midnight.
  Value range(const Range& times) const {
    const bool open_from = std::holds_alternative<std::monostate>(times.from());
    const bool open_to = std::holds_alternative<std::monostate>(times.to());
    const bool over = !open_from && !open_to && minutes_of_time(times.to()) < minutes_of_time(times.from());
    return Range(open_from ? Value{} : Value(at(times.from())), open_to ? Value{} : Value(at(times.to(), over ? 1 : 0)));
  }
};

constexpr std::size_t most_offered = 4;

std::string without(const Reply& reply, Span span) {
  std::string rest(reply.raw());
  std::fill(rest.begin() + static_cast<std::ptrdiff_t>(span.begin), rest.begin() + static_cast<std::ptrdiff_t>(span.end), ' ');
  return rest;
}

bool names_day(std::string_view half, const ReplyContext& context) { return understand_date(ExpectDate{}, Reply(half), context).value.has_value(); }

// Are both ends offered on that day, as far as they are said?
bool is_offered_on(const OfferedTimes& offered, sys_days day, const Range& times) {
  if (!limits_anything(offered)) return true;
  const auto at = [&](const Value& time) { return LocalTime(day.time_since_epoch() + std::chrono::minutes(minutes_of_time(time).value_or(0))); };
  const bool from = std::holds_alternative<std::monostate>(times.from()) || offers_moment(offered, at(times.from()));
  return from && (std::holds_alternative<std::monostate>(times.to()) || offers_moment(offered, at(times.to()) - std::chrono::minutes(1)));
}

// The days that a reply means for a window of times; today, or tomorrow when it is over, when it names none.
Understood days_for(const ExpectDateTime& expect, const Reply& reply, const Range& times, const ReplyContext& context) {
  ExpectDate dates;
  dates.after = expect.after;
  dates.before = expect.before;
  dates.offered = expect.offered;
  const TokenView tokens(reply.tokens());
  if (names_day(reply.raw(), context)) return understand_date(dates, reply, context);
  const auto begin = minutes_of_time(std::holds_alternative<std::monostate>(times.from()) ? times.to() : times.from());
  const bool is_over = std::chrono::minutes(begin.value_or(0)) < context.time_of_day;
  const auto day = context.today + days(is_over ? 1 : 0);
  const bool fits = !days_within({{{day}}}, dates.after, dates.before, context.today).empty() && offers_day(expect.offered, day);
  return fits ? Understood{Value(to_iso_date(day)), true, {}} : Understood{};
}

}  // namespace

bool may_be_window(std::string_view reply) {
  // "10 to 5", but not "quarter to 5" and "20 to 5": no hour of a clock's face.
  if (reply.find("between ") != std::string_view::npos || reply.find("entre ") != std::string_view::npos) return true;
  const auto to = reply.find(" to ");
  if (to == std::string_view::npos) return false;
  const auto word = reply.substr(reply.rfind(' ', to - 1) + 1, to - reply.rfind(' ', to - 1) - 1);
  constexpr auto hours = std::to_array<std::string_view>({"5", "10", "five", "ten"});
  return is_one_of(word, hours);
}

Understood ends_range(const ExpectNumber& expect, const RangeHalves& halves, const ReplyContext& context) { return amounts_range(expect, halves, context); }
Understood ends_range(const ExpectMoney& expect, const RangeHalves& halves, const ReplyContext& context) { return amounts_range(expect, halves, context); }

Understood ends_range(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto first_part = part_of_day(Reply(halves.first), context);
  const auto second_part = part_of_day(Reply(halves.second), context);
  auto times = time_halves(halves, context);
  if (!times) return {};
  if (first_part) times->first = {first_part->from};
  if (second_part) times->second = {second_part->to};
  auto windows = time_windows(times->first, times->second, expect.offered);
  if (!is_waking(time_windows(times->first, times->second))) {
    // "4 or 2", "4 to 2"
    auto turned = time_windows(times->second, times->first, expect.offered);
    turned.turned = !halves.is_choice;
    if (is_waking(turned)) windows = std::move(turned);
  }
  auto found = windows_range(windows);
  found.sure = found.sure && !first_part && !second_part;
  return found;
}

namespace {

bool is_offered_day(const ExpectDate& expect, sys_days day, const ReplyContext& context) {
  return !days_within({{{day}}}, expect.after, expect.before, context.today).empty() && offers_day(expect.offered, day);
}

// "In march or april"
Understood named_ends(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto first = named_days(Reply(halves.first), context);
  const auto second = first ? named_days(Reply(halves.second), context) : std::nullopt;
  if (!second || second->to < first->from) return {};
  const auto from = std::max(first->from, context.today);
  if (!is_offered_day(expect, from, context) || !is_offered_day(expect, second->to, context)) return {};
  return {range_of(from, second->to), true, {}};
}

}  // namespace

Understood ends_range(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context) {
  auto whole = whole_dates(halves);
  auto first = understand_date(expect, Reply(whole.first), context);
  if (!first.value && halves.is_named) {  // "du 10 au 12"
    first = understand_date(expect, Reply(with_article(whole.first, context)), context);
    if (first.value) whole.second = with_article(whole.second, context);
  }
  if (!first.value) return named_ends(expect, halves, context);
  const auto from = day_of(first.value);
  const auto pair = from ? day_pair(expect, whole.second, *from, halves.is_choice, context) : std::nullopt;
  if (!pair) return {};
  Understood understood{range_of(pair->first.from, pair->first.to), pair->second && first.others.empty(), {}};
  // "3/4 to 3/6": the other order of day and month, in both.
  const auto second = understand_date(expect, Reply(whole.second), context);
  for (std::size_t i = 0; i < std::min(first.others.size(), second.others.size()); ++i) {
    const auto other_from = day_of(first.others[i]);
    const auto other_to = day_of(second.others[i]);
    if (other_from && other_to && *other_from <= *other_to) understood.others.push_back(range_of(*other_from, *other_to));
  }
  if (understood.others.empty()) understood.sure = pair->second && first.sure;
  return understood;
}

Understood ends_range(const ExpectDateTime& expect, const RangeHalves& halves, const ReplyContext& context) {
  if (!names_day(halves.first, context) || !names_day(halves.second, context)) return {};
  const auto from = understand_datetime(expect, Reply(halves.first), context);
  const auto to = understand_datetime(expect, Reply(halves.second), context);
  const auto* first = from.value ? std::get_if<std::string>(&*from.value) : nullptr;
  const auto* second = to.value ? std::get_if<std::string>(&*to.value) : nullptr;
  const auto begin = first != nullptr ? parse_iso8601(*first) : std::nullopt;
  const auto end = second != nullptr ? parse_iso8601(*second) : std::nullopt;
  if (!begin || !end || *end < *begin) return {};
  return {Value(Range(*first, *second)), from.sure && to.sure, {}};
}

Understood period_range(const ExpectTime& expect, const Reply& reply, const ReplyContext& context) {
  const auto ranges = offered_ranges(expect.offered);
  if (limits_anything(expect.offered) && !ranges.empty() && means_any_time(reply)) {
    return {range_of({whole_minutes_of(ranges.front().from), whole_minutes_of(ranges.back().to)}), true, reply.trimmed()};
  }
  const auto part = part_of_day(reply, context);
  if (!part) return {};
  // What is offered of it.
  for (const auto& range : ranges) {
    const TimePair window{std::max(part->from, whole_minutes_of(range.from)), std::min(part->to, whole_minutes_of(range.to))};
    if (window.from < window.to) return {range_of(window), false, reply.trimmed()};
  }
  return {};
}

Understood period_range(const ExpectDate& expect, const Reply& reply, const ReplyContext& context) {
  const auto named = named_days(reply, context);
  if (!named) return {};
  // What the bounds leave of it, and what is not over.
  std::optional<DayPair> left;
  for (auto day = named->from; day <= named->to; day += days(1)) {
    const bool is_over = day < context.today && named->to >= context.today;
    if (is_over || !is_offered_day(expect, day, context)) continue;
    left = DayPair{left ? left->from : day, day};
  }
  return left ? Understood{range_of(left->from, left->to), true, reply.trimmed()} : Understood{};
}

Understood period_range(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context) {
  const auto date = understand_date(ExpectDate{}, reply, context);
  const auto rest = date.value ? without(reply, date.span) : std::string(reply.raw());
  ExpectTime times;
  times.range = true;
  times.offered = expect.offered;
  auto window = understand_range(times, Reply(rest), context);
  // "Tonight 7-9": the day names the half of the day, too.
  if (!window.sure) {
    if (auto whole = understand_range(times, reply, context); whole.sure) window = std::move(whole);
  }
  const auto* range = window.value ? std::get_if<Range>(&*window.value) : nullptr;
  if (range == nullptr || range->from() == range->to()) return {};
  const auto on = days_for(expect, reply, *range, context);
  const auto day = day_of(on.value);
  if (!day) return {};
  const LocalClock utc;
  const auto& clock = context.clock != nullptr ? *context.clock : utc;
  std::vector<Value> ranges;
  const auto add = [&](sys_days on_day, const Range& times_of_day) {
    if (is_offered_on(expect.offered, on_day, times_of_day)) ranges.push_back(OnDay{on_day, clock}.range(times_of_day));
  };
  add(*day, *range);
  for (const auto& other : window.others) add(*day, std::get<Range>(other));
  for (const auto& other : on.others) add(day_of(other).value_or(*day), *range);
  if (ranges.empty()) return {};
  Understood understood{ranges.front(), on.sure && window.sure, reply.trimmed(), {ranges.begin() + 1, ranges.end()}};
  if (understood.others.size() > most_offered) understood.others.resize(most_offered, Value{});
  return understood;
}

Understood understand_limit(const ExpectNumber& expect, const SaidBound& bound, const ReplyContext& context) { return understand_number(expect, Reply(bound.said), context); }
Understood understand_limit(const ExpectMoney& expect, const SaidBound& bound, const ReplyContext& context) { return understand_money(expect, Reply(bound.said), context); }

Understood understand_limit(const ExpectDate& expect, const SaidBound& bound, const ReplyContext& context) {
  auto limit = understand_date(expect, Reply(bound.said), context);
  return limit.value ? limit : understand_date(expect, Reply(with_article(bound.said, context)), context);  // "despues del 15"
}

Understood understand_limit(const ExpectTime& expect, const SaidBound& bound, const ReplyContext& context) {
  const Reply reply(bound.said);
  if (const auto part = part_of_day(reply, context)) {
    const int edge = bound.is_behind_it ? part->to : part->from;
    return offers_time(expect.offered, std::chrono::minutes(edge)) ? Understood{Value(time_text(edge)), false, reply.trimmed()} : Understood{};
  }
  auto limit = understand_time(expect, reply, context);
  auto times = times_in(limit);
  if (times.size() < 2) return limit;
  keep_waking_hours(times, bound.is_lower);
  Understood kept{Value(time_text(times.front())), times.size() == 1, limit.span};
  for (std::size_t i = 1; i < times.size(); ++i) kept.others.emplace_back(time_text(times[i]));
  return kept;
}

Understood understand_limit(const ExpectDateTime& expect, const SaidBound& bound, const ReplyContext& context) {
  auto limit = understand_datetime(expect, Reply(bound.said), context);
  const auto is_asleep = [](const Value& value) {
    constexpr std::size_t hour_at = 11;
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && text->size() > hour_at + 1 && text->substr(hour_at, 2) < "06";
  };
  const auto ambiguous = !limit.others.empty();
  if (limit.value && !is_asleep(*limit.value)) std::erase_if(limit.others, is_asleep);
  limit.sure = limit.sure || (ambiguous && limit.others.empty());
  return limit;
}

}  // namespace answerback::flows
