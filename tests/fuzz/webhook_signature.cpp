// Any bytes as a secret and as a signature header: what we sign verifies, and no header that we did not make does.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "webhooks/signature.hpp"

using namespace answerback::webhooks;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  static const auto known = *Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  constexpr std::int64_t now = 1'614'265'330;
  const auto secret = Secret::parse(text);
  if (secret && Secret::parse(secret->reveal()) != secret) std::abort();
  const auto signature = sign({known}, "evt_1_1", now, text);
  if (!verify(known, "evt_1_1", std::to_string(now), signature, text, now)) std::abort();
  // Whatever stands behind a good one; before it, only so many are looked at.
  if (!verify(known, "evt_1_1", std::to_string(now), signature + " " + text, text, now)) std::abort();
  if (verify(known, "evt_1_1", std::to_string(now + 301), signature, text, now)) std::abort();
  // No one finds a signature by trying bytes; only a copy of a good one could fit.
  if (text.find("v1,") == std::string::npos && verify(known, "evt_1_1", std::to_string(now), text, "body", now)) std::abort();
  verify(known, "evt_1_1", text, signature, text, now);
  return 0;
}
