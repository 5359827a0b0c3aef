#include <fmt/format.h>

#include <map>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

// Both would be one member of the answers in an event: "home" the text, "home" the object of what a flow was told.
void check_answer_names(Loading& loading) {
  std::map<std::string, std::string> asked_by;
  for (const auto& step : loading.flow.steps) {
    if (const auto answer = answer_of(step)) asked_by.emplace(answer->name, step.name);
  }
  for (const auto& step : loading.flow.steps) {
    const auto* run = std::get_if<Run>(&step.verb);
    const auto found = run ? asked_by.find(run->as) : asked_by.end();
    if (found == asked_by.end()) continue;
    const auto place = find_in_step(loading, step, "/as");
    loading.report.error("name_taken", fmt::format("\"{}\" is the answer of the step \"{}\" already", run->as, found->second), place.pointer,
                         place.json == nullptr ? step.at : place.json->at);
  }
}

}  // namespace answerback::flows
