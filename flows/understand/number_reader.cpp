#include "flows/understand/number_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "flows/phone/region.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t short_reply = 3;  // tokens: hardly more than the number itself

DigitStyle style_of(const ReplyContext& context) {
  return has_decimal_comma(context.language) ? DigitStyle::comma_decimal : DigitStyle::dot_decimal;
}

bool is_half_of_the_day(const TokenView& tokens, std::size_t at) {
  if (tokens.is(at, "am") || tokens.is(at, "pm")) return true;
  return (tokens.is(at, "a") || tokens.is(at, "p")) && tokens.is(at + 1, ".") && tokens.is(at + 2, "m");
}

bool is_ordinal_ending(std::string_view word) {
  constexpr auto endings = std::to_array<std::string_view>(
      {"st", "nd", "rd", "th", "o",  "a",  "er", "ero", "era", "ro",  "ra",  "do", "da",
       "to", "ta", "mo", "ma", "vo", "va", "no", "na",  "e",   "eme", "ere", "re", "de"});
  return is_one_of(word, endings);
}

// "that one", "the old one": points at something instead of counting. "one of them" counts no better.
bool points(const TokenView& tokens, std::size_t at, std::size_t next) {
  constexpr auto pointers = std::to_array<std::string_view>(
      {"the",   "this",   "that", "another", "which", "each", "no",    "any",   "every", "new",  "old",    "big",   "last", "first",
       "second", "next", "other", "good",    "right", "wrong", "some", "small", "cada",  "ningun", "algun", "otro", "chaque"});
  if (at > 0 && is_one_of(tokens.word(at - 1), pointers)) return true;
  return (tokens.is(next, "of") || tokens.is(next, "de") || tokens.is(next, "another")) && next + 1 < tokens.size();
}

}  // namespace

NumberReader::NumberReader(const TokenView& tokens, const ReplyContext& context, Language language, bool foreign, bool money)
    : tokens_(tokens),
      language_(language),
      style_(money ? DigitStyle::money : style_of(context)),
      spaces_(money || language != Language::en),
      words_(tokens, number_words(language), foreign),
      cardinals_(tokens_, words_, language) {}

NumberReader::Result NumberReader::read(std::size_t at) const {
  if (!words_.knows(at) && !tokens_.is_digits(at) && !tokens_.is(at, "-")) return {std::nullopt, at + 1, false};
  const bool dash = tokens_.is(at, "-") && !tokens_.is_glued(at) && tokens_.is_glued(at + 1);
  // "más o menos 15", "al menos 15", "au moins 15"
  constexpr auto before = std::to_array<std::string_view>({"or", "o", "ou", "al", "lo", "au", "le", "du"});
  const bool about = at > 0 && is_one_of(tokens_.word(at - 1), before);
  const bool minus = dash || (words_.has(at, Role::minus) && !tokens_.is(at + 1, "de") && !about);
  if (about && !minus && words_.has(at, Role::minus)) return {std::nullopt, at + 1, false};
  const auto start = minus ? at + 1 : at;
  auto result = tokens_.is_digits(start) ? digits(start) : Result{worded(start), start + 1, false};
  if (result.number) result.next = result.number->last + 1;
  if (!result.number || !minus) return result;
  result.number->value = -result.number->value;
  result.number->first = at;
  if (result.number->other) result.number->other = -*result.number->other;
  return result;
}

NumberReader::Result NumberReader::digits(std::size_t at) const {
  // "B52" and "x2" are names, not numbers; "USD20" is a sum.
  const bool named = style_ != DigitStyle::money && at > 0 && tokens_.is_glued(at) && tokens_.is_word(at - 1);
  const auto read = read_digits(tokens_, at, style_, spaces_);
  const bool clock = is_half_of_the_day(tokens_, read.next);
  if (!read.is_number || named || clock) return {std::nullopt, read.next, !named};
  FoundNumber number{read.value, read.first, read.next - 1, read.sure, false, read.other};
  if (tokens_.is_word(read.next) && tokens_.is_glued(read.next) && is_ordinal_ending(tokens_.word(read.next))) {
    number.last = read.next;
    number.sure = false;
    number.weak = true;
    return {number, 0, false};
  }
  take_point(number);
  if (take_share(number, take_multipliers(number))) take_multipliers(number);  // "2 and a half million"
  return {number, 0, false};
}

// "2k", "2 million", "3 dozen", "3 mil millones"; gives the scale of the last one.
double NumberReader::take_multipliers(FoundNumber& number) const {
  double scale = 1;
  const auto take = [&](double by, std::size_t next) {
    constexpr double exact = 1e6;  // 1.15 thousands are 1,150, not a bit less
    number.value = std::round(number.value * by * exact) / exact;
    number.other.reset();
    number.last = next - 1;
    scale = by;
  };
  const auto next = number.last + 1;
  if (tokens_.is(next, "k")) take(1e3, next + 1);
  if (style_ == DigitStyle::money && tokens_.is_glued(next)) {
    if (tokens_.is(next, "m") || tokens_.is(next, "mm") || tokens_.is(next, "mn")) take(1e6, next + 1);
    if (tokens_.is(next, "b") || tokens_.is(next, "bn")) take(1e9, next + 1);
  }
  constexpr int most = 3;
  for (int i = 0; i < most; ++i) {
    const auto at = tokens_.skip_hyphen(number.last + 1);
    for (const auto role : {Role::hundred, Role::big, Role::collective}) {
      if (const auto by = words_.find(at, role); by && number.last + 1 <= at) {
        take(by->value, by->next);
        break;
      }
    }
  }
  return scale;
}

bool NumberReader::is_article(std::size_t at) const { return words_.has(at, Role::article); }

// "and a half", "y media", "et demi", "and three quarters"; "two years and a half" too. Of a million, half a million.
bool NumberReader::take_share(FoundNumber& number, double scale) const {
  const auto next = number.last + 1;
  const auto is_joint = [&](std::size_t at) { return words_.has(tokens_.skip_hyphen(at), Role::joint); };
  const bool unit_between = !is_joint(next) && tokens_.is_word(next) && is_joint(next + 1);
  const auto at = unit_between ? next + 1 : next;
  if (!is_joint(at)) return false;
  auto part = cardinals_.skip_joint(at);
  if (tokens_.is_digits(part) && tokens_.is_glued(part + 1, "/")) {  // "2 and 1/2"
    const auto share = read_digits(tokens_, part, style_, spaces_);
    if (!share.is_number || share.value <= 0 || share.value >= 1) return false;
    number.value += scale * share.value;
    number.last = share.next - 1;
    return true;
  }
  double count = 1;
  bool counted = language_ != Language::en;
  if (const auto numerator = words_.find(part, Role::unit); numerator && numerator->value > 0) {
    count = numerator->value;
    part = tokens_.skip_hyphen(numerator->next);
    counted = true;
  } else if (is_article(part)) {
    part = tokens_.skip_hyphen(part + 1);
    counted = true;
  }
  const auto half = words_.find(part, Role::half);
  const auto share = half ? half : counted ? words_.find(part, Role::part) : std::nullopt;
  if (!share || count >= share->value) return false;
  number.value += scale * count / share->value;
  number.last = share->next - 1;
  number.weak = false;
  return true;
}

// What is said behind a decimal point: "five", "oh five", "setenta y cinco", "25"
CardinalReader::Part NumberReader::share_behind(const Lexed::Match& point) const {
  constexpr int most_digits = 8;
  auto at = point.next;
  double scale = 1;
  if (const auto group = cardinals_.below_hundred(at); group && group->value >= 10) return {group->value / 100, group->next};
  if (tokens_.is_digits(at, 1, 4)) {
    for (std::size_t i = 0; i < tokens_.word(at).size(); ++i) scale *= 10;
    return {tokens_.digits(at) / scale, at + 1};
  }
  double share = 0;
  for (int i = 0; i < most_digits; ++i) {
    const auto zero = words_.find(at, Role::oh);
    const auto unit = zero ? Lexed::Match{0, zero->next} : words_.find(at, Role::unit).value_or(Lexed::Match{});
    if (unit.next == 0) break;
    scale *= 10;
    share = share * 10 + unit.value;
    at = unit.next;
  }
  return {share / scale, at};
}

// "two point five", "dos coma setenta y cinco"
void NumberReader::take_point(FoundNumber& number) const {
  const auto point = words_.find(number.last + 1, Role::point);
  if (!point) return;
  const auto share = share_behind(*point);
  if (share.next == point->next) return;
  number.value += share.value;
  number.last = share.next - 1;
}

// "nineteen eighty five", "twenty twenty six", "nineteen oh five"
void NumberReader::take_year(FoundNumber& number) const {
  constexpr double first_century = 15;
  constexpr double last_century = 20;
  if (language_ != Language::en || number.value < first_century || number.value > last_century) return;
  const auto at = tokens_.skip_hyphen(number.last + 1);
  const auto oh = words_.find(at, Role::oh);
  const auto rest = cardinals_.below_hundred(oh ? oh->next : at);
  if (!rest || (oh ? rest->value > 9 : rest->value < 10)) return;
  number.sure = number.value < last_century;  // "twenty thirty" may be a range
  number.value = number.value * 100 + rest->value;
  number.last = rest->next - 1;
}

std::optional<FoundNumber> NumberReader::worded(std::size_t at) const {
  if (auto number = pointing(at)) return number;
  if (auto number = fraction(at)) return number;
  if (auto number = couple(at)) return number;
  if (auto number = collective(at)) return number;
  if (auto number = bare_point(at)) return number;
  return cardinal(at);
}

// An ordinal. It answers "how many" only when it is nearly all that was said.
std::optional<FoundNumber> NumberReader::pointing(std::size_t at) const {
  const auto found = ordinal(at);
  if (!found) return std::nullopt;
  return FoundNumber{found->value, at, found->next - 1, false, true};
}

// "half", "half a dozen", "media docena", "three quarters", "un tercio"
std::optional<FoundNumber> NumberReader::fraction(std::size_t at) const {
  const bool one = tokens_.is(at, "one");
  const auto named = is_article(at) || one ? tokens_.skip_hyphen(at + 1) : at;
  const auto half = words_.find(named, Role::half);
  const auto count = half ? std::nullopt : is_article(at) ? std::optional(CardinalReader::Part{1, at + 1}) : cardinals_.below_hundred(at);
  const auto part = count ? words_.find(tokens_.skip_hyphen(count->next), Role::part) : std::nullopt;
  if (!half && !part) return std::nullopt;
  if (part && count->value != 1 && !tokens_.word(part->next - 1).ends_with('s')) return std::nullopt;  // "twenty fifth"
  FoundNumber number{half ? 0.5 : count->value / part->value, at, (half ? half->next : part->next) - 1, part || one};
  auto next = tokens_.skip_hyphen(number.last + 1);
  if (tokens_.is(next, "of") || tokens_.is(next, "de")) ++next;
  const auto whole = is_article(next) ? next + 1 : next;
  for (const auto role : {Role::hundred, Role::big, Role::collective, Role::time_unit}) {
    const auto of = words_.find(whole, role);
    if (!of) continue;
    number.sure = true;
    if (role == Role::time_unit) break;
    number.value *= of->value;
    number.last = of->next - 1;
  }
  return number;
}

// "a couple of", "un par de miles": two, more or less
std::optional<FoundNumber> NumberReader::couple(std::size_t at) const {
  const auto found = words_.find(is_article(at) ? at + 1 : at, Role::couple);
  if (!found) return std::nullopt;
  FoundNumber number{found->value, at, found->next - 1, false};
  const bool of = tokens_.is(found->next, "of") || tokens_.is(found->next, "de");
  const auto whole = of ? found->next + 1 : found->next;
  for (const auto role : {Role::hundred, Role::big, Role::collective}) {
    if (const auto by = words_.find(whole, role)) {
      number.value *= by->value;
      number.last = by->next - 1;
    }
  }
  return number;
}

// "point five"
std::optional<FoundNumber> NumberReader::bare_point(std::size_t at) const {
  const auto point = words_.find(at, Role::point);
  if (!point || tokens_.is(at, "con") || point->next >= tokens_.size()) return std::nullopt;
  const auto share = share_behind(*point);
  if (share.next == point->next) return std::nullopt;
  FoundNumber number{share.value, at, share.next - 1};
  take_multipliers(number);
  return number;
}

// "a dozen", "une vingtaine", "docena y media"
std::optional<FoundNumber> NumberReader::collective(std::size_t at) const {
  const bool articled = is_article(at);
  const auto found = words_.find(articled ? at + 1 : at, Role::collective);
  if (!found) return std::nullopt;
  const bool about = language_ == Language::fr && found->value != 12;  // "une vingtaine" is twenty or so
  FoundNumber number{found->value, at, found->next - 1, !about};
  take_share(number, found->value);
  return articled || number.last >= found->next ? std::optional(number) : std::nullopt;
}

std::optional<FoundNumber> NumberReader::cardinal(std::size_t at) const {
  const auto read = cardinals_.read(at);
  const auto unit = is_article(at) ? words_.find(at + 1, Role::time_unit) : std::nullopt;
  if (!read && !unit) return std::nullopt;
  FoundNumber number{read ? read->value : 1, at, (read ? read->next : at + 1) - 1};
  number.weak = is_article(at) && number.last == at;
  number.sure = !number.weak || unit || tokens_.size() <= short_reply;
  if (number.value == 1 && number.last == at && points(tokens_, at, at + 1)) return std::nullopt;
  take_point(number);
  const double scale = take_multipliers(number);
  take_year(number);
  if (take_share(number, read ? std::max(scale, read->scale) : 1)) take_multipliers(number);
  return number;
}

std::optional<NumberReader::Count> NumberReader::count(std::size_t at) const {
  constexpr double largest = 9'999;
  if (tokens_.is_digits(at)) {
    const int value = tokens_.digits(at);
    return value < 0 ? std::nullopt : std::optional(Count{static_cast<double>(value), at + 1, true});
  }
  if (const auto two = couple(at)) {
    const auto next = two->last + 1;
    return Count{two->value, tokens_.is(next, "of") || tokens_.is(next, "de") ? next + 1 : next, false};
  }
  if (const auto read = cardinals_.read(at); read && read->value <= largest) return Count{read->value, read->next, true};
  return is_article(at) ? std::optional(Count{1, at + 1, true}) : std::nullopt;
}

std::optional<NumberReader::Count> NumberReader::small(std::size_t at) const {
  constexpr double largest = 59;
  const auto digits = tokens_.is_digits(at, 1, 2) ? std::optional(CardinalReader::Part{static_cast<double>(tokens_.digits(at)), at + 1}) : std::nullopt;
  const auto read = digits ? digits : cardinals_.below_hundred(at);
  return read && read->value <= largest ? std::optional(Count{read->value, read->next, true}) : std::nullopt;
}

std::optional<NumberReader::Count> NumberReader::ordinal(std::size_t at) const {
  if (tokens_.is_digits(at, 1, 2)) {
    const bool ending = tokens_.is_word(at + 1) && tokens_.is_glued(at + 1) && is_ordinal_ending(tokens_.word(at + 1));
    return ending ? std::optional(Count{static_cast<double>(tokens_.digits(at)), at + 2, true}) : std::nullopt;
  }
  if (const auto one = words_.find(at, Role::ordinal)) return Count{one->value, one->next, true};
  auto tens = words_.find(at, Role::ten);
  if (!tens && language_ == Language::fr) tens = words_.find(at, Role::teen);
  if (!tens) return std::nullopt;
  auto next = tokens_.skip_hyphen(tens->next);
  if (language_ == Language::fr) next = tokens_.skip_hyphen(words_.skip(next, Role::joint));
  const auto rest = words_.find(next, Role::ordinal);
  if (!rest || rest->value > 9) return std::nullopt;
  return Count{tens->value + rest->value, rest->next, true};
}

}  // namespace answerback::flows
