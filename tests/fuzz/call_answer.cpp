// Any bytes as the answer to a call: the values that were asked for, all of them and within their limits, or a reason.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "webhooks/call.hpp"

namespace {

using namespace answerback;

bool is_within_limits(const flows::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->size() <= webhooks::max_saved_bytes;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return texts->size() <= webhooks::max_saved_items;
  return !std::holds_alternative<flows::Money>(value);
}

}  // namespace

// The first line is where to look, the rest what came.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(text.find('\n'), text.size());
  engine::CallRequest call;
  call.save = {{"vars.there", std::string(text.substr(0, line))}, {"vars.whole", ""}};
  const auto body = text.substr(std::min(line + 1, text.size()));
  const auto reading = webhooks::read_call_answer(call, 200, body);
  if (reading.answer.ok != reading.error.empty()) std::abort();
  if (reading.answer.values.size() != (reading.answer.ok ? 2U : 0U)) std::abort();
  for (const auto& [path, value] : reading.answer.values) {
    if (!is_within_limits(value)) std::abort();
  }
  if (webhooks::read_call_answer(call, 404, body).answer.ok) std::abort();
  return 0;
}
