#include "engine/country.hpp"

#include <algorithm>

#include "flows/phone/phone_country.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

std::string country_of(const Contact& contact) {
  constexpr std::size_t code_size = 2;
  const auto* field = flows::find(contact.fields, "country");
  const auto* text = field != nullptr ? std::get_if<std::string>(field) : nullptr;
  const auto code = text != nullptr ? flows::to_upper(*text) : std::string();
  if (code.size() == code_size && std::all_of(code.begin(), code.end(), flows::is_upper)) return code == "UK" ? "GB" : code;
  return std::string(flows::country_of_phone(contact.phone));
}

}  // namespace answerback::engine
