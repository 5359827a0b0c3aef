#include "flows/check/domains.hpp"

#include <algorithm>

#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

// {"add": 1} and the like, which needs no value to begin with.
bool is_counter(const Calculation& calculation) {
  using Operation = Calculation::Kind;
  const bool counts = calculation.kind == Operation::add || calculation.kind == Operation::subtract;
  return counts && std::all_of(calculation.parts.begin(), calculation.parts.end(), [](const Calculation& part) {
    return part.kind == Operation::number || part.kind == Operation::counted;
  });
}

struct DomainsGiven {
  std::map<std::string, Domain>& known;
  void operator()(const Set& set) const {
    for (const auto& assignment : set.assignments) {
      auto& domain = known[to_string(assignment.to)];
      if (const auto* fixed = std::get_if<Value>(&assignment.value)) domain.fixed.push_back(*fixed);
      if (const auto* calculation = std::get_if<Calculation>(&assignment.value)) number(domain, *calculation);
      if (std::holds_alternative<Wording>(assignment.value)) anything(domain);
    }
  }
  void operator()(const Call& call) const {
    for (const auto& saved : call.save) {
      auto& domain = known[to_string(saved.to)];
      anything(domain);
      domain.may_be_unset = true;  // a null in the answer sets nothing
    }
  }
  template <typename Verb>
  void operator()(const Verb&) const {}

 private:
  static void anything(Domain& domain) {
    domain.open = true;
    domain.type = FieldType::any;
  }

  // What cannot be worked out is not set; a counter always can.
  static void number(Domain& domain, const Calculation& calculation) {
    if (!domain.open) domain.type = FieldType::number;
    domain.open = true;
    domain.may_be_unset = domain.may_be_unset || !is_counter(calculation);
  }
};

}  // namespace

Domains::Domains(const Flow& flow, const Facts& facts) : flow_(flow), facts_(facts) {
  for (const auto& step : flow.steps) {
    std::visit(DomainsGiven{known_}, step.verb);
    if (const auto answer = answer_of(step)) add_answer(answer->name, answer->expect);
  }
  // A flow that runs this one may give its declared variables any value.
  for (const auto& variable : flow.variables) {
    auto& domain = known_["vars." + variable.first];
    domain.open = true;
    domain.type = FieldType::any;
  }
}

void Domains::add_answer(const std::string& name, const Expect& expect) {
  known_["answers." + name].kinds.push_back(&expect);
  if (!wants_range(expect)) return;
  const auto& end = ends_.emplace_back(end_of_range(expect));
  for (const auto part : {range_from, range_to}) {
    auto& domain = known_["answers." + name + "." + std::string(part)];
    domain.kinds.push_back(&end);
    domain.may_be_unset = true;  // "after 3" has no end
  }
}

Domain Domains::whole(const Path& path) const {
  Domain domain;
  domain.open = true;
  if (path.root == Path::Root::sender) return domain;
  if (path.root == Path::Root::open) {
    domain.type = FieldType::boolean;
    return domain;
  }
  if (path.root == Path::Root::contact) {
    const auto declared = std::find_if(flow_.contact_fields.begin(), flow_.contact_fields.end(),
                                       [&](const ContactField& field) { return field.name == path.name; });
    if (declared != flow_.contact_fields.end()) domain.type = declared->type;
    domain.may_be_unset = path.name != "phone";
    return domain;
  }
  const auto known = known_.find(to_string(path));
  return known == known_.end() ? domain : known->second;  // an answer of another flow may be anything
}

Domain Domains::at(const Path& path, StepIndex index) const {
  auto domain = whole(path);
  const auto fact = facts_.fact_of(path);
  if (!fact) return domain;
  const auto& step = flow_.steps[index];
  const auto given = facts_.given_by(step);
  const bool just_given = std::find(given.begin(), given.end(), *fact) != given.end();
  const bool ahead = flow_.eager && path.root == Path::Root::answers;  // an earlier reply may have given it
  domain.may_be_unset = domain.may_be_unset || (!just_given && !facts_.surely(index, *fact));
  domain.may_be_set = just_given || ahead || facts_.possibly(index, *fact);
  const auto* ask = std::get_if<Ask>(&step.verb);
  if (ask == nullptr || !just_given) return domain;
  if (path.name == ask->answer) domain.kinds = {&ask->expect};
  domain.may_be_unset = domain.may_be_unset || ask->optional.has_value();
  return domain;
}

Domain Domains::heard_at(const Path& path, StepIndex index) const {
  const auto* wait = std::get_if<Wait>(&flow_.steps[index].verb);
  auto domain = at(path, index);
  if (wait == nullptr || !wait->reply || to_string(path) != "answers." + wait->reply->answer) return domain;
  domain.kinds = {&wait->reply->expect};
  domain.may_be_set = true;
  domain.may_be_unset = false;
  return domain;
}

}  // namespace answerback::flows
