#include <fmt/format.h>

#include <algorithm>

#include "flows/drawing/graph.hpp"
#include "flows/drawing/graph_layout.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

using Shape = DrawnNode::Shape;

constexpr double letter_width = 6.9;   // of 12 px sans-serif, on the large side
constexpr double line_height = 16;
constexpr std::size_t max_line = 34;   // characters; longer lines are broken, a fourth line and more is cut
constexpr std::size_t max_lines = 4;
constexpr double legend_height = 34;

std::string svg_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;  // XML 1.0 has no control characters
    }
  }
  return escaped;
}

// Breaks at spaces where it can.
void add_broken(std::vector<std::string>& lines, std::string_view text) {
  while (count_characters(text) > max_line) {
    auto head = first_characters(text, max_line);
    const auto space = head.rfind(' ');
    if (space != std::string_view::npos && space > 0) head = head.substr(0, space);
    lines.emplace_back(head);
    text.remove_prefix(head.size());
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  lines.emplace_back(text);
}

std::vector<std::string> broken(const std::vector<std::string>& texts, const std::string& note) {
  std::vector<std::string> lines;
  for (const auto& text : texts) add_broken(lines, text);
  if (lines.size() > max_lines) {
    lines.resize(max_lines);
    lines.back() += "…";
  }
  if (!note.empty()) add_broken(lines, note);
  return lines;
}

Extent extent_of(const std::vector<std::string>& lines) {
  std::size_t widest = 0;
  for (const auto& line : lines) widest = std::max(widest, count_characters(line));
  return {static_cast<double>(widest) * letter_width, static_cast<double>(lines.size()) * line_height};
}

std::string_view fill_of(const DrawnNode& node) {
  constexpr std::string_view marks[] = {"", "#d7f5dd", "#ffe0de", "#fff3c4"};
  if (node.mark != Mark::none) return marks[static_cast<std::size_t>(node.mark)];
  switch (node.shape) {
    case Shape::begin: return "#e6e9ee";
    case Shape::say: return "#eef4fc";
    case Shape::ask: return "#dcebff";
    case Shape::route:
    case Shape::split: return "#f3eefb";
    case Shape::set:
    case Shape::run: return "#f2f4f6";
    case Shape::call:
    case Shape::wait: return "#fbf3e6";
    case Shape::completed: return "#cfeeda";
    case Shape::bailed: return "#ffe1b8";
    case Shape::discarded: return "#dfe3e8";
    case Shape::anytime: return "#fdeef2";
  }
  return "#ffffff";
}

std::string_view stroke_of(Mark mark) {
  constexpr std::string_view strokes[] = {"#57606a", "#1a7f37", "#cf222e", "#9a6700"};
  return strokes[static_cast<std::size_t>(mark)];
}

std::string_view dash_of(bool dotted, Mark mark) { return dotted || mark == Mark::removed ? " stroke-dasharray=\"5 4\"" : ""; }

class Sheet {
 public:
  explicit Sheet(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    measure();
    layout_ = lay_out(input_);
    const auto top = drawing_.compared ? legend_height : 0;
    svg_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 {2:.0f} {0:.0f} {1:.0f}\" "
        "font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\">\n<title>{3}</title>\n"
        "<rect x=\"0\" y=\"{2:.0f}\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<defs>\n",
        std::max(layout_.size.width, 320.0), layout_.size.height + top, -top, svg_text(drawing_.title));
    for (const auto mark : {Mark::none, Mark::added, Mark::removed, Mark::changed}) arrow_head(mark);
    svg_ += "</defs>\n";
    for (std::size_t i = 0; i < drawing_.edges.size(); ++i) line(i);
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) node(i);
    for (std::size_t i = 0; i < drawing_.edges.size(); ++i) label(i);
    if (drawing_.compared) legend();
    return svg_ + "</svg>\n";
  }

 private:
  void measure() {
    for (const auto& node : drawing_.nodes) {
      node_lines_.push_back(broken(node.lines, node.note));
      const auto text = extent_of(node_lines_.back());
      const double beside = node.shape == Shape::route || node.shape == Shape::bailed || node.shape == Shape::ask || node.shape == Shape::split ? 44 : 24;
      input_.nodes.push_back({std::max(text.width + beside, 60.0), text.height + 16});
    }
    for (const auto& edge : drawing_.edges) {
      edge_lines_.push_back(edge.label.empty() ? std::vector<std::string>{} : broken({edge.label}, ""));
      if (!edge.note.empty()) edge_lines_.back().push_back(edge.note);
      input_.edges.push_back({edge.from, edge.to, extent_of(edge_lines_.back())});
    }
  }

  void arrow_head(Mark mark) {
    svg_ += fmt::format(
        "<marker id=\"arrow{}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
        "<path d=\"M0 0L10 5L0 10z\" fill=\"{}\"/></marker>\n",
        static_cast<int>(mark), stroke_of(mark));
  }

  void line(std::size_t index) {
    const auto& edge = drawing_.edges[index];
    const auto& points = layout_.edges[index].points;
    svg_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\"{} marker-end=\"url(#arrow{})\"/>\n",
                        points.empty() ? loop(edge.from) : curve(points), stroke_of(edge.mark), dash_of(edge.dotted, edge.mark),
                        static_cast<int>(edge.mark));
  }

  static std::string curve(const std::vector<Point>& points) {
    auto path = fmt::format("M{:.1f} {:.1f}", points.front().x, points.front().y);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const auto middle = (points[i - 1].y + points[i].y) / 2;
      path += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", points[i - 1].x, middle, points[i].x, middle, points[i].x, points[i].y);
    }
    return path;
  }

  // From a node to itself, on its right side.
  std::string loop(std::size_t node) const {
    const auto x = layout_.nodes[node].x + input_.nodes[node].width / 2;
    const auto y = layout_.nodes[node].y;
    return fmt::format("M{0:.1f} {1:.1f}C{2:.1f} {3:.1f} {2:.1f} {4:.1f} {0:.1f} {5:.1f}", x, y - 7, x + 26, y - 16, y + 16, y + 7);
  }

  void node(std::size_t index) {
    const auto& node = drawing_.nodes[index];
    const auto centre = layout_.nodes[index];
    const auto style = fmt::format("fill=\"{}\" stroke=\"{}\"{}", fill_of(node), stroke_of(node.mark), dash_of(false, node.mark));
    svg_ += outline(node.shape, centre, input_.nodes[index], style);
    lines(node_lines_[index], centre, "#1f2328");
  }

  static std::string outline(Shape shape, Point centre, Extent size, const std::string& style) {
    const auto left = centre.x - size.width / 2, right = centre.x + size.width / 2;
    const auto top = centre.y - size.height / 2, bottom = centre.y + size.height / 2;
    switch (shape) {
      case Shape::route:
      case Shape::anytime:
        return fmt::format("<polygon points=\"{0:.1f},{1:.1f} {2:.1f},{3:.1f} {4:.1f},{3:.1f} {5:.1f},{1:.1f} {4:.1f},{6:.1f} {2:.1f},{6:.1f}\" {7}/>\n", left,
                           centre.y, left + 16, top, right - 16, right, bottom, style);
      case Shape::ask:
        return fmt::format("<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" {}/>\n", left + 12, top, right, top, right - 12, bottom,
                           left, bottom, style);
      case Shape::split:
        return fmt::format("<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" {}/>\n", left, top, right, top, right - 14, bottom,
                           left + 14, bottom, style);
      case Shape::begin:
      case Shape::discarded: return rounded(left, top, size, size.height / 2, style);
      case Shape::completed: return rounded(left, top, size, size.height / 2, style) + rounded(left + 3, top + 3, {size.width - 6, size.height - 6}, size.height / 2 - 3, style);
      case Shape::bailed:
        return fmt::format("<polygon points=\"{0:.1f},{1:.1f} {2:.1f},{1:.1f} {3:.1f},{4:.1f} {2:.1f},{5:.1f} {0:.1f},{5:.1f}\" {6}/>\n", left, top, right - 14, right,
                           centre.y, bottom, style);
      case Shape::call:
      case Shape::wait: return rounded(left, top, size, 10, style);
      case Shape::say:
      case Shape::set:
      case Shape::run: return rounded(left, top, size, 3, style);
    }
    return {};
  }

  static std::string rounded(double left, double top, Extent size, double radius, const std::string& style) {
    return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{:.0f}\" {}/>\n", left, top, size.width, size.height, radius, style);
  }

  void label(std::size_t index) { lines(edge_lines_[index], layout_.edges[index].label, "#424a53"); }

  void lines(const std::vector<std::string>& texts, Point centre, std::string_view colour) {
    auto y = centre.y - static_cast<double>(texts.size()) * line_height / 2 + 12;
    for (const auto& text : texts) {
      svg_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"2.5\" paint-order=\"stroke\">{}</text>\n", centre.x, y,
                          colour, svg_text(text));
      y += line_height;
    }
  }

  void legend() {
    double x = 64;
    for (const auto& [name, mark] : {std::pair{"added", Mark::added}, {"removed", Mark::removed}, {"changed", Mark::changed}}) {
      DrawnNode sample;
      sample.mark = mark;
      svg_ += rounded(x - 40, 4 - legend_height, {80, 22}, 3,
                      fmt::format("fill=\"{}\" stroke=\"{}\"{}", fill_of(sample), stroke_of(mark), dash_of(false, mark)));
      lines({name}, {x, 15 - legend_height}, "#1f2328");
      x += 96;
    }
  }

  const Drawing& drawing_;
  LayoutInput input_;
  Layout layout_;
  std::vector<std::vector<std::string>> node_lines_, edge_lines_;
  std::string svg_;
};

}  // namespace

std::string to_svg(const Drawing& drawing) { return Sheet(drawing).write(); }

}  // namespace answerback::flows
