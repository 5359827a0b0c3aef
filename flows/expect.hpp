// What a question accepts. Each kind is one alternative; `understand` turns a reply into its value.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "flows/cue.hpp"
#include "flows/hours.hpp"
#include "flows/path.hpp"
#include "flows/text/pattern.hpp"

namespace answerback::flows {

struct ExpectText {
  std::size_t min = 1;      // characters
  std::size_t max = 1'600;  // characters
  std::optional<Pattern> matches;
  bool operator==(const ExpectText&) const = default;
};
struct ExpectYesNo {
  bool operator==(const ExpectYesNo&) const = default;
};
struct Choice {
  std::string key;
  std::vector<Cue> synonyms;
  // What it is called when it is said back, and a synonym too: by language, that of the flow first. None: the key.
  std::vector<std::pair<std::string, std::string>> labels{};
  bool operator==(const Choice&) const = default;
};
struct ChoiceForms;
struct ExpectChoice {
  std::vector<Choice> choices;
  // Instead of `choices`: the entries of a list, which a call brought. The answer is the entry itself, or, with `keys`, what stands at its
  // place in that list.
  std::optional<Path> from{}, keys{};
  // The choices made ready for comparing (understand/choice_forms.hpp), so that no reply has to do it again. The loader sets
  // it; null is as good, only slower.
  std::shared_ptr<const ChoiceForms> forms{};
  bool operator==(const ExpectChoice& other) const { return choices == other.choices && from == other.from && keys == other.keys; }
};
struct ExpectNumber {
  std::optional<double> min, max;
  bool integer = false;
  bool range = false;  // "2 to 4" is the answer, {"from", "to"}, a single number both ends of it; the same for the kinds below
  bool operator==(const ExpectNumber&) const = default;
};
struct ExpectEmail {
  bool operator==(const ExpectEmail&) const = default;
};
struct ExpectPhone {
  std::string country;  // of numbers without a calling code; "" = the contact's own, else the United States
  bool operator==(const ExpectPhone&) const = default;
};
struct ExpectPostcode {
  std::string country = "US";
  bool operator==(const ExpectPostcode&) const = default;
};
// A bound of a date: fixed, or "today".
struct DateBound {
  bool today = false;
  std::chrono::year_month_day date{};
  bool operator==(const DateBound&) const = default;
};
// When something is offered: what lies outside is no answer, and of several readings the one inside is meant.
struct OfferedTimes {
  std::optional<std::array<bool, 7>> weekdays;  // by weekday::c_encoding, Sunday first
  std::optional<OpenRange> between;             // both ends are offered
  std::optional<Hours> hours;                   // open hours
  bool operator==(const OfferedTimes&) const = default;
};
struct ExpectDate {
  std::optional<DateBound> after, before;  // both exclude the bound itself
  bool range = false;
  OfferedTimes offered{};                  // by its days
  bool operator==(const ExpectDate&) const = default;
};

struct ExpectMoney {
  std::optional<double> min, max;
  std::string currency = "USD";  // of an amount that names none
  bool range = false;
  bool operator==(const ExpectMoney&) const = default;
};
struct ExpectTime {
  bool range = false;
  OfferedTimes offered{};  // open on any day
  bool operator==(const ExpectTime&) const = default;
};
struct ExpectDateTime {
  std::optional<DateBound> after, before;  // of its day; both exclude the bound itself
  bool range = false;
  OfferedTimes offered{};
  bool operator==(const ExpectDateTime&) const = default;
};
struct ExpectName {
  bool operator==(const ExpectName&) const = default;
};
// Pictures and other files of an MMS.
struct ExpectMedia {
  bool operator==(const ExpectMedia&) const = default;
};

using Expect = std::variant<ExpectText, ExpectYesNo, ExpectChoice, ExpectNumber, ExpectEmail, ExpectPhone, ExpectPostcode, ExpectDate,
                            ExpectMoney, ExpectTime, ExpectDateTime, ExpectName, ExpectMedia>;

std::string_view kind_name(const Expect& expect);  // "yes_no"
bool wants_range(const Expect& expect);            // "range": true
Expect end_of_range(const Expect& expect);         // what each of its ends is

// The paths below `answers` under which an answer is found: its name, and of a range "visit.from" and "visit.to".
std::vector<std::string> answer_paths(const std::string& answer, const Expect& expect);

}  // namespace answerback::flows
