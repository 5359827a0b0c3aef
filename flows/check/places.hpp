// Finds a value of the flow file again by its pointer, so that a proof, which walks the linked flow, can point into the text.
#pragma once

#include <string_view>

#include "flows/load/loading.hpp"

namespace answerback::flows {

// A member of a step, or of the flow's defaults where the step inherits it: `inside` is "/unclear/say".
struct Found {
  std::string pointer;
  const Json* json = nullptr;
};
Found find_in_step(const Loading& loading, const Step& step, std::string_view inside);

std::string pointer_to(const Step& step);

// The pointer, from the step on, of a choice's nth synonym.
std::string pointer_of_synonym(const Loading& loading, const Step& step, const Choice& choice, std::size_t nth);

// A warning at a pointer; at the step itself when nothing stands there.

void warn_at(Loading& loading, const Step& step, const Found& found, std::string code, std::string message);

}  // namespace answerback::flows
