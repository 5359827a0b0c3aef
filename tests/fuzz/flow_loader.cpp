// Any bytes as a flow file: a flow whose links all lead somewhere, or issues; and the same bytes always give the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/load/load.hpp"
#include "flows/ways.hpp"
#include "server/config/flow_rules.hpp"

namespace {

using namespace answerback::flows;

void check(const Flow& flow, const Target& target) {
  const auto* step = std::get_if<StepIndex>(&target);
  if (step != nullptr && *step >= flow.steps.size()) std::abort();
}

void check(const Flow& flow, const Step& step) {
  for (const auto& exit : exits(step)) check(flow, *exit.to);
  const auto* ask = std::get_if<Ask>(&step.verb);
  if (ask != nullptr && ask->silent.after.count() <= 0) std::abort();  // every conversation ends
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto rules = answerback::server::flow_rules();
  const auto loaded = load_flow(text, rules);
  if ((loaded.flow == nullptr) != has_errors(loaded.issues)) std::abort();
  if (load_flow(text, rules).issues != loaded.issues) std::abort();
  if (!loaded.flow) return 0;
  const auto& flow = *loaded.flow;
  if (flow.start >= flow.steps.size()) std::abort();
  for (const auto& step : flow.steps) check(flow, step);
  for (const auto& anytime : flow.anytime) check(flow, anytime.to);
  return 0;
}
