#include "server/api/revision_json.hpp"

#include <nlohmann/json.hpp>

namespace answerback::server {

namespace {

using RevisionJson = nlohmann::ordered_json;

// A member that is not there is null: flows have no null of their own.
RevisionJson content(const std::string& json) { return json.empty() ? RevisionJson() : RevisionJson::parse(json, nullptr, false); }

RevisionJson changes_json(const std::vector<flows::Change>& changes) {
  auto list = RevisionJson::array();
  for (const auto& change : changes) {
    list.push_back({{"pointer", change.pointer}, {"before", content(change.before)}, {"after", content(change.after)}, {"text", change.text}});
  }
  return list;
}

}  // namespace

RevisionJson to_json(const flows::Difference& difference) {
  auto changed = RevisionJson::array();
  for (const auto& step : difference.changed) changed.push_back({{"step", step.step}, {"changes", changes_json(step.changes)}});
  return {{"added", difference.added}, {"removed", difference.removed}, {"changed", changed}, {"around", changes_json(difference.around)}};
}

}  // namespace answerback::server
