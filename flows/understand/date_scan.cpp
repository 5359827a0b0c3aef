#include "flows/understand/date_scan.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "flows/understand/calendar.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/number_words.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

using std::chrono::sys_days;

constexpr int furthest_count = 1'200;  // "in 1,200 days"; beyond that nobody means a date

class DateScanner {
 public:
  DateScanner(const Reply& reply, const ReplyContext& context) : tokens_(reply.tokens()), context_(context), today_(context.today) {}

  std::vector<FoundDate> run() {
    std::vector<FoundDate> found;
    for (std::size_t at = 0; at < tokens_.size();) {
      auto date = date_at(at);
      if (!date) {
        ++at;
        continue;
      }
      at = date->last + 1;
      if (!date->candidates.empty()) found.push_back(std::move(*date));
    }
    return found;
  }

 private:
  using Found = std::optional<FoundDate>;

  std::string_view word(std::size_t at) const { return at < tokens_.size() ? std::string_view(tokens_[at].text) : std::string_view(); }
  bool glued(std::size_t at) const { return at < tokens_.size() && tokens_[at].glued; }

  // A number of one to four digits at `at`, else -1.
  int digits(std::size_t at) const {
    constexpr std::size_t longest = 4;
    if (at >= tokens_.size() || tokens_[at].kind != Token::Kind::digits || tokens_[at].text.size() > longest) return -1;
    int value = 0;
    std::from_chars(tokens_[at].text.data(), tokens_[at].text.data() + tokens_[at].text.size(), value);
    return value;
  }

  Found date_at(std::size_t at) const {
    if (tokens_[at].kind == Token::Kind::digits) {
      if (auto date = numeric(at)) return date;
    }
    if (auto date = month_first(at)) return date;
    if (auto date = day_first(at)) return date;
    if (auto date = neighbour(at)) return date;
    if (auto date = counted(at)) return date;
    if (auto date = week_day(at)) return date;
    return day_alone(at);
  }

  // 2026-03-02, 3/2/2026, 3/2, 2.3.2026. Something longer, such as a phone number, is no date.
  Found numeric(std::size_t at) const {
    if (auto date = run_together(at)) return date;
    const std::string_view mark = word(at + 1);
    if (!glued(at + 1) || (mark != "/" && mark != "-" && mark != ".") || !glued(at + 2)) return std::nullopt;
    const int a = digits(at);
    const int b = digits(at + 2);
    if (a < 0 || b < 0) return std::nullopt;
    const bool three = word(at + 3) == mark && glued(at + 3) && glued(at + 4) && digits(at + 4) >= 0;
    const std::size_t last = three ? at + 4 : at + 2;
    const bool longer = (word(last + 1) == mark || word(last + 1) == ":") && glued(last + 1) && digits(last + 2) >= 0;
    if (longer) return FoundDate{{}, at, last};
    if (!three) return mark == "/" ? Found(in_doubt(a, b, std::nullopt, at, last)) : std::nullopt;
    const int c = digits(at + 4);
    if (tokens_[at].text.size() == 4) return FoundDate{with_year(a, positive(b), positive(c)), at, last};
    const auto size = tokens_[at + 4].text.size();
    if (size != 2 && size != 4) return FoundDate{{}, at, last};
    return in_doubt(a, b, size == 2 ? full_year(today_, c) : c, at, last);
  }

  // 20260302, the basic form of ISO 8601
  Found run_together(std::size_t at) const {
    constexpr std::size_t length = 8;
    const std::string_view text = tokens_[at].text;
    if (text.size() != length || glued(at) || glued(at + 1)) return std::nullopt;
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return FoundDate{with_year(static_cast<int>(value / 10'000), value / 100 % 100, value % 100), at, at};
  }

  static unsigned positive(int value) { return value < 0 ? 0U : static_cast<unsigned>(value); }

  bool month_comes_first() const {
    constexpr auto day_first_tags = std::to_array<std::string_view>({"en-GB", "en-AU", "en-NZ", "en-IE", "en-IN", "en-ZA"});
    return is_language(context_, "en") && !is_one_of(context_.language, day_first_tags);
  }

  // Two numbers that could be month and day either way: the language decides, the other way stays a candidate.
  FoundDate in_doubt(int a, int b, std::optional<int> year, std::size_t first, std::size_t last) const {
    const auto days = [&](int month, int day) {
      return year ? with_year(*year, positive(month), positive(day)) : without_year(today_, positive(month), positive(day));
    };
    Days likely = month_comes_first() ? days(a, b) : days(b, a);
    const Days other = month_comes_first() ? days(b, a) : days(a, b);
    const bool sure = a == b || likely.empty() || other.empty();
    likely.insert(likely.end(), other.begin(), other.end());
    return {std::move(likely), first, last, sure};
  }

  bool is_ordinal_ending(std::size_t at) const {
    constexpr auto endings = std::to_array<std::string_view>({"st", "nd", "rd", "th", "er", "o", "ro"});
    return glued(at) && is_one_of(word(at), endings);
  }

  struct Day {
    unsigned value;
    std::size_t last;
    bool ordinal;
  };

  // "2", "2nd", "second", "twenty first" as a day of a month.
  std::optional<Day> day_number(std::size_t at) const {
    const int value = digits(at);
    if (value >= 1 && value <= 31 && tokens_[at].text.size() <= 2) {
      if (word(at + 1) == ":" && glued(at + 1)) return std::nullopt;  // a time
      const bool ordinal = is_ordinal_ending(at + 1);
      return Day{positive(value), ordinal ? at + 1 : at, ordinal};
    }
    const unsigned tens = word(at) == "twenty" ? 20 : word(at) == "thirty" ? 30 : 0;
    const std::size_t unit = word(at + 1) == "-" ? at + 2 : at + 1;
    if (tens > 0 && ordinal_named(word(unit)) > 0 && ordinal_named(word(unit)) < 10) return Day{tens + ordinal_named(word(unit)), unit, true};
    if (const unsigned named = ordinal_named(word(at))) return Day{named, at, true};
    return std::nullopt;
  }

  // An optional year after `last`: ", 2026", "of 2026", "'26". Moves `last` along.
  std::optional<int> year_after(std::size_t& last) const {
    std::size_t at = last + 1;
    while (word(at) == "," || word(at) == "of" || word(at) == "de" || word(at) == "del" || word(at) == ".") ++at;
    if (digits(at) >= 0 && tokens_[at].text.size() == 4) return last = at, digits(at);
    if (word(at) == "'" && glued(at + 1) && digits(at + 1) >= 0 && word(at + 1).size() == 2) return last = at + 1, full_year(today_, digits(at + 1));
    return std::nullopt;
  }

  FoundDate month_and_day(NamedPart month, unsigned day, std::size_t first, std::size_t last) const {
    const auto year = year_after(last);
    const bool several = more_days_follow(last + 1);
    return {year ? with_year(*year, month.value, day) : without_year(today_, month.value, day), first, last, month.sure, several};
  }

  // "March 2 or 3", "2-4 March" told from the front: "March 2-4", "March 2 to 5"
  bool more_days_follow(std::size_t at) const {
    constexpr auto joints = std::to_array<std::string_view>({"or", "to", "and", "&", "-", "/", "through", "thru", "till", "until"});
    const auto day = is_one_of(word(at), joints) ? day_number(at + 1) : std::nullopt;
    return day && !glued(day->last + 1);  // "or 10am" is a time
  }

  // "March 2nd, 2026"
  Found month_first(std::size_t at) const {
    const auto month = month_named(word(at));
    if (!month) return std::nullopt;
    std::size_t next = at + 1;
    while (word(next) == "." || word(next) == "the" || (word(next) == "-" && glued(next))) ++next;
    const auto day = day_number(next);
    return day ? Found(month_and_day(*month, day->value, at, day->last)) : std::nullopt;
  }

  // "2 March 2026", "the 2nd of March", "5th of next month"
  Found day_first(std::size_t at) const {
    const auto day = day_number(at);
    if (!day) return std::nullopt;
    std::size_t next = day->last + 1;
    while (word(next) == "of" || word(next) == "de" || (word(next) == "-" && glued(next))) ++next;
    if (const auto month = month_named(word(next))) return month_and_day(*month, day->value, at, next);
    const bool which = word(next) == "next" || word(next) == "this";
    if (!which || word(next + 1) != "month") return std::nullopt;
    const auto there = std::chrono::year_month_day{shifted(first_of_month(), word(next) == "next" ? 1 : 0, DateUnit::month)};
    return FoundDate{with_year(static_cast<int>(there.year()), static_cast<unsigned>(there.month()), day->value), at, next + 1};
  }

  sys_days first_of_month() const {
    const std::chrono::year_month_day now{today_};
    return sys_days{now.year() / now.month() / 1};
  }

  // "today", "tomorrow", "the day after tomorrow", "this afternoon"
  Found neighbour(std::size_t at) const {
    if (word(at) == "day" && (word(at + 1) == "after" || word(at + 1) == "before")) {
      const auto days = days_from_today(word(at + 2));
      const int further = word(at + 1) == "after" ? 1 : -1;
      if (days && *days == further) return exactly(shifted(today_, 2 * further, DateUnit::day), at, at + 2);
    }
    const bool day_part = word(at + 1) == "morning" || word(at + 1) == "afternoon" || word(at + 1) == "evening";
    if (word(at) == "this" && day_part) return exactly(today_, at, at + 1);
    const auto days = days_from_today(word(at));
    return days ? exactly(shifted(today_, *days, DateUnit::day), at, at) : std::nullopt;
  }

  static Found exactly(sys_days date, std::size_t first, std::size_t last, bool sure = true) { return FoundDate{{date}, first, last, sure}; }

  // A count with its unit: "3 days", "a week", "two months", "a couple of days".
  struct Count {
    int value;
    DateUnit unit;
    std::size_t last;
    bool sure;
  };

  std::optional<Count> count_at(std::size_t at) const {
    int value = digits(at);
    bool sure = true;
    std::size_t next = at + 1;
    if (value < 0 && (word(at) == "a" || word(at) == "an" || word(at) == "one")) value = 1;
    if (word(next) == "couple" || word(at) == "couple") {
      value = 2;
      sure = false;
      next = word(next) == "couple" ? next + 1 : next;
      if (word(next) == "of") ++next;
    } else if (value < 0) {
      const auto named = number_word(word(at), context_.language);
      if (!named || named->role == NumberWord::Role::multiplier) return std::nullopt;
      value = static_cast<int>(named->value);
    }
    const auto unit = unit_named(word(next));
    if (!unit || value > furthest_count) return std::nullopt;
    return Count{value, *unit, next, sure};
  }

  // "in 3 days", "two weeks from now", "a week from tomorrow", "3 days ago"
  Found counted(std::size_t at) const {
    const bool ahead = word(at) == "in" || word(at) == "en" || word(at) == "dans";
    const auto count = count_at(ahead ? at + 1 : at);
    if (!count) return std::nullopt;
    const std::size_t after = count->last + 1;
    if (word(after) == "ago") return exactly(shifted(today_, -count->value, count->unit), at, after, count->sure);
    if (word(after) == "from") {
      const int start = days_from_today(word(after + 1)).value_or(0);
      return exactly(shifted(shifted(today_, start, DateUnit::day), count->value, count->unit), at, after + 1 < tokens_.size() ? after + 1 : after, count->sure);
    }
    if (!ahead && word(after) != "later") return std::nullopt;
    return exactly(shifted(today_, count->value, count->unit), at, ahead ? count->last : after, count->sure);
  }

  static bool says_next(std::string_view word) { return word == "next" || word == "proximo" || word == "prochain"; }

  // "friday", "next friday", "friday next week", "last monday", "next week"
  Found week_day(std::size_t at) const {
    const bool next_first = says_next(word(at));
    const bool last_first = word(at) == "last";
    if (next_first && word(at + 1) == "week") {
      const std::size_t name = word(at + 2) == "on" ? at + 3 : at + 2;
      if (const auto day = weekday_named(word(name))) return exactly(weekday_near(today_, day->value, Which::next), at, name);
      return exactly(shifted(today_, 1, DateUnit::week), at, at + 1, false);
    }
    const std::size_t name = next_first || last_first ? at + 1 : at;
    const auto day = weekday_named(word(name));
    if (!day) return std::nullopt;
    const bool week_after = says_next(word(name + 1)) && word(name + 2) == "week";
    const bool next_after = says_next(word(name + 1)) && !week_after;
    const auto which = last_first ? Which::last : next_first || week_after || next_after ? Which::next : Which::coming;
    const bool same_day = std::chrono::weekday{today_} == std::chrono::weekday{day->value};
    const bool sure = day->sure && !next_first && !next_after && !(same_day && which == Which::coming);
    FoundDate found{{weekday_near(today_, day->value, which)}, at, week_after ? name + 2 : next_after ? name + 1 : name, sure, false, true};
    if (which == Which::coming) found.candidates.push_back(weekday_near(today_, day->value, Which::last));
    return found;
  }

  // "the 5th", "on the fifth", "le 5"
  Found day_alone(std::size_t at) const {
    const auto day = day_number(at);
    const bool article = at > 0 && (word(at - 1) == "the" || word(at - 1) == "el" || word(at - 1) == "le");
    if (!day || !(day->ordinal || article)) return std::nullopt;
    const bool worded = digits(at) < 0;
    if (worded && !article) return std::nullopt;  // "first I need a quote"
    return FoundDate{without_month(today_, day->value), at, day->last};
  }

  const std::vector<Token>& tokens_;
  const ReplyContext& context_;
  sys_days today_;
};

}  // namespace

std::vector<FoundDate> scan_dates(const Reply& reply, const ReplyContext& context) { return DateScanner(reply, context).run(); }

}  // namespace answerback::flows
