// Any bytes as a phone number: what is read is E.164, reads as itself again, and never shows whole when it is masked.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/phone/phone.hpp"

using namespace answerback::flows;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  is_sender(text);
  for (const auto* country : {"", "US", "GB", "ES", "FR", "MX", "ZZ"}) {
    const auto phone = parse_phone(text, country);
    if (!phone) continue;
    if (phone->size() < 8 || phone->size() > 16 || phone->front() != '+') std::abort();
    if (phone->find_first_not_of("0123456789", 1) != std::string::npos) std::abort();
    if (parse_phone(*phone, country) != phone) std::abort();
    if (mask_phone(*phone) == *phone) std::abort();
    if (parse_phone(format_phone(*phone), "US") != phone) std::abort();
  }
  return 0;
}
