// What phones and gateways add, in any bytes: what is left is always a part of what came.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/incoming/incoming.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto incoming = answerback::engine::read_incoming(text);
  const bool inside = incoming.text.data() >= text.data() && incoming.text.data() + incoming.text.size() <= text.data() + text.size();
  if (!inside) std::abort();
  return 0;
}
