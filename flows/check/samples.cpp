#include "flows/check/samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "flows/comparison.hpp"
#include "flows/load/times.hpp"
#include "flows/offered_times.hpp"
#include "flows/text/text.hpp"
#include "flows/time.hpp"

namespace answerback::flows {

namespace {

constexpr std::string_view next_text = "\x01";  // behind a text: the next one in the order of bytes
constexpr std::string_view nobody_wrote = "\x01unlisted";

struct Wanted {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  bool booleans = false;
  bool order = false;  // something asks what stands before or behind
};

void want(const Value& operand, Wanted& wanted) {
  if (const auto* integer = std::get_if<std::int64_t>(&operand)) wanted.numbers.push_back(static_cast<double>(*integer));
  if (const auto* real = std::get_if<double>(&operand)) wanted.numbers.push_back(*real);
  if (std::holds_alternative<bool>(operand)) wanted.booleans = true;
  const auto* text = std::get_if<std::string>(&operand);
  if (text == nullptr) return wanted.texts.push_back(to_text(operand));  // a text that spells the number is equal to it
  wanted.texts.push_back(*text);
  double number = 0;  // a text that spells a number compares with numbers
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number, std::chars_format::fixed);
  if (read.ec == std::errc() && read.ptr == text->data() + text->size()) wanted.numbers.push_back(number);
}

bool is_order(Comparison::Operator op) {
  using Operator = Comparison::Operator;
  return op == Operator::gt || op == Operator::gte || op == Operator::lt || op == Operator::lte || op == Operator::between;
}

template <typename Values>
void each_once(Values& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool looks_inside(const Comparison& comparison) {
  return comparison.op == Comparison::Operator::contains || comparison.op == Comparison::Operator::matches;
}

Wanted wanted_by(const std::vector<const Comparison*>& comparisons) {
  Wanted wanted;
  for (const auto* comparison : comparisons) {
    if (comparison->op == Comparison::Operator::exists || comparison->other) continue;
    wanted.order = wanted.order || is_order(comparison->op);
    for (const auto& operand : comparison->operands) want(operand, wanted);
  }
  each_once(wanted.numbers);
  each_once(wanted.texts);
  return wanted;
}

class Sampler {
 public:
  explicit Sampler(Wanted wanted) : wanted_(std::move(wanted)) {}

  std::vector<Sample> take() { return std::move(samples_); }
  bool is_full() const { return samples_.size() > max_samples; }
  void add(Value value) { put({std::move(value), false}); }

  // Only what looks inside can tell one range from another; its ends have paths of their own.
  void kind(const Expect& expect) {
    if (wants_range(expect)) return put({Range(std::string(nobody_wrote), std::string(nobody_wrote)), true});
    std::visit(*this, expect);
  }
  void operator()(const ExpectYesNo&) { booleans(); }
  void operator()(const ExpectChoice& choice) {
    if (choice.from) return texts();
    for (const auto& one : choice.choices) add(one.key);
  }
  void operator()(const ExpectNumber& number) { numbers(number.min, number.max, number.integer); }
  void operator()(const ExpectMoney& money) { numbers(money.min, money.max, false); }  // compared by its amount
  void operator()(const ExpectText& text) {
    for (const auto& one : wanted_.texts) {
      const auto length = count_characters(one);
      if (length >= text.min && length <= text.max && (!text.matches || text.matches->matches_whole(one))) add(one);
    }
    ordered_texts();
    unlisted();
  }
  void operator()(const ExpectDate& date) { dates(date); }
  void operator()(const ExpectTime& time) { times(time.offered); }
  void operator()(const ExpectMedia&) { put({std::vector<std::string>{"https://unlisted"}, true}); }
  template <typename Kind>
  void operator()(const Kind&) {
    texts();
  }

  void booleans() {
    add(true);
    add(false);
  }

  void texts() {
    for (const auto& one : wanted_.texts) add(one);
    ordered_texts();
    unlisted();
  }

  // Texts behind each operand, and numbers spelled as texts around each; before all of them stands the one that nobody wrote.
  void ordered_texts() {
    if (!wanted_.order) return;
    for (const auto& one : wanted_.texts) put({one + std::string(next_text), true});
    for (const auto number : wanted_.numbers) {
      for (const double near : {number - 1, number + 0.5, number + 1}) add(to_text(near));
    }
  }

  // Each bound and operand, what lies between them, and what lies beyond.
  void numbers(std::optional<double> min, std::optional<double> max, bool whole) {
    auto edges = wanted_.numbers;
    if (min) edges.push_back(*min);
    if (max) edges.push_back(*max);
    if (edges.empty()) edges.push_back(0);
    std::sort(edges.begin(), edges.end());
    std::vector<double> tries{edges.front() - 1, edges.back() + 1};
    for (std::size_t i = 0; i < edges.size(); ++i) {
      for (const double near : {std::floor(edges[i]), edges[i], std::ceil(edges[i]), std::floor(edges[i]) + 1}) tries.push_back(near);
      if (i + 1 < edges.size()) tries.push_back(edges[i] + (edges[i + 1] - edges[i]) / 2);
    }
    std::sort(tries.begin(), tries.end());
    tries.erase(std::unique(tries.begin(), tries.end()), tries.end());
    for (const auto one : tries) {
      const bool inside = (!min || one >= *min) && (!max || one <= *max) && (!whole || std::floor(one) == one);
      if (inside) add(one);
    }
  }

  // By day; "today" as a bound is any day.
  void dates(const ExpectDate& date) {
    using std::chrono::days, std::chrono::sys_days;
    std::vector<sys_days> tries{sys_days(std::chrono::year(1) / 1 / 1), sys_days(std::chrono::year(9999) / 12 / 31)};
    // As far around each as a week goes where only some of its days are offered.
    const int around = limits_anything(date.offered) ? 7 : 1;
    for (const auto& text : wanted_.texts) {
      const auto day = parse_date(text);
      for (int near = -around; day && near <= around; ++near) tries.push_back(sys_days(*day) + days(near));
    }
    for (int near = 1; near < around; ++near) tries.insert(tries.end(), {tries[0] + days(near), tries[1] - days(near)});
    const auto fixed = [](const std::optional<DateBound>& bound) { return bound && !bound->today; };
    if (fixed(date.after)) tries.push_back(sys_days(date.after->date) + days(1));
    if (fixed(date.before)) tries.push_back(sys_days(date.before->date) - days(1));
    for (const auto day : tries) {
      const bool inside = (!fixed(date.after) || day > sys_days(date.after->date)) && (!fixed(date.before) || day < sys_days(date.before->date));
      if (inside && offers_day(date.offered, day)) add(to_iso8601(Instant(day)).substr(0, 10));
    }
  }

  void times(const OfferedTimes& offered) {
    constexpr int minutes_of_day = 24 * 60;
    std::vector<int> tries{0, minutes_of_day - 1};
    for (const auto& range : offered_ranges(offered)) {
      for (const auto end : {range.from, range.to - std::chrono::minutes(1)}) tries.push_back(static_cast<int>(std::chrono::floor<std::chrono::minutes>(end).count()));
    }
    for (const auto& text : wanted_.texts) {
      const auto time = parse_time_of_day(text);
      if (!time) continue;
      const auto minute = static_cast<int>(std::chrono::floor<std::chrono::minutes>(*time).count());
      for (const int near : {minute - 1, minute, minute + 1}) tries.push_back(std::clamp(near, 0, minutes_of_day - 1));
    }
    each_once(tries);
    std::erase_if(tries, [&](int minute) { return !offers_time(offered, std::chrono::minutes(minute)); });
    for (const auto minute : tries) add(fmt::format("{:02}:{:02}", minute / 60, minute % 60));
  }

  void anything() {
    if (wanted_.booleans) booleans();
    if (!wanted_.numbers.empty()) numbers({}, {}, false);
    texts();
  }

  void of_type(FieldType type) {
    switch (type) {
      case FieldType::any: return anything();
      case FieldType::number: return numbers({}, {}, false);
      case FieldType::boolean: return booleans();
      case FieldType::date: return dates({});
      case FieldType::time: return times({});
      case FieldType::text:
      case FieldType::datetime:
      case FieldType::phone:
      case FieldType::email: return texts();
    }
  }

 private:
  void unlisted() { put({std::string(nobody_wrote), true}); }
  void put(Sample sample) {
    if (!is_full()) samples_.push_back(std::move(sample));
  }

  Wanted wanted_;
  std::vector<Sample> samples_;
};

struct Described {
  std::string operator()(const ExpectYesNo&) const { return "it is true or false"; }
  std::string operator()(const ExpectChoice& choice) const {
    if (choice.from) return "";
    std::vector<std::string> keys;
    for (const auto& one : choice.choices) keys.push_back(one.key);
    return fmt::format("it is one of {}", fmt::join(keys, ", "));
  }
  std::string operator()(const ExpectNumber& number) const { return range("a number", number.min, number.max); }
  std::string operator()(const ExpectMoney& money) const { return range("an amount", money.min, money.max); }
  std::string operator()(const ExpectDate&) const { return "it is a date such as 2026-03-02, within the bounds of its question"; }
  std::string operator()(const ExpectTime&) const { return "it is a time such as 15:00, within what its question offers"; }
  template <typename Kind>
  std::string operator()(const Kind&) const {
    return "";
  }
  static std::string range(std::string_view what, const std::optional<double>& min, const std::optional<double>& max) {
    auto text = fmt::format("it is {}", what);
    if (min) text += fmt::format(" from {}", *min);
    if (max) text += fmt::format("{} {}", min ? " to" : " up to", *max);
    return text;
  }
};

}  // namespace

std::vector<Sample> samples_of(const Domain& domain, const std::vector<const Comparison*>& comparisons) {
  Sampler sampler(wanted_by(comparisons));
  if (domain.may_be_unset) sampler.add({});
  if (!domain.may_be_set) return sampler.take();
  for (std::size_t i = 0; i < domain.kinds.size() && !sampler.is_full(); ++i) sampler.kind(*domain.kinds[i]);
  for (const auto& value : domain.fixed) sampler.add(value);
  if (domain.open) sampler.of_type(domain.type);
  return sampler.take();
}

std::string describe(const Domain& domain) {
  if (!domain.may_be_set) return "nothing gives it a value before";
  const bool one_kind = domain.kinds.size() == 1 && domain.fixed.empty() && !domain.open;
  if (one_kind && wants_range(*domain.kinds.front())) return "it is a range, compare its ends, \".from\" and \".to\"";
  if (one_kind) return std::visit(Described{}, *domain.kinds.front());
  if (!domain.kinds.empty() || domain.open || domain.fixed.empty()) return "";
  std::vector<std::string> values;
  for (const auto& value : domain.fixed) values.push_back(to_text(value));
  return fmt::format("it is {}", fmt::join(values, " or "));
}

std::optional<bool> holds_for(const Comparison& comparison, const Sample& sample) {
  const bool is_set = !std::holds_alternative<std::monostate>(sample.value);
  if (comparison.other) return is_set ? std::nullopt : std::optional(false);  // what stands there is not known
  if (sample.unlisted && looks_inside(comparison)) return std::nullopt;
  return holds(comparison, is_set ? &sample.value : nullptr);
}

std::size_t text_bytes(const Sample& sample) {
  const auto* text = std::get_if<std::string>(&sample.value);
  return text == nullptr ? 0 : text->size();
}

std::size_t cost_of(const Comparison& comparison, std::size_t sample_bytes) {
  std::size_t cost = 1 + comparison.operands.size();
  if (!looks_inside(comparison)) return cost;
  for (const auto& operand : comparison.operands) cost += text_bytes({operand, false});
  return cost + sample_bytes + 10;  // both are folded, or a pattern runs over the sample
}

}  // namespace answerback::flows
