#include <fmt/format.h>

#include <map>
#include <set>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/json/json_pointer.hpp"

namespace answerback::flows {

namespace {

// Where each variable first gets a value. Answers are no part of this: every one of them travels with the outcome.
struct FirstGiven {
  struct Place {
    const Step* step;
    std::string inside;
  };
  std::map<std::string, Place>& places;
  const Step& step;

  void operator()(const Set& set) const {
    for (const auto& assignment : set.assignments) note(assignment.to, "/set");
  }
  void operator()(const Call& call) const {
    for (const auto& saved : call.save) note(saved.to, "/call/save");
  }
  template <typename Verb>
  void operator()(const Verb&) const {}

  void note(const Path& path, std::string_view inside) const {
    if (path.root == Path::Root::vars) places.emplace(to_string(path), Place{&step, pointer_append(inside, to_string(path))});
  }
};

std::set<std::string> paths_read(const Loading& loading) {
  std::set<std::string> read;
  for (const auto& use : loading.path_uses) read.insert(to_string(use.path));
  return read;
}

void judge_declared(Loading& loading, const std::set<std::string>& read) {
  std::set<std::string> used = read;
  for (const auto& step : loading.flow.steps) {
    const auto* set = std::get_if<Set>(&step.verb);
    for (std::size_t i = 0; set != nullptr && i < set->assignments.size(); ++i) used.insert(to_string(set->assignments[i].to));
    const auto* call = std::get_if<Call>(&step.verb);
    for (std::size_t i = 0; call != nullptr && i < call->save.size(); ++i) used.insert(to_string(call->save[i].to));
  }
  for (const auto& variable : loading.flow.variables) {
    if (read.count("vars." + variable.first) != 0) continue;
    const auto pointer = pointer_append("/variables", variable.first);
    const auto* json = at_pointer(*loading.root, pointer);
    loading.report.warning("unused_value", fmt::format("nothing reads vars.{}", variable.first), pointer, json == nullptr ? Position{} : json->at);
  }
  const auto* fields = loading.root->find("contact_fields");
  const bool typed = fields != nullptr && fields->kind == Json::Kind::object;
  for (std::size_t i = 0; i < loading.flow.contact_fields.size(); ++i) {
    const auto& name = loading.flow.contact_fields[i].name;
    if (used.count("contact." + name) != 0) continue;
    const auto* json = at_pointer(*loading.root, pointer_append("/contact_fields", typed ? name : std::to_string(i)));
    loading.report.warning("unused_value", fmt::format("nothing reads or sets contact.{}", name),
                           pointer_append("/contact_fields", typed ? name : std::to_string(i)), json == nullptr ? Position{} : json->at);
  }
}

}  // namespace

void check_unused(Loading& loading) {
  const auto read = paths_read(loading);
  std::map<std::string, FirstGiven::Place> places;
  for (const auto& step : loading.flow.steps) std::visit(FirstGiven{places, step}, step.verb);
  for (const auto& [path, place] : places) {
    const bool declared = find(loading.flow.variables, std::string_view(path).substr(std::string_view("vars.").size())) != nullptr;
    if (read.count(path) != 0 || declared) continue;
    warn_at(loading, *place.step, find_in_step(loading, *place.step, place.inside), "unused_value", fmt::format("nothing reads {}", path));
  }
  judge_declared(loading, read);
}

}  // namespace answerback::flows
