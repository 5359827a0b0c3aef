// Any bytes as a Retry-After: what is read of it is a wait between nothing and ten years.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "webhooks/schedule.hpp"
#include "webhooks/shown_url.hpp"

using namespace answerback;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const flows::Instant now{std::chrono::milliseconds(1'795'449'600'000)};
  const auto wait = webhooks::parse_retry_after(text, now);
  if (wait && (*wait < flows::Duration::zero() || *wait > std::chrono::hours(24 * 366 * 10))) std::abort();
  if (webhooks::shown_url(text).size() > webhooks::max_shown_url) std::abort();
  return 0;
}
