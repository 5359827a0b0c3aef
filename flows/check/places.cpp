#include "flows/check/places.hpp"

#include "flows/json/json_pointer.hpp"
#include "flows/load/phrases.hpp"

namespace answerback::flows {

std::string pointer_to(const Step& step) { return pointer_append("/steps", step.name); }

Found find_in_step(const Loading& loading, const Step& step, std::string_view inside) {
  for (const auto& base : {pointer_to(step), std::string("/defaults")}) {
    auto pointer = base + std::string(inside);
    if (const auto* json = at_pointer(*loading.root, pointer)) return {std::move(pointer), json};
  }
  return {pointer_to(step), nullptr};
}

std::string pointer_of_synonym(const Loading& loading, const Step& step, const Choice& choice, std::size_t nth) {
  auto pointer = pointer_append("/expect/choice", choice.key);
  const auto* json = find_in_step(loading, step, pointer).json;
  const auto* described = json == nullptr ? nullptr : json->find("synonyms");
  if (described != nullptr) pointer += "/synonyms";
  const auto* list = described != nullptr ? described : json;
  return list == nullptr ? pointer : pointer_of_phrase(*list, pointer, nth);
}

void warn_at(Loading& loading, const Step& step, const Found& found, std::string code, std::string message) {
  loading.report.warning(std::move(code), std::move(message), found.pointer, found.json == nullptr ? step.at : found.json->at);
}

}  // namespace answerback::flows
