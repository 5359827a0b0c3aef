#include "server/rehearsal/generate/ideas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "flows/offered_times.hpp"
#include "flows/ways.hpp"
#include "server/rehearsal/generate/pattern_samples.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_ideas = 40;       // of one question
constexpr auto some_days = std::chrono::days(9);  // ahead: enough for a reminder before it
constexpr int days_of_a_week = 7;
constexpr std::size_t longest_filling = 6;  // digits put behind a sample, to make a postcode of its beginning

void collect(const flows::Condition& condition, std::vector<const flows::Comparison*>& into) {
  if (condition.kind == flows::Condition::Kind::comparison) into.push_back(&condition.comparison);
  for (const auto& part : condition.parts) collect(part, into);
}

std::string number_text(double number) { return fmt::format("{}", number == std::trunc(number) ? std::trunc(number) : number); }

// The neighbours of a date on its calendar.
std::vector<std::string> days_around(const std::string& date) {
  const auto at = flows::parse_iso8601(date + "T00:00:00Z");
  if (!at) return {};
  std::vector<std::string> days;
  for (const int offset : {-1, 1}) days.push_back(flows::to_iso8601(*at + std::chrono::days(offset)).substr(0, 10));
  return days;
}

// Texts that could stand on one side or the other of a comparison.
struct TextsOf {
  std::vector<std::string>& texts;

  void operator()(std::monostate) const {}
  void operator()(bool value) const { texts.emplace_back(value ? "yes" : "no"); }
  void operator()(std::int64_t value) const { operator()(static_cast<double>(value)); }
  void operator()(double value) const {
    for (const double near : {value, value - 1, value + 1}) texts.push_back(number_text(near));
  }
  void operator()(const std::string& value) const {
    texts.push_back(value);
    for (auto& day : days_around(value)) texts.push_back(std::move(day));
  }
  void operator()(const std::vector<std::string>& value) const { texts.insert(texts.end(), value.begin(), value.end()); }
  void operator()(const flows::Money& value) const { operator()(value.amount); }
  void operator()(const flows::Range&) const {}  // no flow writes one
};

void add_operands(const flows::Comparison& comparison, std::vector<std::string>& texts) {
  for (const auto& operand : comparison.operands) std::visit(TextsOf{texts}, operand);
  for (const auto& pattern : comparison.pattern) {
    auto sample = sample_of(pattern.source());
    for (std::size_t i = 0; i <= longest_filling; ++i, sample += '1') texts.push_back(sample);
  }
}

std::string phone_in(std::string_view country) {
  if (country == "CA") return "+16135550142";
  if (country == "GB") return "+447700900123";
  if (country == "ES") return "+34612345678";
  if (country == "FR") return "+33612345678";
  if (country == "MX") return "+525512345678";
  return "+15125550199";
}

std::string postcode_in(std::string_view country) {
  if (country == "CA") return "K1A 0B1";
  if (country == "GB") return "SW1A 1AA";
  if (country == "ES") return "28001";
  if (country == "FR") return "75001";
  if (country == "MX") return "06000";
  return "90210";
}

void add_range(std::optional<double> min, std::optional<double> max, std::vector<std::string>& texts) {
  const auto low = min.value_or(max ? std::min(*max, 10.0) : 10.0);
  texts.push_back(number_text(max ? std::floor((low + *max) / 2) : low + 2));
  texts.push_back(number_text(low));
  if (max) texts.push_back(number_text(*max));
}

std::string day_text(std::chrono::sys_days day) { return flows::to_iso8601(day).substr(0, 10); }

void add_days(const std::optional<flows::DateBound>& after, const std::optional<flows::DateBound>& before, std::chrono::sys_days today, std::string_view time,
              std::vector<std::string>& texts) {
  texts.push_back(day_text(today + some_days) + std::string(time));
  for (const auto& bound : {after, before}) {
    if (!bound || bound->today) continue;
    for (const auto& near : days_around(day_text(bound->date))) texts.push_back(near + std::string(time));
  }
  for (const auto* day : {"tomorrow", "yesterday"}) texts.push_back(day + std::string(time));
}

// Within what a question offers; nothing where it offers everything.
std::vector<std::string> offered_times(const flows::OfferedTimes& offered) {
  std::vector<std::string> times;
  if (!flows::limits_anything(offered)) return times;
  for (const auto& range : flows::offered_ranges(offered)) {
    const auto last = range.to - std::chrono::minutes(1);
    for (const auto time : {range.from, range.from + (last - range.from) / 2, last}) times.push_back(flows::to_iso8601(flows::Instant(time)).substr(11, 5));
  }
  return times;
}

// Two ends, and one that is open on either side.
void add_ranges(std::vector<std::string>& texts, const flows::Expect& end, const flows::ReplyContext& context) {
  std::vector<std::string> ends;
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(ends), [&](const std::string& text) { return flows::understand(end, text, context).value.has_value(); });
  if (ends.empty()) return;
  texts.insert(texts.begin(), {fmt::format("between {} and {}", ends.back(), ends.front()), fmt::format("from {}", ends.front()), fmt::format("until {}", ends.front())});
}

// Usual replies to each kind.
struct Usual {
  std::vector<std::string>& texts;
  std::chrono::sys_days today;

  void operator()(const flows::ExpectText& text) const {
    if (text.matches) texts.push_back(sample_of(text.matches->source()));
    std::string filling = "Something";
    while (filling.size() < text.min) filling += " more";
    texts.push_back(filling.substr(0, std::max<std::size_t>(1, std::min(filling.size(), text.max))));
  }
  void operator()(const flows::ExpectYesNo&) const { texts.insert(texts.end(), {"yes", "no"}); }
  void operator()(const flows::ExpectChoice& choice) const {
    for (const auto& one : choice.choices) {
      texts.push_back(one.key);
      for (const auto& synonym : one.synonyms) texts.push_back(synonym.written);
    }
  }
  void operator()(const flows::ExpectNumber& number) const { add_range(number.min, number.max, texts); }
  void operator()(const flows::ExpectMoney& money) const { add_range(money.min, money.max, texts); }
  void operator()(const flows::ExpectEmail&) const { texts.emplace_back("ana@example.com"); }
  void operator()(const flows::ExpectPhone& phone) const { texts.push_back(phone_in(phone.country)); }
  void operator()(const flows::ExpectPostcode& postcode) const { texts.push_back(postcode_in(postcode.country)); }
  void operator()(const flows::ExpectDate& date) const {
    add_days(date.after, date.before, today, "", texts);
    add_offered(date.offered, "", texts);
  }
  void operator()(const flows::ExpectTime& time) const {
    texts.insert(texts.end(), {"3 pm", "9 am"});
    for (auto& one : offered_times(time.offered)) texts.push_back(std::move(one));
  }
  void operator()(const flows::ExpectDateTime& at) const {
    add_days(at.after, at.before, today, " 3 pm", texts);
    for (const auto& time : offered_times(at.offered)) add_offered(at.offered, " " + time, texts);
  }
  void add_offered(const flows::OfferedTimes& offered, const std::string& time, std::vector<std::string>& into) const {
    for (int ahead = 1; ahead <= days_of_a_week && flows::limits_anything(offered); ++ahead) into.push_back(day_text(today + std::chrono::days(ahead)) + time);
  }
  void operator()(const flows::ExpectName&) const { texts.emplace_back("Ana Lopez"); }
  void operator()(const flows::ExpectMedia&) const {}
};

}  // namespace

std::vector<const flows::Comparison*> comparisons_in(const flows::Flow& flow) {
  std::vector<const flows::Comparison*> found;
  for (const auto& step : flow.steps) {
    for (const auto& exit : flows::exits(step)) {
      if (exit.when != nullptr) collect(*exit.when, found);
    }
  }
  return found;
}

std::vector<ReplyIdea> reply_ideas(const Asked& asked, const std::string& prefix, const std::vector<const flows::Comparison*>& comparisons,
                                   const flows::ReplyContext& context) {
  if (std::holds_alternative<flows::ExpectMedia>(asked.expect)) return {{"", {"https://example.com/photo.jpg"}}};
  std::vector<std::string> texts;
  std::visit(Usual{texts, context.today}, asked.expect);
  if (flows::wants_range(asked.expect)) add_ranges(texts, flows::end_of_range(asked.expect), context);
  for (const auto* comparison : comparisons) {
    const auto& path = comparison->path;
    const auto names = flows::answer_paths(asked.answer, asked.expect);
    const auto is_it = [&](const std::string& name) { return path.name == name || path.name == prefix + name; };
    const bool own = path.root == flows::Path::Root::answers && std::any_of(names.begin(), names.end(), is_it);
    if (own) add_operands(*comparison, texts);
  }
  std::vector<ReplyIdea> ideas;
  std::vector<flows::Value> seen;
  for (auto& text : texts) {
    if (ideas.size() >= max_ideas) break;
    const auto understood = flows::understand(asked.expect, text, context);
    if (!understood.value || std::find(seen.begin(), seen.end(), *understood.value) != seen.end()) continue;
    seen.push_back(*understood.value);
    ideas.push_back({std::move(text), {}});
  }
  return ideas;
}

std::vector<flows::Value> value_ideas(const flows::Path& path, const std::vector<const flows::Comparison*>& comparisons) {
  std::vector<flows::Value> values{flows::Value{}};
  const auto add = [&](flows::Value value) {
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
  };
  for (const auto* comparison : comparisons) {
    if (comparison->path != path) continue;
    if (comparison->op == flows::Comparison::Operator::exists) add(std::string("something"));
    std::vector<std::string> texts;
    for (const auto& operand : comparison->operands) {
      if (comparison->op != flows::Comparison::Operator::exists) add(operand);
      const auto* number = std::get_if<std::int64_t>(&operand);
      if (number) add(*number - 1), add(*number + 1);
      if (const auto* real = std::get_if<double>(&operand)) add(*real - 1), add(*real + 1);
    }
    for (const auto& pattern : comparison->pattern) add(sample_of(pattern.source()));
    add(std::string("other"));
  }
  return values;
}

}  // namespace answerback::server
