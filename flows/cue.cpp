#include "flows/cue.hpp"

namespace answerback::flows {

std::string written_cues(const std::vector<Cue>& cues) {
  std::string list;
  for (const auto& cue : cues) list += (list.empty() ? "" : ", ") + cue.written;
  return list;
}

}  // namespace answerback::flows
