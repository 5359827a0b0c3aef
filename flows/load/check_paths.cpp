#include <fmt/format.h>

#include <set>

#include "flows/load/checks.hpp"
#include "flows/load/names.hpp"

namespace answerback::flows {

namespace {

std::set<std::string> known_paths(const Loading& loading) {
  std::set<std::string> known{"sender"};
  for (const auto& field : contact_fields()) known.insert("contact." + field);
  for (const auto& field : loading.flow.contact_fields) known.insert("contact." + field.name);
  for (const auto& step : loading.flow.steps) {
    if (const auto* ask = std::get_if<Ask>(&step.verb)) known.insert("answers." + ask->answer);
    if (const auto* set = std::get_if<Set>(&step.verb)) {
      for (const auto& assignment : set->assignments) known.insert(to_string(assignment.to));
    }
  }
  return known;
}

std::string_view why_unknown(Path::Root root) {
  switch (root) {
    case Path::Root::answers: return "no question gives this answer";
    case Path::Root::vars: return "no step sets this variable";
    case Path::Root::contact: return "no such contact field, list your own under \"contact_fields\"";
    case Path::Root::sender: return "\"sender\" has no parts";
  }
  return "";
}

}  // namespace

void check_paths(Loading& loading) {
  const auto known = known_paths(loading);
  const std::vector<std::string> candidates(known.begin(), known.end());
  for (const auto& use : loading.path_uses) {
    const auto name = to_string(use.path);
    // A step that could not be read might have set it.
    if (known.count(name) != 0 || (!loading.all_steps_read && use.path.root != Path::Root::contact)) continue;
    auto message = fmt::format("{}: {}{}", name, why_unknown(use.path.root), loading.hint(name, candidates));
    loading.report.error("unknown_path", std::move(message), use.pointer, use.at);
  }
}

}  // namespace answerback::flows
