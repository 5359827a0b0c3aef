#include "flows/text/wording.hpp"

#include <algorithm>

namespace answerback::flows {

const Text& Wording::in(std::string_view language) const {
  const auto found = std::find_if(others.begin(), others.end(), [&](const auto& other) { return other.first == language; });
  return found == others.end() ? text : found->second;
}

}  // namespace answerback::flows
