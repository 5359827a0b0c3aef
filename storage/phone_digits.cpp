#include "storage/phone_digits.hpp"

#include <charconv>

#include "storage/store.hpp"

namespace answerback::storage {

std::int64_t phone_digits(std::string_view e164) {
  constexpr std::size_t max_digits = 15;
  std::int64_t digits = 0;
  const auto text = e164.substr(e164.starts_with('+') ? 1 : e164.size());
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
  if (text.empty() || text.size() > max_digits || text.front() == '0' || text.front() == '-' || error != std::errc{} ||
      stop != text.data() + text.size())
    throw StoreError("a contact's phone is not in E.164 form");
  return digits;
}

std::string phone_text(std::int64_t digits) { return "+" + std::to_string(digits); }

}  // namespace answerback::storage
