#include "flows/text/text_filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/phone/phone.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/spoken_values.hpp"

namespace answerback::flows {

namespace {

struct KnownFilter {
  std::string_view word;
  Filter::Name name;
  Argument argument;
};

constexpr std::array<KnownFilter, 10> filters{{{"default", Filter::Name::default_, Argument::required},
                                        {"upper", Filter::Name::upper, Argument::none},
                                        {"lower", Filter::Name::lower, Argument::none},
                                        {"title", Filter::Name::title, Argument::none},
                                        {"date", Filter::Name::date, Argument::optional},
                                        {"time", Filter::Name::time, Argument::none},
                                        {"money", Filter::Name::money, Argument::optional},
                                        {"phone", Filter::Name::phone, Argument::none},
                                        {"label", Filter::Name::label, Argument::none},
                                        {"numbered", Filter::Name::numbered, Argument::none}}};

}  // namespace

std::optional<Filter::Name> parse_filter_name(std::string_view word) {
  for (const auto& known : filters) {
    if (known.word == word) return known.name;
  }
  return std::nullopt;
}

const std::vector<std::string>& filter_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> words;
    words.reserve(filters.size());
    for (const auto& known : filters) words.emplace_back(known.word);
    return words;
  }();
  return names;
}

Argument argument_of(Filter::Name name) {
  for (const auto& known : filters) {
    if (known.name == name) return known.argument;
  }
  return Argument::none;
}

std::string numbered(const std::vector<std::string>& list) {
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i) text += fmt::format("{}{}) {}", i == 0 ? "" : " ", i + 1, list[i]);
  return text;
}

std::string without_underscores(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string apply(const Filter& filter, std::string text, std::string_view language) {
  switch (filter.name) {
    case Filter::Name::default_: return text.empty() ? filter.argument : text;
    case Filter::Name::upper: return to_upper(text);
    case Filter::Name::lower: return to_lower(text);
    case Filter::Name::title: return to_title(text);
    case Filter::Name::date: return speak_date(text, language, parse_date_style(filter.argument).value_or(DateStyle::usual));
    case Filter::Name::time: return speak_time(text, language);
    case Filter::Name::money: return speak_money(text, filter.argument, language);
    case Filter::Name::phone: return format_phone(text);
    case Filter::Name::label:     // the value became its name before it became a text
    case Filter::Name::numbered:  // so did a list
      return text;
  }
  return text;
}

}  // namespace answerback::flows
