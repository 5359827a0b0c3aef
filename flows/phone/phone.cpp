#include "flows/phone/phone.hpp"

#include <algorithm>
#include <array>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// E.164 allows 15 digits; the shortest numbers in use have 7 with their calling code.
constexpr std::size_t min_international_digits = 7;
constexpr std::size_t max_international_digits = 15;

struct CallingPlan {
  std::string_view country;
  std::string_view calling_code;
  std::string_view international_prefix;
  std::array<std::string_view, 4> national_prefixes;  // dialled before the number at home; longest first
  std::array<std::size_t, 3> lengths;                 // of the national number
};

// Lengths and prefixes: the numbering plans that each country filed with the ITU (E.164 national notices).
// The prefix 1 and the length 11 of Mexico are those before August 2019; carriers still send them.
constexpr std::array<CallingPlan, 6> plans{{
    {"US", "1", "011", {"1"}, {10}},
    {"CA", "1", "011", {"1"}, {10}},
    {"GB", "44", "00", {"0"}, {10, 9, 7}},
    {"ES", "34", "00", {}, {9}},
    {"FR", "33", "00", {"0"}, {9}},
    {"MX", "52", "00", {"044", "045", "01"}, {10, 11}},
}};

const CallingPlan* plan_of(std::string_view country) {
  const auto same = [&](const CallingPlan& plan) { return fold(country) == fold(plan.country); };
  const auto* it = std::find_if(plans.begin(), plans.end(), same);
  return it == plans.end() ? nullptr : it;
}

bool fits(const CallingPlan& plan, std::size_t length) {
  return length > 0 && std::find(plan.lengths.begin(), plan.lengths.end(), length) != plan.lengths.end();
}

// Digits with their calling code, without "+".
std::optional<std::string> international(std::string_view digits) {
  if (digits.size() < min_international_digits || digits.size() > max_international_digits) return std::nullopt;
  if (digits.front() == '0') return std::nullopt;
  for (const auto& plan : plans) {
    if (digits.starts_with(plan.calling_code) && !fits(plan, digits.size() - plan.calling_code.size())) return std::nullopt;
  }
  return "+" + std::string(digits);
}

std::optional<std::string> national(std::string_view digits, const CallingPlan& plan) {
  const auto whole = [&](std::string_view number) { return "+" + std::string(plan.calling_code) + std::string(number); };
  if (digits.starts_with(plan.international_prefix)) return international(digits.substr(plan.international_prefix.size()));
  for (const auto prefix : plan.national_prefixes) {
    if (prefix.empty() || !digits.starts_with(prefix)) continue;
    if (fits(plan, digits.size() - prefix.size())) return whole(digits.substr(prefix.size()));
  }
  // In North America a 0 stands for no prefix; such a number is possible, if not likely.
  if (digits.starts_with('0') && plan.calling_code != "1") return std::nullopt;
  if (digits.size() >= 9 && fits(plan, digits.size())) return whole(digits);
  if (!digits.starts_with(plan.calling_code)) return std::nullopt;
  return fits(plan, digits.size() - plan.calling_code.size()) ? international(digits) : std::nullopt;
}

struct Dialled {
  bool plus = false;
  std::string digits;
};

// Takes "+44 (0)20 7946-0958" apart. Letters, a second "+" and other signs make it no phone.
std::optional<Dialled> read_dialled(std::string_view folded) {
  Dialled dialled;
  constexpr std::string_view punctuation = " ()-./";
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (is_digit(c)) {
      dialled.digits.push_back(c);
    } else if (c == '+' && !dialled.plus && dialled.digits.empty()) {
      dialled.plus = true;
    } else if (dialled.plus && !dialled.digits.empty() && folded.substr(i).starts_with("(0)")) {
      i += 2;  // the national prefix in brackets is not dialled from abroad
    } else if (punctuation.find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  return dialled;
}

// As dialled at home only with an area code that is one (2 to 9 in front): "(011) 111-1111" would be read as a call abroad.
bool has_area_code(std::string_view e164) { return e164.size() == 12 && e164.starts_with("+1") && e164[2] >= '2'; }

}  // namespace

std::optional<std::string> parse_phone(std::string_view text, std::string_view country) {
  constexpr std::size_t longest_spelling_bytes = 128;
  if (text.size() > longest_spelling_bytes) return std::nullopt;
  const auto dialled = read_dialled(fold(text));
  if (!dialled || dialled->digits.empty()) return std::nullopt;
  if (dialled->plus) return international(dialled->digits);
  const auto* plan = plan_of(country);
  return plan ? national(dialled->digits, *plan) : std::nullopt;
}

std::string format_phone(std::string_view e164) {
  if (!has_area_code(e164)) return std::string(e164);
  const std::string number(e164);
  return "(" + number.substr(2, 3) + ") " + number.substr(5, 3) + "-" + number.substr(8);
}

std::string mask_phone(std::string_view e164) {
  constexpr std::string_view stars = "******";
  if (e164.size() < min_international_digits) return std::string(stars);
  return std::string(e164.substr(0, 2)).append(stars).append(e164.substr(e164.size() - 2));
}

bool is_sender(std::string_view text) {
  constexpr std::size_t longest_letters = 11;  // an alphanumeric sender is a 3GPP 23.040 address of 11 GSM-7 characters
  if (text.starts_with('+')) return parse_phone(text, "") == std::string(text);
  if (text.empty() || text.size() > longest_letters || text.front() == ' ' || text.back() == ' ') return false;
  if (std::all_of(text.begin(), text.end(), is_digit)) return text.size() >= 3 && text.size() <= 6;
  const auto is_allowed = [&](char c) { return is_letter(c) || is_digit(c) || std::string_view(" &-_+").find(c) != std::string_view::npos; };
  return std::any_of(text.begin(), text.end(), is_letter) && std::all_of(text.begin(), text.end(), is_allowed);
}

}  // namespace answerback::flows
