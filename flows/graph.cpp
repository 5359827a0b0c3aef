#include "flows/graph.hpp"

#include <fmt/format.h>

#include <map>

namespace answerback::flows {

namespace {

// Mermaid reads quotes, markup and `#` inside quoted labels; its own entities stand for them.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '"': escaped += "#quot;"; break;
      case '#': escaped += "#35;"; break;
      case '&': escaped += "#amp;"; break;
      case '<': escaped += "#lt;"; break;
      case '>': escaped += "#gt;"; break;
      case '`': escaped += "#96;"; break;
      case '\\': escaped += "#92;"; break;
      case '\n':
      case '\r':
      case '\t': escaped += ' '; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string title_of(const Ending& ending) { return fmt::format("{}: {}", to_string(ending.outcome), ending.reason); }

class Drawing {
 public:
  explicit Drawing(const Flow& flow) : flow_(flow) {}

  std::string draw() {
    nodes_ += "flowchart TD\n";
    nodes_ += fmt::format("  begin([\"{}\"])\n", escape(flow_.name));
    edges_ += fmt::format("  begin --> s{}\n", flow_.start);
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      node(i);
      edges_of(fmt::format("s{}", i), flow_.steps[i]);
    }
    anytime();
    return nodes_ + edges_;
  }

 private:
  void node(StepIndex index) {
    const auto& step = flow_.steps[index];
    const auto name = escape(step.name);
    if (std::holds_alternative<Say>(step.verb)) nodes_ += fmt::format("  s{}[\"say {}\"]\n", index, name);
    if (std::holds_alternative<Ask>(step.verb)) nodes_ += fmt::format("  s{}[/\"ask {}\"/]\n", index, name);
    if (std::holds_alternative<Route>(step.verb)) nodes_ += fmt::format("  s{}{{\"route {}\"}}\n", index, name);
    if (std::holds_alternative<Set>(step.verb)) nodes_ += fmt::format("  s{}[[\"set {}\"]]\n", index, name);
    if (const auto* end = std::get_if<End>(&step.verb)) {
      nodes_ += fmt::format("  s{}([\"{}<br/>{}\"])\n", index, name, escape(title_of(end->ending)));
    }
  }

  void edges_of(const std::string& from, const Step& step) {
    if (const auto* say = std::get_if<Say>(&step.verb)) branches(from, say->next);
    if (const auto* route = std::get_if<Route>(&step.verb)) branches(from, route->next);
    if (const auto* set = std::get_if<Set>(&step.verb)) branches(from, set->next);
    if (const auto* ask = std::get_if<Ask>(&step.verb)) {
      branches(from, ask->next);
      dotted(from, "not understood", ask->unclear.then);
      dotted(from, "silent for " + to_string(ask->silent.after), ask->silent.then);
    }
  }

  void branches(const std::string& from, const Branches& next) {
    for (const auto& branch : next) {
      if (always(branch.when)) {
        edges_ += fmt::format("  {} --> {}\n", from, place(branch.to));
      } else {
        edges_ += fmt::format("  {} -->|\"{}\"| {}\n", from, escape(to_label(branch.when)), place(branch.to));
      }
    }
  }

  void dotted(const std::string& from, const std::string& label, const Target& to) {
    edges_ += fmt::format("  {} -.->|\"{}\"| {}\n", from, escape(label), place(to));
  }

  void anytime() {
    if (flow_.anytime.empty()) return;
    nodes_ += "  anytime{{\"at any time\"}}\n";
    for (const auto& entry : flow_.anytime) dotted("anytime", fmt::format("{}", fmt::join(entry.phrases, ", ")), entry.to);
  }

  // The node's id; an ending gets its node when it is first led to.
  std::string place(const Target& target) {
    if (const auto* step = std::get_if<StepIndex>(&target)) return fmt::format("s{}", *step);
    const auto title = title_of(std::get<Ending>(target));
    const auto [found, fresh] = endings_.emplace(title, endings_.size());
    if (fresh) nodes_ += fmt::format("  e{}([\"{}\"])\n", found->second, escape(title));
    return fmt::format("e{}", found->second);
  }

  const Flow& flow_;
  std::string nodes_;
  std::string edges_;
  std::map<std::string, std::size_t> endings_;
};

}  // namespace

std::string to_mermaid(const Flow& flow) { return Drawing(flow).draw(); }

}  // namespace answerback::flows
