// The grammar of times of day. Each part reads one form that begins at one token.
#pragma once

#include <optional>
#include <vector>

#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

inline constexpr int hours_a_day = 24;
inline constexpr int minutes_an_hour = 60;
inline constexpr int minutes_a_day = hours_a_day * minutes_an_hour;

// How clearly a number is said to be a time. The clearest ones of a reply count.
enum class Clarity : unsigned char {
  bare,    // "3"
  placed,  // "at 3"
  plain,   // "3:30", "3pm", "half past 3"
};

struct FoundTime {
  int hour = 0;                         // as it was said: 0 to 24
  int minute = 0;
  std::size_t first = 0;                // tokens, both included
  std::size_t last = 0;
  Clarity clarity = Clarity::bare;
  std::optional<bool> after_noon{};     // "am" and "pm"
  bool on_24_hours = false;             // "15:00", "09:00": it is what it says
  bool likely_on_24_hours = false;      // the same, but for a part of the day that is named: "8h du soir"
  bool bounded = false;                 // "after 3"; a zone that nobody here can reckon with
  std::optional<int> offset{};          // minutes east of UTC, when it says so: "15:00Z"
  bool contradicts = false;             // "15 am"
};

struct FoundPart {
  DayPart part = DayPart::morning;
  std::size_t first = 0;
  std::size_t last = 0;
};

// "in 2 hours", "dans une demi-heure"
struct FoundDelay {
  int minutes = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool sure = true;
};

struct TimeGrammar {
  // Shares what the grammar of dates knows of the reply; it must outlive this.
  explicit TimeGrammar(const DateGrammar& dates);
  TimeGrammar(const TimeGrammar&) = delete;
  TimeGrammar& operator=(const TimeGrammar&) = delete;

  const TokenView& tokens;
  const Lexed& words;
  const NumberReader& numbers;
  Language language;
  bool is_foreign;

  std::optional<FoundTime> time(std::size_t at) const;
  std::optional<FoundPart> part(std::size_t at) const;
  std::optional<FoundDelay> delay(std::size_t at) const;

 private:
  struct Offset {
    int minutes = 0;
    std::size_t next = 0;
  };
  struct Face {  // what a clock's face shows: an hour with its minutes
    int hour = 0;
    int minute = 0;
    std::size_t next = 0;
    Clarity clarity = Clarity::bare;
    bool on_24_hours = false;
    bool written_in_french = false;
  };
  std::optional<Face> face(std::size_t at) const;
  std::optional<Face> word_face(std::size_t at) const;      // "noon", "midi et demi"
  std::optional<Face> past_or_to(std::size_t at) const;     // "half past 4", "20 to 5", "un cuarto para las 5"
  std::optional<Face> run_together(std::size_t at) const;   // "1500", "330"
  std::optional<Face> digital(std::size_t at) const;        // "3:30", "15h30", "3.30"
  std::optional<Face> hour_and_words(std::size_t at) const; // "three thirty", "tres y media", "cinq heures moins le quart"
  void add_minutes(Face& face) const;
  bool is_named_share(std::size_t at) const;
  bool may_count_minutes(std::size_t at, const Offset& said, std::size_t hour_at) const;
  void take_suffix(FoundTime& time, std::size_t& next) const;
  void take_zone(FoundTime& time, std::size_t& next) const;
  std::optional<Offset> minutes_said(std::size_t at) const;  // "half", "le quart", "20 minutes"
  struct Length {
    double minutes = 0;
    std::size_t next = 0;
    bool sure = true;
  };
  std::optional<Length> share_of_hour(std::size_t at) const;
  std::optional<Length> count_of_clock_units(std::size_t at, double& unit_minutes) const;
  Length with_rest(Length length, double unit_minutes) const;
};

}  // namespace answerback::flows
