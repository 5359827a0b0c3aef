#include <fmt/format.h>

#include <tuple>

#include "flows/drawing/graph.hpp"

namespace answerback::flows {

namespace {

using Shape = DrawnNode::Shape;

// Mermaid reads quotes, markup and `#` inside quoted labels; its own entities stand for them.
std::string mermaid_text(std::string_view text) {
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

std::string mermaid_lines(const DrawnNode& node) {
  std::string text;
  for (const auto& line : node.lines) text += (text.empty() ? "" : "<br/>") + mermaid_text(line);
  if (!node.note.empty()) text += "<br/>" + mermaid_text(node.note);
  return text;
}

std::string mermaid_node(const DrawnNode& node) {
  const auto text = mermaid_lines(node);
  switch (node.shape) {
    case Shape::begin:
    case Shape::completed:
    case Shape::discarded: return fmt::format("{}([\"{}\"])", node.id, text);
    case Shape::bailed:
    case Shape::say: return fmt::format("{}[\"{}\"]", node.id, text);
    case Shape::ask: return fmt::format("{}[/\"{}\"/]", node.id, text);
    case Shape::route: return fmt::format("{}{{\"{}\"}}", node.id, text);
    case Shape::split: return fmt::format("{}[\\\"{}\"/]", node.id, text);
    case Shape::set:
    case Shape::run: return fmt::format("{}[[\"{}\"]]", node.id, text);
    case Shape::call: return fmt::format("{}>\"{}\"]", node.id, text);
    case Shape::wait: return fmt::format("{}(\"{}\")", node.id, text);
    case Shape::anytime: return fmt::format("{}{{{{\"{}\"}}}}", node.id, text);
  }
  return {};
}

std::string mermaid_edge(const Drawing& drawing, const DrawnEdge& edge) {
  const auto& from = drawing.nodes[edge.from].id;
  const auto& to = drawing.nodes[edge.to].id;
  const auto arrow = edge.dotted ? "-.->" : "-->";
  const auto separator = edge.label.empty() || edge.note.empty() ? "" : " · ";
  const auto label = mermaid_text(edge.label) + separator + mermaid_text(edge.note);
  return label.empty() ? fmt::format("{} {} {}", from, arrow, to) : fmt::format("{} {}|\"{}\"| {}", from, arrow, label, to);
}

// The three outcomes are told apart at a glance.
std::string mermaid_outcomes(const Drawing& drawing) {
  std::string text;
  for (const auto& [name, shape, style] : {std::tuple{"completed", Shape::completed, "fill:#cfeeda,stroke:#1a7f37"}, {"bailed", Shape::bailed, "fill:#ffe1b8,stroke:#9a6700"},
                                           {"discarded", Shape::discarded, "fill:#dfe3e8,stroke:#57606a"}}) {
    std::string nodes;
    for (const auto& node : drawing.nodes) {
      if (node.shape == shape && node.mark == Mark::none) nodes += (nodes.empty() ? "" : ",") + node.id;
    }
    if (!nodes.empty()) text += fmt::format("  classDef {0} {1}\n  class {2} {0}\n", name, style, nodes);
  }
  return text;
}

std::string_view class_of(Mark mark) {
  constexpr std::string_view names[] = {"", "added", "removed", "changed"};
  return names[static_cast<std::size_t>(mark)];
}

std::string mermaid_marks(const Drawing& drawing) {
  std::string text =
      "  subgraph legend\n    added_[\"added\"]:::added\n    removed_[\"removed\"]:::removed\n    changed_[\"changed\"]:::changed\n  end\n"
      "  classDef added fill:#d7f5dd,stroke:#1a7f37\n  classDef removed fill:#ffe0de,stroke:#cf222e,stroke-dasharray:4\n"
      "  classDef changed fill:#fff3c4,stroke:#9a6700\n";
  for (const auto& node : drawing.nodes) {
    if (node.mark != Mark::none) text += fmt::format("  class {} {}\n", node.id, class_of(node.mark));
  }
  for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
    if (drawing.edges[i].mark == Mark::added) text += fmt::format("  linkStyle {} stroke:#1a7f37\n", i);
    if (drawing.edges[i].mark == Mark::removed) text += fmt::format("  linkStyle {} stroke:#cf222e,stroke-dasharray:4\n", i);
  }
  return text;
}

}  // namespace

std::string to_mermaid(const Drawing& drawing) {
  std::string text = "flowchart TD\n";
  for (const auto& node : drawing.nodes) text += "  " + mermaid_node(node) + "\n";
  for (const auto& edge : drawing.edges) text += "  " + mermaid_edge(drawing, edge) + "\n";
  text += mermaid_outcomes(drawing);
  return drawing.compared ? text + mermaid_marks(drawing) : text;
}

}  // namespace answerback::flows
