#include "flows/understand/number_scan.hpp"

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// "8 out of 10", "8 de 10", "8 sur 10"
bool is_of(const TokenView& tokens, const FoundNumber& number, const FoundNumber& whole) {
  const auto at = number.last + 1;
  const bool words = tokens.is(at, "out") && tokens.is(at + 1, "of") && whole.first == at + 2;
  const bool word = (tokens.is(at, "of") || tokens.is(at, "de") || tokens.is(at, "sur")) && whole.first == at + 1;
  return (words || word) && number.value <= whole.value;
}

// "dos perros y un gato": the article may count as well.
void drop_weak(std::vector<FoundNumber>& numbers) {
  const auto strong = [](const FoundNumber& number) { return !number.weak; };
  const bool doubtful = std::any_of(numbers.begin(), numbers.end(), [](const FoundNumber& number) { return number.weak && !number.sure; });
  if (std::none_of(numbers.begin(), numbers.end(), strong)) return;
  std::erase_if(numbers, [](const FoundNumber& number) { return number.weak; });
  for (auto& number : numbers) number.sure = number.sure && !doubtful;
}

}  // namespace

bool is_bounded(const TokenView& tokens, std::size_t at) {
  constexpr auto bounds = std::to_array<std::string_view>(
      {"over",   "under", "than", "least", "most", "below", "above", "almost", "nearly",  "max",      "min", "minimum", "maximum", "minimo",
       "maximo", "menos", "hasta", "casi", "mas",  "plus",  "moins", "jusqu'a", "presque", "<", ">", "upto"});
  if (at == 0) return false;
  const auto before = tokens.word(at - 1);
  if (is_one_of(before, bounds)) return true;
  if (at == 1) return false;
  if (before == "de" || before == "d") return is_one_of(tokens.word(at - 2), bounds);
  return before == "to" && tokens.is(at - 2, "up");
}

bool is_range(const TokenView& tokens, std::size_t first, std::size_t last, std::size_t second) {
  constexpr auto joints = std::to_array<std::string_view>({"to", "or", "-", "a", "o", "u", "ou", "till", "until", "through", "~", "/", "vs", "x"});
  constexpr auto joints_between = std::to_array<std::string_view>({"and", "&", "y", "e", "et"});
  if (second != last + 2) return false;
  const auto joint = tokens.word(last + 1);
  const bool between = first > 0 && (tokens.is(first - 1, "between") || tokens.is(first - 1, "entre"));
  return is_one_of(joint, joints) || (between && is_one_of(joint, joints_between));
}

NumberScan scan_numbers(const TokenView& tokens, const NumberReader& reader) {
  NumberScan scan;
  auto& numbers = scan.numbers;
  for (std::size_t at = 0; at < tokens.size();) {
    auto read = reader.read(at);
    scan.other_digits = scan.other_digits || read.other_digits;
    at = std::max(read.next, at + 1);
    if (!read.number) continue;
    if (is_bounded(tokens, read.number->first) || tokens.is(read.number->last + 1, "+")) read.number->sure = false;
    if (!numbers.empty() && is_of(tokens, numbers.back(), *read.number)) continue;
    const bool differs = !numbers.empty() && numbers.back().value != read.number->value;
    scan.range = scan.range || (differs && is_range(tokens, numbers.back().first, numbers.back().last, read.number->first));
    numbers.push_back(*read.number);
  }
  drop_weak(numbers);
  return scan;
}

}  // namespace answerback::flows
