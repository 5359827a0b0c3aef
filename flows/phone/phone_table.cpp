#include "flows/phone/phone_table.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace answerback::flows {

namespace {

struct NumberingPlan {
  std::string_view calling_code;
  std::string_view numbers;  // RE2, of the number behind the calling code
};

constexpr auto numbering_plans = std::to_array<NumberingPlan>({
#include "flows/phone/phone_table.inc"
});

// Calling codes are prefix-free (ITU-T E.164), so that one at most begins the digits.
const NumberingPlan* plan_beginning(std::string_view digits) {
  const auto begins = [&](const NumberingPlan& plan) { return digits.starts_with(plan.calling_code); };
  const auto* it = std::find_if(numbering_plans.begin(), numbering_plans.end(), begins);
  return it == numbering_plans.end() ? nullptr : it;
}

using Compiled = std::map<std::string_view, re2::RE2>;

// Those of the countries whose national spelling is understood; the others are rare enough to be compiled when asked for.
const Compiled& kept_patterns() {
  static const Compiled kept = [] {
    Compiled patterns;
    for (const std::string_view code : {"1", "33", "34", "44", "52"}) {
      const auto numbers = plan_beginning(code)->numbers;
      patterns.emplace(code, re2::StringPiece(numbers.data(), numbers.size()));
    }
    return patterns;
  }();
  return kept;
}

}  // namespace

bool is_in_numbering_plan(std::string_view e164) {
  if (!e164.starts_with('+')) return false;
  const auto digits = e164.substr(1);
  const auto* plan = plan_beginning(digits);
  if (plan == nullptr) return false;
  const re2::StringPiece number(digits.data() + plan->calling_code.size(), digits.size() - plan->calling_code.size());
  const auto kept = kept_patterns().find(plan->calling_code);
  if (kept != kept_patterns().end()) return re2::RE2::FullMatch(number, kept->second);
  return re2::RE2::FullMatch(number, re2::RE2(re2::StringPiece(plan->numbers.data(), plan->numbers.size())));
}

}  // namespace answerback::flows
