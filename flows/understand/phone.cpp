#include "flows/phone.hpp"

#include <algorithm>

#include "flows/understand/kinds.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

struct DigitRun {
  std::size_t begin;  // bytes of the folded text
  std::size_t end;
};

bool belongs(char c) { return is_digit(c) || std::string_view("+()-./ ").find(c) != std::string_view::npos; }

// Stretches that hold nothing but digits and what stands between the digits of a phone number.
std::vector<DigitRun> digit_runs(std::string_view text) {
  std::vector<DigitRun> runs;
  for (std::size_t at = 0; at < text.size();) {
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

// Area code and exchange of the North American plan begin with 2 to 9 (ATIS-0300051). Others are possible, not likely.
bool is_likely(std::string_view e164) {
  if (!e164.starts_with("+1")) return true;
  return e164[2] >= '2' && e164[5] >= '2';
}

}  // namespace

Understood understand_phone(const ExpectPhone& expect, const Reply& reply, const ReplyContext&) {
  Understood found;
  const auto text = reply.folded();
  for (const auto& run : digit_runs(text)) {
    const auto phone = parse_phone(text.substr(run.begin, run.end - run.begin), expect.country);
    if (!phone) continue;
    if (found.value && found.value != Value(*phone)) return {};
    if (!found.value) found = {Value(*phone), is_likely(*phone), reply.span(run.begin, run.end)};
  }
  return found;
}

}  // namespace answerback::flows
