#include "flows/check/usual_text.hpp"

#include <algorithm>

#include "flows/text/segments.hpp"
#include "flows/text/text.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t usual_length = 12;  // of what nothing is known of
constexpr std::size_t usual_date = 17, usual_weekday = 9, usual_time = 8, usual_money = 9, usual_phone = 14, usual_list = 60;  // spelled out by a filter

// Lengths of what people answer; of a choice its longest key.
struct UsualAnswer {
  std::size_t operator()(const ExpectChoice& choice) const {
    std::size_t longest = 1;
    for (const auto& one : choice.choices) {
      longest = std::max(longest, count_characters(one.key));
      for (const auto& label : one.labels) longest = std::max(longest, count_characters(label.second));
    }
    return choice.from ? usual_length : longest;
  }
  std::size_t operator()(const ExpectText& text) const { return std::min<std::size_t>(text.max, 20); }
  std::size_t operator()(const ExpectYesNo&) const { return 3; }
  std::size_t operator()(const ExpectNumber&) const { return 4; }
  std::size_t operator()(const ExpectMoney&) const { return 8; }
  std::size_t operator()(const ExpectEmail&) const { return 22; }
  std::size_t operator()(const ExpectPhone&) const { return 12; }
  std::size_t operator()(const ExpectPostcode&) const { return 7; }
  std::size_t operator()(const ExpectDate&) const { return 10; }
  std::size_t operator()(const ExpectTime&) const { return 5; }
  std::size_t operator()(const ExpectDateTime&) const { return 25; }
  std::size_t operator()(const ExpectName&) const { return 14; }
  std::size_t operator()(const ExpectMedia&) const { return 60; }
};

std::size_t filtered(const Filter& filter, std::size_t length) {
  switch (filter.name) {
    case Filter::Name::date: return usual_date + (filter.argument.empty() ? 0 : usual_weekday);
    case Filter::Name::time: return usual_time;
    case Filter::Name::money: return usual_money;
    case Filter::Name::phone: return usual_phone;
    case Filter::Name::default_:
    case Filter::Name::upper:
    case Filter::Name::lower:
    case Filter::Name::title:
    case Filter::Name::label: return length;
    case Filter::Name::numbered: return usual_list;
  }
  return length;
}

}  // namespace

UsualText::UsualText(const Flow& flow) {
  lengths_ = {{"contact.first_name", 7}, {"contact.last_name", 8}, {"contact.name", 14},  {"contact.email", 22}, {"contact.state", 2},
              {"contact.zip", 5},        {"contact.city", 10},     {"contact.address", 30}};
  lengths_["sender"] = flow.sender.empty() ? usual_length : count_characters(flow.sender);
  for (const auto& step : flow.steps) {
    if (const auto answer = answer_of(step)) add(answer->name, answer->expect);
    const auto* set = std::get_if<Set>(&step.verb);
    for (std::size_t i = 0; set != nullptr && i < set->assignments.size(); ++i) {
      const auto* fixed = std::get_if<Value>(&set->assignments[i].value);
      auto& longest = lengths_[to_string(set->assignments[i].to)];
      longest = std::max(longest, fixed == nullptr ? usual_length : count_characters(to_text(*fixed)));
    }
  }
}

// A range is spelled out: "from 2:00 PM to 4:00 PM".
void UsualText::add(const std::string& answer, const Expect& expect) {
  constexpr std::size_t words_between = 9;
  const auto length = std::visit(UsualAnswer{}, expect);
  for (const auto& path : answer_paths(answer, expect)) lengths_["answers." + path] = length;
  if (wants_range(expect)) lengths_["answers." + answer] = 2 * std::max(length, usual_time) + words_between;
}

std::size_t UsualText::length_of(const Path& path) const {
  const auto known = lengths_.find(to_string(path));
  return known == lengths_.end() ? usual_length : known->second;
}

std::string UsualText::of(const Placeholder& placeholder) const {
  auto length = length_of(placeholder.path);
  std::string instead;
  for (const auto& filter : placeholder.filters) {
    length = filtered(filter, length);
    if (filter.name == Filter::Name::default_) instead = filter.argument;
  }
  // The default counts when it is the longer one, or has characters that cost more.
  const bool costs_more = !count_segments(instead).first_ucs2.empty() || count_characters(instead) > length;
  return costs_more ? instead : std::string(length, 'x');
}

std::string UsualText::of(const Text& text) const {
  std::string usual;
  for (const auto& piece : text.pieces) {
    const auto* literal = std::get_if<std::string>(&piece);
    usual += literal != nullptr ? *literal : of(std::get<Placeholder>(piece));
  }
  return usual;
}

}  // namespace answerback::flows
