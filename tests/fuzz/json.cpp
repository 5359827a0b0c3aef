// Any bytes as JSON: a value within its limits, or exactly one issue that points into the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/json/json.hpp"

namespace {

using namespace answerback::flows;

constexpr JsonLimits limits{4'096, 8, 200, false};

// Depth and number of values, as the limits count them.
std::size_t count(const Json& json, std::size_t depth) {
  if (depth > limits.max_depth) std::abort();
  if (json.at.line == 0 || json.at.column == 0) std::abort();
  std::size_t nodes = 1;
  for (const auto& item : json.items) nodes += count(item, depth + 1);
  for (const auto& member : json.members) {
    if (json.find(member.key) != &member.value) std::abort();  // a second one of that name would hide behind the first
    nodes += count(member.value, depth + 1);
  }
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool comments : {false, true}) {
    auto with = limits;
    with.comments = comments;
    const auto parsed = parse_json(text, with);
    if (const auto* json = std::get_if<Json>(&parsed)) {
      if (size > limits.max_bytes || count(*json, 0) > limits.max_nodes) std::abort();
    } else if (std::get<Issue>(parsed).code.empty() || std::get<Issue>(parsed).message.empty()) {
      std::abort();
    }
  }
  return 0;
}
