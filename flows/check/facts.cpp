#include "flows/check/facts.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "flows/check/condition_facts.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

constexpr std::string_view part_of_run = ".*";

std::vector<Path> answers_of(const std::string& answer, const Expect& expect) {
  std::vector<Path> paths;
  for (auto& path : answer_paths(answer, expect)) paths.push_back({Path::Root::answers, std::move(path)});
  return paths;
}

// The paths that a verb gives a value when it leads on.
struct PathsGiven {
  std::vector<Path> operator()(const Ask& ask) const { return answers_of(ask.answer, ask.expect); }
  std::vector<Path> operator()(const flows::Set& set) const {
    std::vector<Path> paths;
    for (const auto& assignment : set.assignments) paths.push_back(assignment.to);
    return paths;
  }
  std::vector<Path> operator()(const Call& call) const {
    std::vector<Path> paths;
    for (const auto& saved : call.save) paths.push_back(saved.to);
    return paths;
  }
  std::vector<Path> operator()(const Run& run) const { return {{Path::Root::answers, run.as + std::string(part_of_run)}}; }
  template <typename Verb>
  std::vector<Path> operator()(const Verb&) const {
    return {};
  }
};

// What a text during a pause gives a value.
std::vector<Path> heard_by(const Step& step) {
  const auto* wait = std::get_if<Wait>(&step.verb);
  const bool listens = wait != nullptr && wait->reply && !wait->reply->answer.empty();
  return listens ? answers_of(wait->reply->answer, wait->reply->expect) : std::vector<Path>{};
}

bool may_be_skipped(const Step& step) {
  const auto* ask = std::get_if<Ask>(&step.verb);
  return ask != nullptr && ask->optional;
}

}  // namespace

Facts::Facts(const Flow& flow) : flow_(flow), anywhere_(static_cast<std::uint32_t>(flow.steps.size())) {
  number_facts();
  edges_.resize(flow.steps.size() + 1);
  reached_.resize(flow.steps.size() + 1, false);
  link();
  flow_through();
}

void Facts::number(const Path& path) {
  if (path.root == Path::Root::answers || path.root == Path::Root::vars) numbers_.emplace(to_string(path), static_cast<Fact>(numbers_.size()));
}

void Facts::number_facts() {
  for (const auto& variable : flow_.variables) number({Path::Root::vars, variable.first});
  for (const auto& step : flow_.steps) {
    for (const auto& path : std::visit(PathsGiven{}, step.verb)) number(path);
    for (const auto& path : heard_by(step)) number(path);
  }
}

std::optional<Facts::Fact> Facts::fact_of(const Path& path) const {
  auto found = numbers_.find(to_string(path));
  const auto dot = path.name.find('.');
  if (found == numbers_.end() && path.root == Path::Root::answers && dot != std::string::npos) {
    found = numbers_.find(to_string({path.root, path.name.substr(0, dot) + std::string(part_of_run)}));
  }
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Facts::Fact> Facts::facts_of(const std::vector<Path>& paths) const {
  std::vector<Fact> facts;
  for (const auto& path : paths) {
    if (const auto fact = fact_of(path)) facts.push_back(*fact);
  }
  return facts;
}

std::vector<Facts::Fact> Facts::given_by(const Step& step) const { return facts_of(std::visit(PathsGiven{}, step.verb)); }

// What a condition says has a value when it holds, or when it does not.
std::vector<Facts::Fact> Facts::held(const Condition& condition, bool value) const { return facts_of(paths_set_when(condition, value)); }

void Facts::link_step(StepIndex index) {
  const auto& step = flow_.steps[index];
  const auto given = given_by(step);
  const auto heard = facts_of(heard_by(step));
  std::set<Fact> others_failed;  // what has a value because no branch before was taken; once each, however many branches say so
  for (const auto& exit : exits(step)) {
    const auto* to = std::get_if<StepIndex>(exit.to);
    Edge edge;
    if (exit.kind == Exit::Kind::reply) {
      edge.gives = heard;
      const auto taken = held(*exit.when, true);
      edge.gives.insert(edge.gives.end(), taken.begin(), taken.end());
    }
    if (exit.kind == Exit::Kind::next) {
      (may_be_skipped(step) ? edge.may_give : edge.gives) = given;
      const auto taken = held(*exit.when, true);
      edge.gives.insert(edge.gives.end(), taken.begin(), taken.end());
      edge.gives.insert(edge.gives.end(), others_failed.begin(), others_failed.end());
      const auto passed = held(*exit.when, false);
      others_failed.insert(passed.begin(), passed.end());
    }
    if (to == nullptr) continue;
    edge.to = *to;
    edges_[index].push_back(std::move(edge));
  }
}

void Facts::link_anytime() {
  const auto corrects = std::any_of(flow_.anytime.begin(), flow_.anytime.end(),
                                    [](const Anytime& one) { return one.kind == Anytime::Kind::correct; });
  for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
    if (!hears_phrases(flow_.steps[i])) continue;
    edges_[i].push_back({anywhere_, {}, {}, false});
    if (corrects && is_question(flow_.steps[i])) edges_[anywhere_].push_back({i, {}, {}, true});
  }
  for (const auto& anytime : flow_.anytime) {
    const auto* to = std::get_if<StepIndex>(&anytime.to);
    if (anytime.kind == Anytime::Kind::go && to != nullptr) edges_[anywhere_].push_back({*to, {}, {}, false});
  }
}

void Facts::link() {
  for (StepIndex i = 0; i < flow_.steps.size(); ++i) link_step(i);
  if (!flow_.anytime.empty()) link_anytime();
}

// True when something changed at the edge's end.
bool Facts::pass(std::uint32_t from, const Edge& edge) {
  const bool first = !reached_[edge.to] && !edge.back;
  given_ = none_;
  for (const auto fact : edge.gives) given_[fact / 64] |= std::uint64_t{1} << (fact % 64);
  may_be_given_ = given_;
  for (const auto fact : edge.may_give) may_be_given_[fact / 64] |= std::uint64_t{1} << (fact % 64);
  auto& surely = surely_[edge.to];
  auto& possibly = possibly_[edge.to];
  bool changed = first;
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const auto arriving = surely_[from][i] | given_[i];
    const auto sure = edge.back ? surely[i] : first ? arriving : surely[i] & arriving;
    const auto possible = possibly[i] | possibly_[from][i] | may_be_given_[i];
    changed = changed || sure != surely[i] || possible != possibly[i];
    surely[i] = sure;
    possibly[i] = possible;
  }
  reached_[edge.to] = reached_[edge.to] || !edge.back;
  return changed;
}

// Each node's turn: after as many of those that lead to it as can be, and what may come at any time after all of them, so that
// few nodes are passed more than once or twice.
std::vector<std::uint32_t> Facts::turns() const {
  std::vector<std::uint32_t> turn(edges_.size(), 0);
  std::vector<std::size_t> looked_at(edges_.size(), 0);
  std::vector<std::uint32_t> walk{flow_.start};
  std::vector<bool> seen(edges_.size(), false);
  seen[flow_.start] = true;
  auto left = static_cast<std::uint32_t>(edges_.size());
  while (!walk.empty()) {
    const auto node = walk.back();
    if (looked_at[node] == edges_[node].size()) {
      turn[node] = --left;
      walk.pop_back();
      continue;
    }
    const auto to = edges_[node][looked_at[node]++].to;
    if (!seen[to]) walk.push_back(to);
    seen[to] = true;
  }
  turn[anywhere_] = static_cast<std::uint32_t>(edges_.size());
  return turn;
}

void Facts::flow_through() {
  none_.assign((numbers_.size() + 63) / 64 + 1, 0);
  surely_.assign(edges_.size(), none_);
  possibly_.assign(edges_.size(), none_);
  for (Fact fact = 0; fact < flow_.variables.size(); ++fact) {
    surely_[flow_.start][fact / 64] |= std::uint64_t{1} << (fact % 64);
    possibly_[flow_.start][fact / 64] |= std::uint64_t{1} << (fact % 64);
  }
  reached_[flow_.start] = true;
  const auto turn = turns();
  std::set<std::pair<std::uint32_t, std::uint32_t>> open{{turn[flow_.start], flow_.start}};
  while (!open.empty()) {
    const auto node = open.begin()->second;
    open.erase(open.begin());
    for (const auto& edge : edges_[node]) {
      if (pass(node, edge) && reached_[edge.to]) open.emplace(turn[edge.to], edge.to);
    }
  }
}

std::string Facts::way_without(StepIndex step, Fact fact) const {
  if (fact < flow_.variables.size()) return "";
  std::vector<std::uint32_t> before(edges_.size(), anywhere_ + 1), open{flow_.start};
  before[flow_.start] = flow_.start;
  for (std::size_t at = 0; at < open.size() && open[at] != step; ++at) {
    for (const auto& edge : edges_[open[at]]) {
      const bool gives = std::find(edge.gives.begin(), edge.gives.end(), fact) != edge.gives.end();
      if (gives || edge.back || before[edge.to] <= anywhere_) continue;
      before[edge.to] = open[at];
      open.push_back(edge.to);
    }
  }
  if (before[step] > anywhere_) return "";
  std::string way = flow_.steps[step].name;
  for (std::uint32_t at = step; at != flow_.start; at = before[at]) {
    const std::string_view from = before[at] == anywhere_ ? std::string_view("(anytime)") : flow_.steps[before[at]].name;
    way.insert(0, " -> ").insert(0, from);
  }
  return way;
}

}  // namespace answerback::flows
