// The texts with placeholders that a step has, and the values that it needs without a text, wherever they stand in it.
#pragma once

#include <string>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

struct TextUse {
  const Text* text = nullptr;
  std::string inside;   // the pointer from the step on: "/unclear/say", "/say/es"
  std::size_t after = 0;  // of a `set`: how many assignments were made before this one is rendered
};

std::vector<TextUse> texts_of(const Step& step);

// A value that a step needs as it is: to wait for, to choose from, to calculate with.
struct BarePath {
  Path path;
  std::string inside;
  std::size_t after = 0;
};

std::vector<BarePath> bare_paths_of(const Step& step);

}  // namespace answerback::flows
