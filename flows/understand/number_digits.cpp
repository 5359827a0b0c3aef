#include "flows/understand/number_digits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <string>

#include "flows/text/number_text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t group_size = 3;
constexpr std::size_t most_pieces = 12;  // "1,234,567.89" has four; a longer row is no number of anyone's

double to_double(std::string_view digits) {
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? value : std::numeric_limits<double>::infinity();
}

// Digits parted by marks, with nothing else between: "1", ",", "200", ".", "50".
struct DigitRow {
  std::array<std::string_view, most_pieces + 1> pieces{};
  std::array<char, most_pieces> mark_of{};
  std::size_t count = 0;
  std::size_t next = 0;

  std::span<const std::string_view> digits() const { return {pieces.data(), count}; }
  std::span<const char> marks() const { return {mark_of.data(), count - 1}; }

  bool grouped(std::size_t first, std::size_t last) const {
    const auto groups = digits().subspan(first, last - first);
    return std::all_of(groups.begin(), groups.end(), [](std::string_view group) { return group.size() == group_size; });
  }
  // "12,34,567", the Indian way
  bool grouped_in_twos() const {
    const auto inner = digits().subspan(1, count - 2);
    const bool twos = std::all_of(inner.begin(), inner.end(), [](std::string_view group) { return group.size() == 2; });
    return mark_of.front() == ',' && twos && digits().back().size() == group_size && digits().front().size() <= 2;
  }
  bool begins_short() const { return digits().front().size() <= group_size && digits().front() != "0"; }
  double joined(std::size_t whole) const {
    std::string all;
    for (const auto piece : digits().first(whole)) all += piece;
    if (whole < count) all.append(".").append(digits().back());
    return to_double(all);
  }
};

char mark_at(const TokenView& tokens, std::size_t at) {
  if (!tokens.is_symbol(at) || !tokens.is_glued(at) || !tokens.is_glued_digits(at + 1)) return 0;
  const auto word = tokens.word(at);
  if (word == "٫") return '.';  // U+066B and U+066C, the marks that go with Arabic digits
  if (word == "٬") return '\'';
  return word == "." || word == "," || word == "'" ? word.front() : '\0';
}

DigitRow read_row(const TokenView& tokens, std::size_t at) {
  DigitRow row;
  row.pieces[row.count++] = tokens.word(at);
  row.next = at + 1;
  while (row.count < row.pieces.size()) {
    const char mark = mark_at(tokens, row.next);
    if (mark == 0) break;
    row.mark_of[row.count - 1] = mark;
    row.pieces[row.count++] = tokens.word(row.next + 1);
    row.next += 2;
  }
  return row;
}

DigitNumber no_number(std::size_t next) {
  DigitNumber none;
  none.is_number = false;
  none.next = next;
  return none;
}

DigitNumber single_mark(const DigitRow& row, DigitStyle style) {
  DigitNumber number;
  const char mark = row.marks().front();
  const bool thousands = row.grouped(1, 2) && row.begins_short();
  const double decimal = row.joined(1);
  if (mark == '\'') return thousands ? DigitNumber{row.joined(2)} : no_number(0);
  if (!thousands) {
    number.value = decimal;
    number.sure = mark == '.' || style != DigitStyle::dot_decimal;  // "2,5" from people of other habits
    return number;
  }
  const double grouped = row.joined(2);
  if (style == DigitStyle::money || mark == (style == DigitStyle::dot_decimal ? ',' : '.')) return DigitNumber{grouped};
  number.value = decimal;
  number.other = grouped;
  number.sure = style == DigitStyle::dot_decimal;
  return number;
}

DigitNumber many_marks(const DigitRow& row) {
  const std::size_t count = row.count;
  const char first = row.marks().front();
  const bool alike = std::all_of(row.marks().begin(), row.marks().end(), [&](char mark) { return mark == first; });
  const bool but_last = std::all_of(row.marks().begin(), row.marks().end() - 1, [&](char mark) { return mark == first; });
  if (alike && row.begins_short() && (row.grouped(1, count) || row.grouped_in_twos())) return DigitNumber{row.joined(count)};
  if (!alike && but_last && row.marks().back() != '\'' && row.begins_short() && row.grouped(1, count - 1)) return DigitNumber{row.joined(count - 1)};
  return no_number(0);
}

DigitNumber decode(const DigitRow& row, DigitStyle style) {
  if (row.marks().empty()) return DigitNumber{to_double(row.digits().front())};
  if (row.count > most_pieces) return no_number(0);
  return row.marks().size() == 1 ? single_mark(row, style) : many_marks(row);
}

// "1 200 000,50": groups of exactly three, nothing of digits behind them.
std::optional<DigitNumber> spaced(const TokenView& tokens, std::size_t at, bool sure) {
  if (!tokens.is_digits(at, 1, group_size) || tokens.is(at, "0")) return std::nullopt;
  std::string digits(tokens.word(at));
  std::size_t next = at + 1;
  while (tokens.is_digits(next, group_size, group_size) && !tokens.is_glued(next) && next - at <= most_pieces) digits += tokens.word(next++);
  if (next == at + 1 || tokens.is_digits(next)) return std::nullopt;
  const char mark = mark_at(tokens, next);
  if (mark == '.' || mark == ',') {
    digits.append(".").append(tokens.word(next + 1));
    next += 2;
  }
  DigitNumber number{to_double(digits)};
  number.sure = sure;
  number.next = next;
  return number;
}

// "10-12", "10:30", "3/4/26", "512-555": more digits behind a mark, so this is no single number.
bool goes_on(const TokenView& tokens, std::size_t at) {
  constexpr std::string_view joints = "-:./,~'";
  const bool joint = tokens.is_symbol(at) && tokens.is_glued(at) && joints.find(tokens.word(at)) != std::string_view::npos;
  return joint && tokens.is_glued_digits(at + 1);
}

// "1e5", "0x10", "4x4", "15h30": digits and letters in turns are a name or a measure.
bool is_mixed(const TokenView& tokens, std::size_t at) { return tokens.is_word(at) && tokens.is_glued(at) && tokens.is_glued_digits(at + 1); }

// "8/10": eight of ten. Few people count in tenths, and nobody in hundredths.
bool is_rating(const TokenView& tokens, std::size_t at) {
  constexpr auto scales = std::to_array<std::string_view>({"5", "10", "20", "100"});
  const bool slash = tokens.is_glued(at + 1, "/") && tokens.is_glued_digits(at + 2) && !goes_on(tokens, at + 3);
  return slash && is_one_of(tokens.word(at + 2), scales) && to_double(tokens.word(at)) <= to_double(tokens.word(at + 2));
}

// ".5"
bool has_leading_mark(const TokenView& tokens, std::size_t at, DigitStyle style) {
  if (at == 0 || !tokens.is_glued(at)) return false;
  if (tokens.is_glued(at - 1) && !(at > 1 && tokens.is_symbol(at - 2))) return false;  // "$.50" is as good
  return tokens.is(at - 1, ".") || (tokens.is(at - 1, ",") && style == DigitStyle::comma_decimal);
}

// A card's or an account's number counts nothing; zeros at either end are no digits of a number's own.
bool has_too_many_digits(const TokenView& tokens, std::size_t first, std::size_t next) {
  std::string digits;
  for (auto at = first; at < next; ++at) {
    if (tokens.is_digits(at)) digits += tokens.word(at);
  }
  const auto begin = digits.find_first_not_of('0');
  return begin != std::string::npos && digits.find_last_not_of('0') - begin >= max_significant_digits;
}

// The 1/2 of "2 1/2" and "2-1/2"
void add_share(const TokenView& tokens, DigitNumber& number) {
  const auto at = tokens.skip_hyphen(number.next);
  const double share = read_share(tokens, at);
  if (share <= 0) return;
  number.value += share;
  number.next = at + 3;
}

}  // namespace

double read_share(const TokenView& tokens, std::size_t at) {
  constexpr double largest_denominator = 16;
  constexpr std::size_t longest = 2;
  if (!tokens.is_digits(at, 1, longest) || !tokens.is_glued(at + 1, "/") || !tokens.is_glued_digits(at + 2)) return 0;
  if (tokens.is_glued(at + 3, "/") || !tokens.is_digits(at + 2, 1, longest)) return 0;
  const double numerator = to_double(tokens.word(at));
  const double denominator = to_double(tokens.word(at + 2));
  return numerator > 0 && numerator < denominator && denominator <= largest_denominator ? numerator / denominator : 0;
}

DigitNumber read_digits(const TokenView& tokens, std::size_t at, DigitStyle style, bool spaces) {
  DigitNumber number;
  const double share = read_share(tokens, at);
  if (is_rating(tokens, at)) {
    number.value = to_double(tokens.word(at));
    number.sure = false;
    number.next = at + 3;
  } else if (share > 0) {
    number.value = share;
    number.next = at + 3;
  } else if (const auto groups = spaced(tokens, at, spaces)) {
    number = *groups;
  } else {
    const auto row = read_row(tokens, at);
    number = decode(row, style);
    number.next = row.next;
    if (row.marks().empty()) add_share(tokens, number);
  }
  number.first = at;
  if (number.next == at + 1 && has_leading_mark(tokens, at, style)) {
    number.value = to_double("0." + std::string(tokens.word(at)));
    number.first = at - 1;
  }
  if (goes_on(tokens, number.next) || is_mixed(tokens, number.next)) return no_number(number.next);
  if (has_too_many_digits(tokens, number.first, number.next)) return no_number(number.next);
  return number;
}

}  // namespace answerback::flows
