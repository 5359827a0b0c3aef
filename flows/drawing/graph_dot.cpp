#include <fmt/format.h>

#include "flows/drawing/graph.hpp"

namespace answerback::flows {

namespace {

using Shape = DrawnNode::Shape;

// A double-quoted DOT string: only quote and backslash mean anything there, and line ends are written \n.
std::string dot_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return escaped;
}

std::string_view dot_shape(Shape shape) {
  switch (shape) {
    case Shape::begin: return "circle";
    case Shape::say: return "box";
    case Shape::ask: return "parallelogram";
    case Shape::route: return "diamond";
    case Shape::set: return "note";
    case Shape::call: return "cds";
    case Shape::run: return "component";
    case Shape::wait: return "octagon";
    case Shape::split: return "invtrapezium";
    case Shape::completed: return "oval, peripheries=2";
    case Shape::bailed: return "rarrow";
    case Shape::discarded: return "oval";
    case Shape::anytime: return "hexagon";
  }
  return "box";
}

// The three outcomes are told apart at a glance; everything else is plain.
std::string_view dot_fill(Shape shape) {
  if (shape == Shape::completed) return R"(, style=filled, fillcolor="#cfeeda")";
  if (shape == Shape::bailed) return R"(, style=filled, fillcolor="#ffe1b8")";
  if (shape == Shape::discarded) return R"(, style=filled, fillcolor="#dfe3e8")";
  return {};
}

std::string dot_colours(Mark mark, bool node) {
  switch (mark) {
    case Mark::none: return {};
    case Mark::added: return node ? R"(, color="#1a7f37", style=filled, fillcolor="#d7f5dd")" : R"(, color="#1a7f37", fontcolor="#1a7f37")";
    case Mark::removed:
      return node ? R"(, color="#cf222e", style="filled,dashed", fillcolor="#ffe0de")" : R"(, color="#cf222e", fontcolor="#cf222e")";
    case Mark::changed: return R"(, color="#9a6700", style=filled, fillcolor="#fff3c4")";
  }
  return {};
}

std::string dot_node(const DrawnNode& node) {
  std::string label;
  for (const auto& line : node.lines) label += (label.empty() ? "" : "\\n") + dot_text(line);
  if (!node.note.empty()) label += "\\n" + dot_text(node.note);
  const auto colours = node.mark == Mark::none ? std::string(dot_fill(node.shape)) : dot_colours(node.mark, true);
  return fmt::format("  {} [label=\"{}\", shape={}{}];\n", node.id, label, dot_shape(node.shape), colours);
}

std::string dot_edge(const Drawing& drawing, const DrawnEdge& edge) {
  const auto separator = edge.label.empty() || edge.note.empty() ? "" : " · ";
  return fmt::format("  {} -> {} [label=\"{}{}{}\", style={}{}];\n", drawing.nodes[edge.from].id, drawing.nodes[edge.to].id,
                     dot_text(edge.label), separator, dot_text(edge.note), edge.dotted || edge.mark == Mark::removed ? "dashed" : "solid",
                     dot_colours(edge.mark, false));
}

std::string dot_legend() {
  std::string text = "  subgraph cluster_legend { label=\"legend\";\n";
  for (const auto& [name, mark] : {std::pair{"added", Mark::added}, {"removed", Mark::removed}, {"changed", Mark::changed}}) {
    text += fmt::format("    legend_{0} [label=\"{0}\", shape=box{1}];\n", name, dot_colours(mark, true));
  }
  return text + "  }\n";
}

}  // namespace

std::string to_dot(const Drawing& drawing) {
  auto text = fmt::format("digraph \"{}\" {{\n  node [fontname=\"sans-serif\", fontsize=11];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
                          dot_text(drawing.title));
  for (const auto& node : drawing.nodes) text += dot_node(node);
  for (const auto& edge : drawing.edges) text += dot_edge(drawing, edge);
  if (drawing.compared) text += dot_legend();
  return text + "}\n";
}

}  // namespace answerback::flows
