#include "flows/understand/time_grammar.hpp"

#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

bool has_leading_zero(const TokenView& tokens, std::size_t at) { return tokens.word(at).size() >= 2 && tokens.word(at).front() == '0'; }

// Hours that only a clock of 24 hours has
bool is_24_hour(int hour) { return hour == 0 || hour > 12; }

// "a few", "a las": the letter stands for no half of the day unless it sticks to its number, or its "m" follows.
bool is_meridiem(const TokenView& tokens, std::size_t at, const Lexed::Match& match) {
  return match.next > at + 1 || tokens.word(at).size() > 1 || tokens.is_glued(at);
}

}  // namespace

TimeGrammar::TimeGrammar(const DateGrammar& dates)
    : tokens(dates.tokens), words(dates.words), numbers(dates.numbers), language(dates.language), is_foreign(dates.is_foreign) {}

std::optional<TimeGrammar::Offset> TimeGrammar::minutes_said(std::size_t at) const {
  if (const auto half = words.find(at, Role::half_hour)) return Offset{static_cast<int>(half->value), half->next};
  if (const auto quarter = words.find(at, Role::quarter_hour)) return Offset{static_cast<int>(quarter->value), quarter->next};
  const auto count = numbers.small(at);
  if (!count) return std::nullopt;
  return Offset{static_cast<int>(count->value), words.skip(count->next, Role::minutes)};
}

bool TimeGrammar::is_named_share(std::size_t at) const { return words.has(at, Role::half_hour) || words.has(at, Role::quarter_hour); }

// What is said behind the hour: "y media", "et quart", "menos cuarto", "moins vingt"
void TimeGrammar::add_minutes(Face& face) const {
  if (language == Language::en) return;
  const auto past = words.find(face.next, Role::past);
  const auto to = words.find(face.next, Role::to);
  const auto said = past || to ? minutes_said(past ? past->next : to->next) : std::nullopt;
  if (!said || (past && !is_named_share(past->next) && (language == Language::fr || said->minutes < 5))) return;  // "entre 9h et 10h"
  const int total = face.hour * minutes_an_hour + face.minute + (past ? said->minutes : -said->minutes) + minutes_a_day;
  face.hour = total / minutes_an_hour % hours_a_day;
  if (face.hour == 0 && !face.on_24_hours) face.hour = 12;  // "la una menos cuarto"
  face.minute = total % minutes_an_hour;
  face.next = said->next;
  face.clarity = Clarity::plain;
}

std::optional<TimeGrammar::Face> TimeGrammar::word_face(std::size_t at) const {
  const auto word = words.find(at, Role::clock_word);
  if (!word) return std::nullopt;
  Face face{static_cast<int>(word->value) / minutes_an_hour, 0, word->next, Clarity::plain, true};
  add_minutes(face);
  return face;
}

// "20 to 5" counts minutes, "9 to 5" and "10 to 12" are hours, unless the minutes are called so.
bool TimeGrammar::may_count_minutes(std::size_t at, const Offset& said, std::size_t hour_at) const {
  if (is_named_share(at) || words.has(said.next - 1, Role::minutes)) return true;
  if (said.minutes % 5 != 0 || (at > 0 && (tokens.is(at - 1, "from") || tokens.is(at - 1, "between")))) return false;
  return !tokens.is_digits(at) || said.minutes > tokens.digits(hour_at);
}

std::optional<TimeGrammar::Face> TimeGrammar::past_or_to(std::size_t at) const {
  if (!words.has_somewhere(only(Role::past) | only(Role::to) | only(Role::half_hour))) return std::nullopt;
  const auto said = minutes_said(at);
  if (!said || said->minutes == 0) return std::nullopt;
  const auto past = language == Language::en ? words.find(said->next, Role::past) : std::nullopt;
  const auto to = words.find(said->next, Role::to);
  const bool before_hour = to && (language == Language::en || to->next > said->next + 1);  // "para las", not "menos"
  const bool british = language == Language::en && words.has(at, Role::half_hour) && !past && !to;  // "half 4"
  if (!past && !before_hour && !british) return std::nullopt;
  const auto hour_at = past ? past->next : before_hour ? to->next : said->next;
  if (language == Language::en && before_hour && !may_count_minutes(at, *said, hour_at)) return std::nullopt;
  const auto noon = words.find(hour_at, Role::clock_word);
  const auto hour = noon ? std::nullopt : numbers.small(hour_at);
  if (!noon && (!hour || hour->value > 23 || (hour->value < 1 && british))) return std::nullopt;
  const int whole = noon ? static_cast<int>(noon->value) : static_cast<int>(hour->value) * minutes_an_hour;
  const int total = whole + (before_hour ? -said->minutes : said->minutes) + minutes_a_day;
  Face face{total / minutes_an_hour % hours_a_day, total % minutes_an_hour, noon ? noon->next : hour->next, Clarity::plain, noon.has_value()};
  if (face.hour == 0 && !noon && whole > 0) face.hour = 12;  // "quarter to one"
  face.on_24_hours = face.on_24_hours || is_24_hour(face.hour);
  return face;
}

std::optional<TimeGrammar::Face> TimeGrammar::run_together(std::size_t at) const {
  if (!tokens.is_digits(at, 3, 4) || (tokens.is_glued(at) && at > 0 && !tokens.is_symbol(at - 1))) return std::nullopt;
  const int value = tokens.digits(at);
  const int hour = value / 100;
  const int minute = value % 100;
  if (hour > hours_a_day || minute >= minutes_an_hour || (hour == hours_a_day && minute > 0)) return std::nullopt;
  const bool military = has_leading_zero(tokens, at) || is_24_hour(hour);
  return Face{hour, minute, at + 1, Clarity::bare, military};
}

// "3:30", "15:00:00", "3.30", "15h30", "15 h 30"
std::optional<TimeGrammar::Face> TimeGrammar::digital(std::size_t at) const {
  if (!tokens.is_digits(at, 1, 2)) return std::nullopt;
  const int hour = tokens.digits(at);
  const auto mark = tokens.word(at + 1);
  const bool colon = mark == ":" && tokens.is_glued(at + 1) && tokens.is_glued_digits(at + 2);
  const bool dot = mark == "." && tokens.is_glued(at + 1) && tokens.is_glued_digits(at + 2);
  // "3 30", where little else is said
  const bool alone = tokens.size() <= 3 && !tokens.is_glued(at + 1) && tokens.is_digits(at + 1, 2, 2) && !tokens.is_digits(at + 2);
  if (alone && hour > 0 && hour < hours_a_day && tokens.digits(at + 1) < minutes_an_hour && (at == 0 || tokens.is_word(at - 1))) {
    return Face{hour, tokens.digits(at + 1), at + 2, Clarity::placed, is_24_hour(hour)};
  }
  const bool letter = mark == "h" || (language == Language::fr && (mark == "heures" || mark == "heure"));
  if ((!colon && !dot && !letter) || hour > hours_a_day) return std::nullopt;
  const bool minutes_follow = tokens.is_digits(at + 2, 2, 2) && tokens.digits(at + 2) < minutes_an_hour && !tokens.is_glued(at + 3, "h");
  if (!minutes_follow) {
    if (!letter) return std::nullopt;
    return Face{hour, 0, at + 2, Clarity::plain, false};
  }
  Face face{hour, tokens.digits(at + 2), at + 3, dot ? Clarity::placed : Clarity::plain, false};
  const bool seconds = colon && tokens.is_glued(at + 3, ":") && tokens.is_digits(at + 4, 2, 2);
  if (seconds) face.next = at + 5;
  const bool longer = tokens.is_glued(face.next, mark) && tokens.is_glued_digits(face.next + 1);
  if (longer) return std::nullopt;
  if (letter) face.next = words.skip(face.next, Role::minutes);
  return face;
}

std::optional<TimeGrammar::Face> TimeGrammar::hour_and_words(std::size_t at) const {
  const auto hour = numbers.small(at);
  if (!hour || hour->value > hours_a_day || (tokens.is_glued(hour->next, ":") && tokens.is_glued_digits(hour->next + 1))) return std::nullopt;
  Face face{static_cast<int>(hour->value), 0, hour->next, Clarity::bare, false};
  if (const auto clock = words.find(face.next, Role::o_clock)) {
    face.next = clock->next;
    face.clarity = Clarity::plain;
  }
  const bool spelled = !tokens.is_digits(at);
  const bool oh = tokens.is(face.next, "oh") || tokens.is(face.next, "o");
  const auto minutes_at = oh ? face.next + 1 : tokens.skip_hyphen(face.next);
  const auto minutes = spelled ? numbers.small(minutes_at) : std::nullopt;
  // "three thirty", "trois heures dix", "nine oh five"
  if (minutes && (oh ? minutes->value < 10 : minutes->value >= 10 || face.clarity == Clarity::plain) && !tokens.is_digits(minutes_at)) {
    face.minute = static_cast<int>(minutes->value);
    face.next = minutes->next;
    face.clarity = Clarity::plain;
  }
  return face;
}

std::optional<TimeGrammar::Face> TimeGrammar::face(std::size_t at) const {
  if (auto face = word_face(at)) return face;
  if (auto face = past_or_to(at)) return face;
  auto face = digital(at);
  const bool digits = face.has_value();
  if (!face) face = run_together(at);
  if (!face) face = hour_and_words(at);
  if (!face) return std::nullopt;
  add_minutes(*face);
  const int said_hour = face->hour;
  // Nobody writes "07:30" but on a clock of 24 hours; the French seldom use another when they write, unless they say "du soir".
  const bool zero = tokens.is_digits(at) && has_leading_zero(tokens, at);
  face->on_24_hours = face->on_24_hours || is_24_hour(said_hour) || zero;
  face->written_in_french = language == Language::fr && digits && said_hour >= 7;
  return face;
}

// "pm", "a.m.", "o'clock", "sharp", "ish", in any order that people use
void TimeGrammar::take_suffix(FoundTime& time, std::size_t& next) const {
  constexpr int most = 3;
  for (int i = 0; i < most; ++i) {
    const auto at = tokens.skip_hyphen(next);
    const auto half = words.find(at, Role::meridiem);
    if (half && !time.after_noon && is_meridiem(tokens, at, *half)) {
      time.after_noon = half->value > 0;
      time.clarity = Clarity::plain;
      const bool dotted = half->next > at + 1 && tokens.is_glued(half->next, ".");  // the last dot of "p.m."
      next = dotted ? half->next + 1 : half->next;
    } else if (const auto clock = words.find(at, Role::o_clock)) {
      time.clarity = Clarity::plain;
      next = clock->next;
    } else if (const auto about = words.find(at, Role::about)) {
      if (time.clarity == Clarity::bare) time.clarity = Clarity::placed;
      next = about->next;
    } else {
      return;
    }
  }
}

// "Z", "+02:00", "UTC"; other zones have names that mean different hours over the year and the world
void TimeGrammar::take_zone(FoundTime& time, std::size_t& next) const {
  constexpr auto utc = std::to_array<std::string_view>({"z", "utc", "gmt"});
  constexpr auto zones = std::to_array<std::string_view>(
      {"est", "edt", "et",  "cst",     "cdt",     "ct",      "mst",      "mdt", "mt", "pst",
       "pdt", "pt",  "bst", "eastern", "central", "pacific", "mountain", "cet", "cest"});
  // "0900-1200" is no hour nine of a zone.
  const bool is_run_together = next > 0 && tokens.is_digits(next - 1, 3, 4);
  const bool sign = tokens.is_glued(next, "+") || (tokens.is_glued(next, "-") && !is_run_together);
  if (sign && tokens.is_glued_digits(next + 1)) {
    const bool colon = tokens.is_digits(next + 1, 2, 2) && tokens.is_glued(next + 2, ":") && tokens.is_digits(next + 3, 2, 2);
    if (!colon && !tokens.is_digits(next + 1, 4, 4)) return;
    const int hour = colon ? tokens.digits(next + 1) : tokens.digits(next + 1) / 100;
    const int minute = colon ? tokens.digits(next + 3) : tokens.digits(next + 1) % 100;
    if (hour >= hours_a_day || minute >= minutes_an_hour) return;
    time.offset = (tokens.is(next, "-") ? -1 : 1) * (hour * minutes_an_hour + minute);
    next = colon ? next + 4 : next + 2;
  } else if (is_one_of(tokens.word(next), utc)) {
    time.offset = 0;
    ++next;
  } else if (language == Language::en && is_one_of(tokens.word(next), zones)) {
    time.bounded = true;
    ++next;
  }
}

std::optional<FoundTime> TimeGrammar::time(std::size_t at) const {
  if (at > 0 && tokens.is_glued(at) && tokens.is_word(at - 1) && !tokens.is(at - 1, "t")) return std::nullopt;  // "B52"
  const auto found = face(at);
  if (!found) return std::nullopt;
  FoundTime time{found->hour, found->minute, at, found->next - 1, found->clarity};
  time.on_24_hours = found->on_24_hours;
  time.likely_on_24_hours = found->written_in_french;
  auto next = found->next;
  take_suffix(time, next);
  if (time.clarity == Clarity::plain || time.on_24_hours) take_zone(time, next);
  if (tokens.is_glued(next) && (tokens.is_digits(next) || tokens.is(next, "%") || tokens.is(next, "/"))) return std::nullopt;
  time.last = next - 1;
  const bool fits = !time.after_noon || time.hour <= 12 || *time.after_noon;
  time.contradicts = !fits;
  return time;
}

std::optional<FoundPart> TimeGrammar::part(std::size_t at) const {
  const auto found = words.find(at, Role::day_part);
  if (!found) return std::nullopt;
  const bool tomorrow = tokens.is(at, "manana");
  return tomorrow ? std::nullopt : std::optional(FoundPart{static_cast<DayPart>(found->value), at, found->next - 1});
}

}  // namespace answerback::flows
