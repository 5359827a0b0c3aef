// What is said to a contact, in each language that the flow has it in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/text/text_template.hpp"

namespace answerback::flows {

struct Wording {
  Text text;                                         // in the flow's own language
  std::vector<std::pair<std::string, Text>> others;  // by language, as written
  bool operator==(const Wording&) const = default;

  const Text& in(std::string_view language) const;   // the flow's own when there is none in that language
};

}  // namespace answerback::flows
