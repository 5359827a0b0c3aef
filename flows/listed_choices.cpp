#include "flows/listed_choices.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

constexpr std::size_t max_listed = 100;  // as many as a question may have choices

std::vector<std::string> entries_of(const Value* value) {
  const auto* list = value != nullptr ? std::get_if<std::vector<std::string>>(value) : nullptr;
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  if (list != nullptr) return *list;
  return text != nullptr && !text->empty() ? std::vector<std::string>{*text} : std::vector<std::string>{};
}

}  // namespace

bool is_listed(const Expect& expect) {
  const auto* choice = std::get_if<ExpectChoice>(&expect);
  return choice != nullptr && choice->from.has_value();
}

ExpectChoice listed_choices(const ExpectChoice& expect, const Lookup& lookup) {
  ExpectChoice choice;
  if (!expect.from) return choice;
  choice.from = expect.from;
  const auto entries = entries_of(lookup(*expect.from));
  const auto keys = expect.keys ? entries_of(lookup(*expect.keys)) : entries;
  const auto count = std::min({entries.size(), keys.size(), max_listed});
  const auto is_entry = [&](const std::string& number) { return std::find(entries.begin(), entries.end(), number) != entries.end(); };
  for (std::size_t i = 0; i < count; ++i) {
    // Entries with numbers of their own ("10:00") are chosen by their place in the list all the same, but not where it is itself an entry.
    const auto place = std::to_string(i + 1);
    choice.choices.push_back({keys[i], is_entry(place) ? std::vector<Cue>{} : std::vector<Cue>{{place, place, ""}}, {{"", entries[i]}}});
  }
  return choice;
}

}  // namespace answerback::flows
