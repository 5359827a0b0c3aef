#include "flows/phone/phone_country.hpp"

#include <algorithm>
#include <array>

namespace answerback::flows {

namespace {

struct CodeOfCountry {
  std::string_view code;
  std::string_view country;
};

// Calling codes are prefix-free (ITU-T E.164), and North America's area codes stand beside the code that they share: the longest row that
// begins a number is its own.
constexpr auto countries_by_code = std::to_array<CodeOfCountry>({
#include "flows/phone/phone_country.inc"
});

constexpr bool by_code(const CodeOfCountry& a, const CodeOfCountry& b) { return a.code < b.code; }
static_assert(std::is_sorted(countries_by_code.begin(), countries_by_code.end(), by_code));

std::string_view country_behind(std::string_view code) {
  const auto* found = std::lower_bound(countries_by_code.begin(), countries_by_code.end(), CodeOfCountry{code, ""}, by_code);
  return found != countries_by_code.end() && found->code == code ? found->country : std::string_view();
}

}  // namespace

std::string_view country_of_phone(std::string_view e164) {
  if (!e164.starts_with('+')) return "";
  constexpr std::size_t longest_code = 4;
  const auto number = e164.substr(1);
  std::string_view country;
  for (std::size_t size = longest_code; size > 0 && country.empty(); --size) country = country_behind(number.substr(0, size));
  return country;
}

}  // namespace answerback::flows
