#include <fmt/format.h>

#include <set>

#include "flows/check/checks.hpp"
#include "flows/load/names.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

// What each verb gives a value, beside answers.
struct GivenPaths {
  std::set<std::string>& known;
  std::set<std::string>& runs;
  void operator()(const Set& set) const {
    for (const auto& assignment : set.assignments) known.insert(to_string(assignment.to));
  }
  void operator()(const Call& call) const {
    for (const auto& saved : call.save) known.insert(to_string(saved.to));
  }
  void operator()(const Run& run) const { runs.insert(run.as); }
  template <typename Verb>
  void operator()(const Verb&) const {}
};

struct KnownPaths {
  std::set<std::string> paths{"sender", "open"};
  std::set<std::string> runs;  // names under which answers of other flows come back

  explicit KnownPaths(const Flow& flow) {
    for (const auto& field : contact_fields()) paths.insert("contact." + field);
    for (const auto& field : flow.contact_fields) paths.insert("contact." + field.name);
    for (const auto& variable : flow.variables) paths.insert("vars." + variable.first);
    for (const auto& step : flow.steps) {
      std::visit(GivenPaths{paths, runs}, step.verb);
      const auto answer = answer_of(step);
      for (const auto& path : answer ? answer_paths(answer->name, answer->expect) : std::vector<std::string>{}) paths.insert("answers." + path);
    }
  }

  // The other flow's names are its own to judge (check/runs.hpp).
  bool is_of_run(const Path& path) const {
    return path.root == Path::Root::answers && path.name.find('.') != std::string::npos && runs.count(path.name.substr(0, path.name.find('.'))) != 0;
  }
};

std::string_view why_unknown(Path::Root root) {
  switch (root) {
    case Path::Root::answers: return "no question gives this answer";
    case Path::Root::vars: return "no step sets this variable";
    case Path::Root::contact: return "no such contact field, list your own under \"contact_fields\"";
    case Path::Root::sender: return "\"sender\" has no parts";
    case Path::Root::open: return "\"open\" has no parts";
  }
  return "";
}

}  // namespace

void check_paths(Loading& loading) {
  const KnownPaths known(loading.flow);
  const std::vector<std::string> candidates(known.paths.begin(), known.paths.end());
  for (const auto& use : loading.path_uses) {
    const auto name = to_string(use.path);
    if (use.path.root == Path::Root::open && !loading.has_hours) {
      loading.report.error("no_hours", "this asks whether it is open, but the flow has no \"hours\"", use.pointer, use.at);
    }
    // A step that could not be read might have set it.
    const bool may_be_set = !loading.all_steps_read && use.path.root != Path::Root::contact;
    if (known.paths.count(name) != 0 || known.is_of_run(use.path) || may_be_set) continue;
    auto message = fmt::format("{}: {}{}", name, why_unknown(use.path.root), loading.hint(name, candidates));
    loading.report.error("unknown_path", std::move(message), use.pointer, use.at);
  }
}

}  // namespace answerback::flows
