// The sentences that the engine says about answers by itself, in English, Spanish and French; any other language reads as
// English. Only characters of GSM 7-bit (3GPP 23.038), so that none of them turns a text to UCS-2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/expect.hpp"
#include "flows/value.hpp"

namespace answerback::engine {

// A value as a person would say it: "March 2, 2026", "3:00 PM", "new roof".
std::string spoken(const flows::Value& value, const flows::Expect& expect, std::string_view language);

// The same with the day of the week of a date, for who has to say whether it is right: "Monday, March 2, 2026".
std::string spoken_in_full(const flows::Value& value, const flows::Expect& expect, std::string_view language);

// "I have March 2, 2026. Is that right? Reply yes or no."
std::string read_back(std::string_view value, std::string_view language);

// "Do you mean 1) March 4, 2026 or 2) April 3, 2026?"
std::string offer(const std::vector<std::string>& values, std::string_view language);

// "Got it: zip 78701, roof age 12."
std::string noted(const std::vector<std::string>& facts, std::string_view language);

// The language that a whole reply asks for: "en español, por favor" -> "es"; "" when it asks for none.
std::string_view requested_language(std::string_view reply);

}  // namespace answerback::engine
