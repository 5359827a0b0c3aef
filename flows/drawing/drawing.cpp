#include "flows/drawing/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace answerback::flows {

namespace {

using Shape = DrawnNode::Shape;

std::string title_of(const Ending& ending) { return fmt::format("{}: {}", to_string(ending.outcome), ending.reason); }

Shape shape_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return Shape::completed;
    case Outcome::bailed: return Shape::bailed;
    case Outcome::discarded: return Shape::discarded;
  }
  return Shape::discarded;
}

struct VerbOf {
  Shape operator()(const Say&) const { return Shape::say; }
  Shape operator()(const Ask&) const { return Shape::ask; }
  Shape operator()(const Route&) const { return Shape::route; }
  Shape operator()(const Set&) const { return Shape::set; }
  Shape operator()(const Call&) const { return Shape::call; }
  Shape operator()(const Run&) const { return Shape::run; }
  Shape operator()(const Wait&) const { return Shape::wait; }
  Shape operator()(const Split&) const { return Shape::split; }
  Shape operator()(const End& end) const { return shape_of(end.ending.outcome); }
};

// What stands in a step's node beside its verb and name.
struct SecondLine {
  std::string operator()(const End& end) const { return title_of(end.ending); }
  std::string operator()(const Run& run) const { return "flow " + run.flow; }
  std::string operator()(const Call& call) const { return call.method; }
  std::string operator()(const Wait& wait) const {
    return wait.kind == Wait::Kind::duration ? "for " + to_string(wait.duration) : std::string();
  }
  template <class Verb>
  std::string operator()(const Verb&) const {
    return {};
  }
};

// By shape; what is no verb has none.
constexpr std::string_view verb_names[] = {"", "say", "ask", "route", "set", "call", "run", "wait", "split", "", "", "", ""};

bool is_usual(const Exit& exit) { return exit.kind == Exit::Kind::next || exit.kind == Exit::Kind::way; }

class Draughtsman {
 public:
  explicit Draughtsman(const Flow& flow) : flow_(flow) {}

  Drawing draw() {
    drawing_.title = flow_.name;
    drawing_.nodes.push_back({Shape::begin, "begin", "begin", {flow_.name}, "", Mark::none, std::nullopt});
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) node(i);
    edge(0, flow_.start, "", false, std::nullopt, 0);
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) edges_of(i);
    anytime();
    return std::move(drawing_);
  }

 private:
  void node(StepIndex index) {
    const auto& step = flow_.steps[index];
    const auto shape = std::visit(VerbOf{}, step.verb);
    const auto verb = verb_names[static_cast<std::size_t>(shape)];
    std::vector<std::string> lines{verb.empty() ? step.name : fmt::format("{} {}", verb, step.name)};
    if (auto second = std::visit(SecondLine{}, step.verb); !second.empty()) lines.push_back(std::move(second));
    drawing_.nodes.push_back({shape, fmt::format("s{}", index), "step " + step.name, std::move(lines), "", Mark::none, index});
  }

  void edges_of(StepIndex index) {
    const auto& step = flow_.steps[index];
    const auto ways_out = exits(step);
    for (std::size_t i = 0; i < ways_out.size(); ++i) {
      edge(1 + index, *ways_out[i].to, exit_label(step, ways_out[i]), !is_usual(ways_out[i]), index, static_cast<ExitNumber>(i));
    }
  }

  void anytime() {
    if (flow_.anytime.empty()) return;
    const auto node = drawing_.nodes.size();
    drawing_.nodes.push_back({Shape::anytime, "anytime", "anytime", {"at any time"}, "", Mark::none, std::nullopt});
    for (std::size_t i = 0; i < flow_.anytime.size(); ++i) {
      const auto& entry = flow_.anytime[i];
      const auto phrases = written_cues(entry.phrases);
      if (entry.kind == Anytime::Kind::go) {
        edge(node, entry.to, phrases, true, std::nullopt, static_cast<ExitNumber>(exit_anytime + i));
      } else {
        const bool resume = entry.kind == Anytime::Kind::resume;
        drawing_.nodes[node].lines.push_back(fmt::format("{}: {}", phrases, resume ? "answers, asks again" : "back to the last question"));
      }
    }
  }

  void edge(std::size_t from, const Target& to, std::string label, bool dotted, std::optional<StepIndex> step, ExitNumber exit) {
    drawing_.edges.push_back({from, place(to), std::move(label), dotted, "", Mark::none, step, exit});
  }

  // An ending gets its node when it is first led to.
  std::size_t place(const Target& target) {
    if (const auto* step = std::get_if<StepIndex>(&target)) return 1 + *step;
    const auto& ending = std::get<Ending>(target);
    const auto title = title_of(ending);
    const auto [found, fresh] = endings_.emplace(title, drawing_.nodes.size());
    if (fresh) drawing_.nodes.push_back({shape_of(ending.outcome), fmt::format("e{}", endings_.size() - 1), title, {title}, "", Mark::none, std::nullopt});
    return found->second;
  }

  const Flow& flow_;
  Drawing drawing_;
  std::map<std::string, std::size_t> endings_;
};

// An edge that two revisions have in common is the same in these.
using EdgeName = std::tuple<std::string, std::string, std::string, bool>;

EdgeName name_of(const Drawing& drawing, const DrawnEdge& edge) {
  return {drawing.nodes[edge.from].name, drawing.nodes[edge.to].name, edge.label, edge.dotted};
}

std::map<std::string, std::size_t> nodes_by_name(const Drawing& drawing) {
  std::map<std::string, std::size_t> found;
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) found.emplace(drawing.nodes[i].name, i);
  return found;
}

// Marks what only `drawing` has; the steps in `changed` as changed.
void mark_new(Drawing& drawing, const Drawing& before, const std::vector<std::string>& changed) {
  const auto known = nodes_by_name(before);
  for (auto& node : drawing.nodes) {
    const bool differs = std::any_of(changed.begin(), changed.end(), [&](const auto& step) { return node.name == "step " + step; });
    node.mark = !known.contains(node.name) ? Mark::added : differs ? Mark::changed : Mark::none;
  }
  std::multimap<EdgeName, bool> old;
  for (const auto& edge : before.edges) old.emplace(name_of(before, edge), true);
  for (auto& edge : drawing.edges) {
    const auto found = old.find(name_of(drawing, edge));
    if (found == old.end()) {
      edge.mark = Mark::added;
    } else {
      old.erase(found);
    }
  }
}

// Adds what only `before` had.
void add_removed(Drawing& drawing, const Drawing& before) {
  std::multimap<EdgeName, bool> present;
  for (const auto& edge : drawing.edges) present.emplace(name_of(drawing, edge), true);
  auto places = nodes_by_name(drawing);
  for (auto node : before.nodes) {
    if (places.contains(node.name)) continue;
    places.emplace(node.name, drawing.nodes.size());
    node.id = "old_" + node.id;
    node.mark = Mark::removed;
    node.step.reset();
    drawing.nodes.push_back(std::move(node));
  }
  for (auto edge : before.edges) {
    const auto found = present.find(name_of(before, edge));
    if (found != present.end()) {
      present.erase(found);
      continue;
    }
    edge.from = places.at(before.nodes[edge.from].name);
    edge.to = places.at(before.nodes[edge.to].name);
    edge.mark = Mark::removed;
    edge.step.reset();
    drawing.edges.push_back(std::move(edge));
  }
}

std::string note_of(const StepTraffic& traffic) {
  std::string note = fmt::format("{} in", traffic.entered());
  if (traffic.passed > 0) note += fmt::format(", {} on", traffic.passed);
  if (traffic.waiting > 0) note += fmt::format(", {} waiting", traffic.waiting);
  for (std::size_t i = 0; i < traffic.ended.size(); ++i) {
    if (traffic.ended[i] > 0) note += fmt::format(", {} {} here", traffic.ended[i], to_string(static_cast<Outcome>(i)));
  }
  return note;
}

// Of a run with a way for each reason: "failed: no_reply".
std::string failed_label(const Exit& exit) {
  if (exit.failure == nullptr) return "failed";
  auto label = std::string(exit.failure->outcome ? to_string(*exit.failure->outcome) : "failed");
  if (!exit.failure->reasons.empty()) label += fmt::format(": {}", fmt::join(exit.failure->reasons, ", "));
  return label;
}

std::uint64_t taken(const StepTraffic& traffic, ExitNumber exit) {
  const auto found = traffic.exits.find(exit);
  return found == traffic.exits.end() ? 0 : found->second;
}

std::uint64_t count_of(const DrawnEdge& edge, const Traffic& traffic) {
  if (edge.step) return taken(traffic.steps()[*edge.step], edge.exit);
  if (edge.exit < exit_anytime) return traffic.conversations();
  std::uint64_t count = 0;
  for (const auto& step : traffic.steps()) count += taken(step, edge.exit);
  return count;
}

}  // namespace

std::string exit_label(const Step& step, const Exit& exit) {
  switch (exit.kind) {
    case Exit::Kind::next: return always(*exit.when) ? std::string() : to_label(*exit.when);
    case Exit::Kind::unclear: return "not understood";
    case Exit::Kind::silent: return "silent for " + to_string(std::get<Ask>(step.verb).silent.after);
    case Exit::Kind::failed: return failed_label(exit);
    case Exit::Kind::reply: return always(*exit.when) ? "a text meanwhile" : "a text meanwhile: " + to_label(*exit.when);
    case Exit::Kind::way: return fmt::format("{} ({})", exit.way->name, exit.way->weight);
  }
  return {};
}

Drawing draw(const Flow& flow) { return Draughtsman(flow).draw(); }

Drawing draw_difference(const Flow& before, const Flow& after, const std::vector<std::string>& changed) {
  auto drawing = draw(after);
  const auto old = draw(before);
  mark_new(drawing, old, changed);
  add_removed(drawing, old);
  drawing.compared = true;
  return drawing;
}

void add_counts(Drawing& drawing, const Traffic& traffic) {
  for (auto& node : drawing.nodes) {
    if (node.step) node.note = note_of(traffic.steps()[*node.step]);
  }
  for (auto& edge : drawing.edges) {
    if (edge.mark != Mark::removed) edge.note = fmt::format("{}", count_of(edge, traffic));
  }
}

}  // namespace answerback::flows
