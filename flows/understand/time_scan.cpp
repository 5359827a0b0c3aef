#include "flows/understand/time_scan.hpp"

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr int hour_in_minutes = 60;
constexpr int half_a_day = 12 * hour_in_minutes;
constexpr int whole_day = 24 * hour_in_minutes;
constexpr std::size_t most_times = 16;  // whoever names more means none of them

// The hour that a part of the day stands for when no other is said.
int usual_minutes(DayPart part) {
  switch (part) {
    case DayPart::morning: return 9 * hour_in_minutes;
    case DayPart::noon: return 12 * hour_in_minutes;
    case DayPart::afternoon: return 14 * hour_in_minutes;
    case DayPart::evening: return 18 * hour_in_minutes;
    case DayPart::night: return 20 * hour_in_minutes;
  }
  return 0;
}

// An hour of twelve within a part of the day: "3 in the afternoon", "1 at night" (which is after midnight).
int minutes_in(DayPart part, int hour, int minute, Language language) {
  constexpr int first_night_hour = 5;
  constexpr int last_noon_hour = 4;
  const int morning = hour % 12 * hour_in_minutes + minute;
  const int later = morning + half_a_day;
  switch (part) {
    case DayPart::morning: return hour == 12 && language == Language::es ? later : morning;  // "las 12 de la mañana" is noon in Spain
    case DayPart::noon: return hour == 12 || hour < last_noon_hour ? later : morning;
    case DayPart::afternoon: return later;
    case DayPart::evening: return hour == 12 ? morning + whole_day : later;
    case DayPart::night: break;
  }
  return hour == 12 || hour < first_night_hour ? morning + whole_day : later;
}

// Without any hint people mean the hour that offices are open, from 7 to 18; the other one stays a reading.
std::vector<int> either_half(int hour, int minute) {
  constexpr int first_office_hour = 7;
  const int morning = hour % 12 * hour_in_minutes + minute;
  if (hour >= first_office_hour && hour < 12) return {morning, morning + half_a_day};
  return {morning + half_a_day, morning};
}

std::vector<int> minutes_of(const FoundTime& time, const std::optional<FoundPart>& part, Language language) {
  const int on_the_dial = time.hour % 12 * hour_in_minutes + time.minute;
  if (time.after_noon && time.hour >= 1 && time.hour <= 12) return {on_the_dial + (*time.after_noon ? half_a_day : 0)};
  if (time.on_24_hours || time.after_noon) return {time.hour % 24 * hour_in_minutes + time.minute};
  if (part) return {minutes_in(part->part, time.hour, time.minute, language)};
  if (time.likely_on_24_hours) return {time.hour * hour_in_minutes + time.minute};
  return either_half(time.hour, time.minute);
}

// Is there a phrase of that role right before `first`?
bool stands_behind(const TimeGrammar& grammar, std::size_t first, Role role) {
  constexpr std::size_t longest_phrase = 5;
  if (!grammar.words.has_somewhere(only(role))) return false;
  for (std::size_t back = 1; back <= longest_phrase && back <= first; ++back) {
    const auto found = grammar.words.find(first - back, role);
    if (found && (found->next == first || grammar.words.skip(found->next, Role::at) == first)) return true;
  }
  return false;
}

// A bare number may count anything. It is a time when it is nearly all that was said, or stands where a time would.
bool may_be_time(const TimeGrammar& grammar, const FoundTime& time) {
  if (time.clarity == Clarity::plain) return true;
  if (grammar.is_foreign && time.clarity == Clarity::bare) return false;
  const bool spelled = !grammar.tokens.is_digits(time.first);
  if (spelled && grammar.language == Language::fr) return false;  // "un", "deux" need their "heures"
  if (spelled && time.clarity == Clarity::bare) return grammar.tokens.size() == 1 || (grammar.tokens.size() == 2 && grammar.tokens.is_symbol(1));
  constexpr auto marks = std::to_array<std::string_view>({"$", "#", "/", "%", "€", "£", "."});
  if (time.first > 0 && is_one_of(grammar.tokens.word(time.first - 1), marks)) return false;
  const auto next = time.last + 1;
  if (is_one_of(grammar.tokens.word(next), marks) && grammar.tokens.is_glued(next) && !grammar.tokens.is(next, ".")) return false;
  if (grammar.words.has(next, Role::date_unit) || grammar.words.has(next, Role::clock_unit)) return false;
  return time.clarity == Clarity::placed || (time.hour > 0 && time.hour < 24);
}

bool is_range_joint_of_times(std::string_view word) {
  constexpr auto joints = std::to_array<std::string_view>({"to", "or", "-", "and", "until", "till", "a", "o", "y", "ou", "et", "hasta", "/"});
  return is_one_of(word, joints);
}

struct Sighting {
  std::vector<FoundTime> times;
  std::vector<FoundPart> parts;
  std::vector<FoundDelay> delays;
};

bool is_free(const Taken& taken, std::size_t first, std::size_t last) {
  const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(first);
  return std::find(begin, begin + static_cast<std::ptrdiff_t>(last + 1 - first), true) == begin + static_cast<std::ptrdiff_t>(last + 1 - first);
}

// Looks for what begins at `at`; gives the token behind it.
std::size_t see(const TimeGrammar& grammar, const Taken& taken, std::size_t at, Sighting& seen) {
  if (const auto delay = grammar.delay(at); delay && is_free(taken, at, delay->last)) {
    seen.delays.push_back(*delay);
    return delay->last + 1;
  }
  if (const auto now = grammar.words.find(at, Role::now); now && is_free(taken, at, at)) {
    seen.delays.push_back({0, at, now->next - 1});
    return now->next;
  }
  if (auto time = grammar.time(at); time && is_free(taken, at, time->last)) {
    const bool bound = stands_behind(grammar, at, Role::bound);
    if (time->clarity == Clarity::bare && (bound || stands_behind(grammar, at, Role::at))) time->clarity = Clarity::placed;
    time->bounded = time->bounded || bound;
    if (may_be_time(grammar, *time)) seen.times.push_back(*time);
    return time->last + 1;
  }
  if (const auto part = grammar.part(at)) {
    seen.parts.push_back(*part);
    return part->last + 1;
  }
  return at + 1;
}

Sighting see_all(const TimeGrammar& grammar, const Taken& taken) {
  Sighting seen;
  for (std::size_t at = 0; at < grammar.tokens.size() && seen.times.size() <= most_times;) at = see(grammar, taken, at, seen);
  return seen;
}

bool has_range(const TimeGrammar& grammar, const std::vector<FoundTime>& times) {
  for (std::size_t i = 1; i < times.size(); ++i) {
    const auto joint = times[i - 1].last + 1;
    const bool close = joint < times[i].first && is_range_joint_of_times(grammar.tokens.word(joint));
    const auto begins = [&](std::size_t at) { return at == times[i].first || grammar.words.skip(at, Role::at) == times[i].first; };
    if (close && (begins(joint + 1) || begins(joint))) return true;
  }
  return false;
}

// Only the clearest times count, and they must say the same.
bool keep_clearest(std::vector<FoundTime>& times) {
  const auto least = [](const FoundTime& a, const FoundTime& b) { return a.clarity < b.clarity; };
  if (times.empty()) return true;
  const auto clearest = std::max_element(times.begin(), times.end(), least)->clarity;
  std::erase_if(times, [&](const FoundTime& time) { return time.clarity < clearest; });
  const auto& first = times.front();
  return std::all_of(times.begin(), times.end(), [&](const FoundTime& time) {
    return time.hour == first.hour && time.minute == first.minute && time.after_noon == first.after_noon;
  });
}

bool say_the_same(const std::vector<FoundPart>& parts) {
  return std::all_of(parts.begin(), parts.end(), [&](const FoundPart& part) { return part.part == parts.front().part; });
}

DayTime joined(const TimeGrammar& grammar, const FoundTime& time, const std::optional<FoundPart>& part) {
  DayTime found{minutes_of(time, part, grammar.language), time.first, time.last};
  found.vague = time.bounded;
  found.midnight = found.minutes.front() % whole_day == 0 && grammar.words.has(time.first, Role::clock_word);
  found.offset = time.offset;
  const bool needed = part && !time.after_noon && !time.on_24_hours;
  if (needed) {
    found.first = std::min(time.first, part->first);
    found.last = std::max(time.last, part->last);
  }
  return found;
}

}  // namespace

TimeScan scan_times(const TimeGrammar& grammar, const Taken& taken) {
  auto seen = see_all(grammar, taken);
  TimeScan scan;
  const bool contradicts = std::any_of(seen.times.begin(), seen.times.end(), [](const FoundTime& time) { return time.contradicts; });
  const bool many = seen.times.size() > most_times;
  scan.refused = many || has_range(grammar, seen.times) || contradicts || !keep_clearest(seen.times) || !say_the_same(seen.parts) || seen.delays.size() > 1;
  if (scan.refused) return scan;
  const auto part = seen.parts.empty() ? std::nullopt : std::optional(seen.parts.front());
  if (!seen.delays.empty() && (seen.times.empty() || seen.times.front().clarity < Clarity::plain)) {
    scan.delay = seen.delays.front();
  } else if (!seen.times.empty()) {
    scan.time = joined(grammar, seen.times.front(), part);
  } else if (part) {
    scan.time = DayTime{{usual_minutes(part->part)}, part->first, part->last, true};
    scan.time->part = part->part;
  }
  return scan;
}

}  // namespace answerback::flows
