#include "flows/check/places.hpp"

#include "flows/json_pointer.hpp"

namespace answerback::flows {

std::string pointer_to(const Step& step) { return pointer_append("/steps", step.name); }

Found find_in_step(const Loading& loading, const Step& step, std::string_view inside) {
  for (const auto& base : {pointer_to(step), std::string("/defaults")}) {
    auto pointer = base + std::string(inside);
    if (const auto* json = at_pointer(*loading.root, pointer)) return {std::move(pointer), json};
  }
  return {pointer_to(step), nullptr};
}

void warn_at(Loading& loading, const Step& step, const Found& found, std::string code, std::string message) {
  loading.report.warning(std::move(code), std::move(message), found.pointer, found.json == nullptr ? step.at : found.json->at);
}

}  // namespace answerback::flows
