// The parts of the grammar of dates. Each reads one form of date that begins at one token.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "flows/understand/calendar.hpp"
#include "flows/understand/number_reader.hpp"

namespace answerback::flows {

// What a date may mean: readings, likeliest first, and in each the days that it may be, of which the first that fits the
// question's bounds counts.
struct FoundDate {
  std::vector<Days> readings;
  std::size_t first = 0;  // tokens, both included
  std::size_t last = 0;
  bool sure = true;
  bool several = false;               // more days follow: "March 2 or 3"
  std::optional<unsigned> weekday{};  // only a day of the week, which may go with a full date: "Friday, March 6"
};

struct DateGrammar {
  DateGrammar(const TokenView& reply, const ReplyContext& context, Language language, bool foreign);
  DateGrammar(const DateGrammar&) = delete;
  DateGrammar& operator=(const DateGrammar&) = delete;

  // A foreign language of which no word was said has nothing to add.
  bool is_idle() const { return is_foreign && !words.knows_any() && !numbers.words().knows_any(); }

  const TokenView& tokens;
  Lexed words;
  NumberReader numbers;
  const ReplyContext& context;
  Language language;
  bool is_foreign;
  std::chrono::sys_days today;

  using Found = std::optional<FoundDate>;
  Found numeric(std::size_t at) const;      // 2026-03-02, 3/2/2026, 3/2
  Found month_first(std::size_t at) const;  // "March 2nd, 2026"
  Found day_first(std::size_t at) const;    // "the 2nd of March", "2 de marzo", "5th of next month"
  Found day_alone(std::size_t at) const;    // "the 5th", "el 5"
  Found day_in_named_month(std::size_t at) const;  // "next month on the 5th"
  Found neighbour(std::size_t at) const;    // "tomorrow", "pasado mañana"
  Found counted(std::size_t at) const;      // "in 3 days", "a week from monday", "il y a 2 jours"
  Found nth_weekday_of(std::size_t at) const;  // "the first monday of may"
  Found week_day(std::size_t at) const;     // "next friday", "lundi prochain", "friday next week"
  Found period(std::size_t at) const;       // "next weekend", "end of the month", "mi-mars", "christmas"
  Found numeric_or_holiday(std::size_t at) const;
  Found any(std::size_t at) const;

  struct Month {
    Days firsts;  // the first of the months that it may be, likeliest first
    std::size_t next = 0;
    bool named = false;
    bool sure = true;
  };
  std::optional<Month> month(std::size_t at) const;  // "may", "may 2027", "next month", "the month", "del mes que viene"

  struct Weeks {
    int offset = 0;
    std::size_t next = 0;
  };
  std::optional<Weeks> week(std::size_t at) const;  // "next week", "la semana que viene"
  std::optional<int> year(std::size_t at, std::size_t& next) const;  // ", 2026", "of 2026", "'26"
  bool is_clock_at(std::size_t at) const;  // does a number before it name an hour: "pm", ":30", "h"?
};

FoundDate exact_date(std::chrono::sys_days day, std::size_t first, std::size_t next, bool sure = true);

}  // namespace answerback::flows
