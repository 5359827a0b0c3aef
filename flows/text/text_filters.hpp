// The filters that stand in a message text, `{{contact.first_name | default: 'there'}}`: from text to text, never failing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/text/text_template.hpp"

namespace answerback::flows {

enum class Argument { none, optional, required };

std::optional<Filter::Name> parse_filter_name(std::string_view word);
const std::vector<std::string>& filter_names();
Argument argument_of(Filter::Name name);

std::string numbered(const std::vector<std::string>& list);  // "1) Monday 2) Tuesday"
std::string without_underscores(std::string text);           // "new_roof" -> "new roof"

// What a filter cannot read (a date that is none, an amount that is no number) comes back unchanged.
// Dates, times and amounts are written in the language of that tag.
std::string apply(const Filter& filter, std::string text, std::string_view language);

}  // namespace answerback::flows
