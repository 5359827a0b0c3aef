#include <charconv>

#include "flows/phone/region.hpp"
#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

namespace {

unsigned unsigned_of(int value) { return value < 0 ? 0U : static_cast<unsigned>(value); }

// Two numbers that could be month and day either way: the language decides, the other way stays a reading.
FoundDate in_doubt(const DateGrammar& grammar, int a, int b, std::optional<int> year, std::size_t first, std::size_t last) {
  const auto days = [&](int month, int day) {
    if (month > 12 || day > 31) return Days{};
    return year ? with_year(*year, unsigned_of(month), unsigned_of(day)) : without_year(grammar.today, unsigned_of(month), unsigned_of(day));
  };
  const bool month_first = puts_month_first(grammar.context.language, grammar.context.country);
  FoundDate date{{}, first, last};
  for (auto reading : {month_first ? days(a, b) : days(b, a), month_first ? days(b, a) : days(a, b)}) {
    const bool known = !date.readings.empty() && date.readings.front() == reading;
    if (!reading.empty() && !known) date.readings.push_back(std::move(reading));
  }
  return date;
}

FoundDate with_readings(Days days, std::size_t first, std::size_t last) {
  FoundDate date{{}, first, last};
  if (!days.empty()) date.readings.push_back(std::move(days));
  return date;
}

// 20260302, the basic form of ISO 8601
std::optional<FoundDate> run_together(const TokenView& tokens, std::size_t at) {
  constexpr std::size_t length = 8;
  if (!tokens.is_digits(at, length, length) || tokens.is_glued(at)) return std::nullopt;
  const bool ends = !tokens.is_glued(at + 1) || tokens.is(at + 1, "t") || !tokens.is_word(at + 1);
  if (!ends) return std::nullopt;
  const auto text = tokens.word(at);
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return with_readings(with_year(static_cast<int>(value / 10'000), value / 100 % 100, value % 100), at, at);
}

}  // namespace

// Something longer, such as a phone number, is no date.
DateGrammar::Found DateGrammar::numeric(std::size_t at) const {
  if (auto date = run_together(tokens, at)) return date;
  const auto mark = tokens.word(at + 1);
  const bool marked = tokens.is_glued(at + 1) && (mark == "/" || mark == "-" || mark == ".") && tokens.is_glued(at + 2);
  const int a = tokens.digits(at);
  const int b = tokens.digits(at + 2);
  if (!marked || a < 0 || b < 0) return std::nullopt;
  const bool three = tokens.is_glued(at + 3, mark) && tokens.is_glued(at + 4) && tokens.digits(at + 4) >= 0;
  const std::size_t last = three ? at + 4 : at + 2;
  const bool longer = (tokens.is_glued(last + 1, mark) || (!three && tokens.is_glued(last + 1, ":"))) && tokens.digits(last + 2) >= 0;
  if (longer) return FoundDate{{}, at, last};
  if (!three) return mark == "/" ? Found(in_doubt(*this, a, b, std::nullopt, at, last)) : std::nullopt;
  const int c = tokens.digits(at + 4);
  if (tokens.is_digits(at, 4, 4)) return with_readings(with_year(a, unsigned_of(b), unsigned_of(c)), at, last);
  const auto size = tokens.word(at + 4).size();
  if (size != 2 && size != 4) return FoundDate{{}, at, last};
  return in_doubt(*this, a, b, size == 2 ? full_year(today, c) : c, at, last);
}

}  // namespace answerback::flows
