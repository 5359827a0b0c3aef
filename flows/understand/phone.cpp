#include "flows/phone/phone.hpp"

#include <algorithm>
#include <array>

#include "flows/phone/phone_table.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/own_number.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_runs = 100;
constexpr std::size_t max_groups = 12;  // of digits in one run; a phone number is written in eight at most

struct DigitRun {
  std::size_t begin = 0;  // bytes of the folded text
  std::size_t end = 0;
};

struct FoundPhone {
  std::string e164;
  DigitRun run;
  bool sure = true;
};

bool belongs(char c) { return is_digit(c) || std::string_view("+()-./ ").find(c) != std::string_view::npos; }

// Stretches that hold nothing but digits and what stands between the digits of a phone number.
std::vector<DigitRun> digit_runs(std::string_view text) {
  std::vector<DigitRun> runs;
  for (std::size_t at = 0; at < text.size() && runs.size() < max_runs;) {
    if (!is_digit(text[at]) && text[at] != '+' && text[at] != '(') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && belongs(text[end])) ++end;
    std::size_t last = end;
    while (last > at && !is_digit(text[last - 1])) --last;
    if (last > at) runs.push_back({at, last});
    at = end;
  }
  return runs;
}

std::vector<DigitRun> groups_of(std::string_view text, DigitRun run) {
  std::vector<DigitRun> groups;
  for (auto at = run.begin; at < run.end && groups.size() <= max_groups;) {
    const auto end = std::min(text.find(' ', at), run.end);
    const auto group = text.substr(at, end - at);
    if (std::any_of(group.begin(), group.end(), is_digit)) groups.push_back({at, end});
    at = end + 1;
  }
  return groups;
}

std::optional<FoundPhone> whole(std::string_view text, DigitRun run, std::string_view country) {
  auto phone = parse_phone(text.substr(run.begin, run.end - run.begin), country);
  if (!phone) return std::nullopt;
  const bool in_plan = is_in_numbering_plan(*phone);
  return FoundPhone{std::move(*phone), run, in_plan};
}

// "78701 512 555 0142": other digits stand beside it. The longest stretch of groups that is a number in use.
std::optional<FoundPhone> inside(std::string_view text, DigitRun run, std::string_view country) {
  const auto groups = groups_of(text, run);
  if (groups.size() < 2 || groups.size() > max_groups) return std::nullopt;
  for (auto size = groups.size() - 1; size > 0; --size) {
    for (std::size_t first = 0; first + size <= groups.size(); ++first) {
      auto found = whole(text, {groups[first].begin, groups[first + size - 1].end}, country);
      if (!found || !found->sure) continue;
      found->sure = false;
      return found;
    }
  }
  return std::nullopt;
}

// "0044 …" dialled from where the prefix is another: the digits say the country all the same.
std::optional<FoundPhone> from_abroad(std::string_view text, DigitRun run) {
  const auto spelled = text.substr(run.begin, run.end - run.begin);
  if (!spelled.starts_with("00")) return std::nullopt;
  auto phone = parse_phone("+" + std::string(spelled.substr(2)), "");
  if (!phone || !is_in_numbering_plan(*phone)) return std::nullopt;
  return FoundPhone{std::move(*phone), run, false};
}

char keypad_digit(char letter) {
  constexpr std::string_view digits = "22233344455566677778889999";  // ITU-T E.161: abc def ghi jkl mno pqrs tuv wxyz
  return digits[static_cast<std::size_t>(letter - 'a')];
}

bool is_vanity_part(char c) { return is_digit(c) || is_letter(c) || c == '-'; }

// "1-800-FLOWERS": letters by the keypad, in North America's plan; what is longer than a number is not dialled.
std::optional<FoundPhone> vanity(std::string_view text, std::string_view country) {
  if (country != "US" && country != "CA") return std::nullopt;
  for (const std::string_view lead : {"1-8", "1 8", "1.8", "1(8", "1 (8", "(8", "8"}) {
    const auto begin = text.find(lead);
    if (begin == std::string_view::npos || (begin > 0 && is_vanity_part(text[begin - 1]))) continue;
    std::string digits;
    std::size_t letters = 0;
    auto end = begin;
    for (; end < text.size() && (is_vanity_part(text[end]) || belongs(text[end])); ++end) {
      const bool full = digits.size() >= (digits.starts_with('1') ? 11U : 10U);
      if (text[end] == ' ' && full) break;
      if (is_letter(text[end])) ++letters;
      if (!full && is_digit(text[end])) digits.push_back(text[end]);
      if (!full && is_letter(text[end])) digits.push_back(keypad_digit(text[end]));
    }
    constexpr std::size_t fewest_letters = 3;
    const auto found = letters >= fewest_letters ? whole(digits, {0, digits.size()}, country) : std::nullopt;
    if (found && found->sure) return FoundPhone{found->e164, {begin, end}, false};
  }
  return std::nullopt;
}

std::vector<FoundPhone> phones_in(std::string_view text, std::string_view country) {
  std::vector<FoundPhone> found;
  for (const auto& run : digit_runs(text)) {
    auto phone = whole(text, run, country);
    if (!phone) phone = from_abroad(text, run);
    if (!phone) phone = inside(text, run, country);
    const auto same = [&](const FoundPhone& other) { return other.e164 == phone->e164; };
    if (phone && std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(*phone));
  }
  if (found.empty()) {
    if (auto phone = vanity(text, country)) found.push_back(std::move(*phone));
  }
  return found;
}

bool all_sure(const std::vector<FoundPhone>& phones) {
  return !phones.empty() && std::all_of(phones.begin(), phones.end(), [](const FoundPhone& phone) { return phone.sure; });
}

// As dialled where the question says, else in the contact's own country or the United States, whichever has the number.
std::vector<FoundPhone> phones_said(std::string_view text, const ExpectPhone& expect, std::string_view own_country) {
  constexpr std::string_view usual = "US";
  if (!expect.country.empty()) return phones_in(text, expect.country);
  auto found = phones_in(text, own_country.empty() ? usual : own_country);
  if (all_sure(found) || own_country.empty() || own_country == usual) return found;
  auto american = phones_in(text, usual);
  return found.empty() || all_sure(american) ? american : found;
}

}  // namespace

Understood understand_phone(const ExpectPhone& expect, const Reply& reply, const ReplyContext& context) {
  auto found = phones_said(reply.folded(), expect, context.country);
  if (found.empty() && means_own_number(reply.folded()) && !context.phone.empty()) return {Value(std::string(context.phone)), true, reply.trimmed()};
  if (found.empty()) return {};
  const auto span = reply.span(found.front().run.begin, found.back().run.end);
  if (found.size() == 1) return {Value(std::move(found.front().e164)), found.front().sure, span};
  Understood none{std::nullopt, false, span, {}};
  for (auto& phone : found) none.others.emplace_back(std::move(phone.e164));
  return none;
}

}  // namespace answerback::flows
