// Any bytes as a flow file: a flow whose links all lead somewhere, or issues; and the same bytes always give the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/load.hpp"
#include "server/flow_rules.hpp"

namespace {

using namespace answerback::flows;

void check(const Flow& flow, const Target& target) {
  const auto* step = std::get_if<StepIndex>(&target);
  if (step != nullptr && *step >= flow.steps.size()) std::abort();
}

void check(const Flow& flow, const Branches& branches) {
  for (const auto& branch : branches) check(flow, branch.to);
}

struct CheckVerb {
  const Flow& flow;
  void operator()(const Say& say) const { check(flow, say.next); }
  void operator()(const Route& route) const { check(flow, route.next); }
  void operator()(const Set& set) const { check(flow, set.next); }
  void operator()(const End&) const {}
  void operator()(const Ask& ask) const {
    check(flow, ask.next);
    check(flow, ask.unclear.then);
    check(flow, ask.silent.then);
    if (ask.silent.after.count() <= 0) std::abort();  // every conversation ends
  }
};

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
  for (const auto& step : flow.steps) std::visit(CheckVerb{flow}, step.verb);
  for (const auto& anytime : flow.anytime) check(flow, anytime.to);
  return 0;
}
