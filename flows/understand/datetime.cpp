#include <algorithm>

#include "flows/offered_times.hpp"
#include "flows/understand/date_scan.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/time_grammar.hpp"
#include "flows/understand/time_scan.hpp"

namespace answerback::flows {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::size_t most_others = 3;  // as many as a text message can well offer back

// One instant that the reply may mean.
struct Moment {
  sys_days day;      // as it was said, for the bounds
  Instant at;        // a late hour of a night lies on the next day
};

class DateTimeReader {
 public:
  DateTimeReader(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context)
      : expect_(expect), reply_(reply), context_(context), clock_(context.clock ? *context.clock : LocalClock{}),
        now_(clock_.instant(LocalTime((context.today + context.time_of_day).time_since_epoch()))) {}

  Attempt read(const DateGrammar& dates) const {
    if (dates.is_idle()) return {};
    auto all_dates = scan_dates(dates);
    const auto scan = scan_times(TimeGrammar(dates), all_dates.taken);
    const auto date = single_date(dates, std::move(all_dates));
    if (date.refused || scan.refused) return {{}, true};
    if (scan.delay) return date.date ? Attempt{} : after_delay(*scan.delay);
    if (!scan.time) return {};
    return date.date ? at_date(*date.date, *scan.time) : next_time(*scan.time);
  }

 private:
  Attempt after_delay(const FoundDelay& delay) const {
    // Reckoned in real time, so that a change of the clocks in between does not matter.
    const auto at = std::chrono::floor<minutes>(now_) + minutes(delay.minutes);
    return answer({{sys_days(day_of(clock_.local(at)).time_since_epoch()), at}}, delay.sure, delay.first, delay.last);
  }

  Attempt at_date(const FoundDate& date, const DayTime& time) const {
    std::vector<Moment> moments;
    for (const auto day : days_within(date, expect_.after, expect_.before, context_.today)) {
      const bool tonight = day == context_.today;
      if (time.midnight) {
        // "Midnight" ends a day for most people and begins it for others; tonight's is clear.
        moments.push_back(moment(day, minutes_a_day, std::nullopt));
        if (!tonight) moments.push_back(moment(day, 0, std::nullopt));
        continue;
      }
      for (const int at : time.minutes) moments.push_back(moment(day, at, time.offset));
    }
    drop_what_is_over(moments);
    return answer(std::move(moments), date.sure && !time.vague, std::min(date.first, time.first), std::max(date.last, time.last));
  }

  // Of two readings on one day, the one that is over is not meant.
  void drop_what_is_over(std::vector<Moment>& moments) const {
    const bool any_ahead = std::any_of(moments.begin(), moments.end(), [&](const Moment& moment) { return moment.at >= now_; });
    if (any_ahead) std::erase_if(moments, [&](const Moment& moment) { return moment.at < now_; });
  }

  // Only a time: the next such time, today or tomorrow, or on the next day of those that are offered.
  Attempt next_time(const DayTime& time) const {
    constexpr int furthest = 7;
    std::vector<Moment> moments;
    for (const int at : time.minutes) {
      const int in_day = at % minutes_a_day;
      for (int ahead = 0; ahead <= furthest; ++ahead) {
        const auto next = moment(context_.today + std::chrono::days(ahead), in_day, time.offset);
        if (next.at < now_ || !is_offered(next)) continue;
        moments.push_back(next);
        break;
      }
    }
    return answer(std::move(moments), !time.vague, time.first, time.last);
  }

  bool fits_bounds(sys_days day) const { return !days_within({{{day}}}, expect_.after, expect_.before, context_.today).empty(); }

  Attempt answer(std::vector<Moment> moments, bool sure, std::size_t first, std::size_t last) const {
    std::erase_if(moments, [&](const Moment& moment) { return !fits_bounds(moment.day) || !is_offered(moment); });
    if (moments.empty()) return {{}, true};
    Understood understood{value_of(moments.front()), sure && moments.size() == 1, reply_.span_of(first, last)};
    for (std::size_t i = 1; i < moments.size() && i <= most_others; ++i) understood.others.push_back(value_of(moments[i]));
    return {understood, false};
  }

  bool is_offered(const Moment& moment) const { return !limits_anything(expect_.offered) || offers_moment(expect_.offered, clock_.local(moment.at)); }

  Value value_of(const Moment& moment) const { return to_iso8601(moment.at, clock_); }

  // By the contact's clock, which may skip that time, or by the offset that was said.
  Moment moment(sys_days day, int minutes_of_day, std::optional<int> offset) const {
    const auto local = day + minutes(minutes_of_day);
    return {day, offset ? local - minutes(*offset) : clock_.instant(LocalTime(local.time_since_epoch()))};
  }

  const ExpectDateTime& expect_;
  const Reply& reply_;
  const ReplyContext& context_;
  const LocalClock clock_;
  const Instant now_;
};

}  // namespace

Understood understand_datetime(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context) {
  const DateTimeReader reader(expect, reply, context);
  const TokenView tokens(reply.tokens());
  return in_any_language(context, [&](Language language, bool foreign) { return reader.read(DateGrammar(tokens, context, language, foreign)); });
}

}  // namespace answerback::flows
