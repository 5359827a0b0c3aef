#include "tests/simulate/sabotage.hpp"

#include <algorithm>

namespace answerback::simulate {

std::optional<Sabotage> parse_sabotage(std::string_view name) {
  const auto found = std::find(sabotage_names.begin(), sabotage_names.end(), name);
  if (found == sabotage_names.end()) return std::nullopt;
  return static_cast<Sabotage>(found - sabotage_names.begin());
}

}  // namespace answerback::simulate
