// The layout of drawings: nothing lies on anything else, edges end at the rims of their nodes.
#include "flows/drawing/graph_layout.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <rapidcheck.h>

#include "flows/drawing/drawing.hpp"
#include "flows/drawing/graph.hpp"
#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

struct Box {
  flows::Point centre;
  flows::Extent size;
};

bool apart(const Box& a, const Box& b) {
  constexpr double slack = 0.01;
  return std::abs(a.centre.x - b.centre.x) >= (a.size.width + b.size.width) / 2 - slack ||
         std::abs(a.centre.y - b.centre.y) >= (a.size.height + b.size.height) / 2 - slack;
}

// Nodes, and the labels of edges between different nodes.
std::vector<Box> boxes(const flows::LayoutInput& input, const flows::Layout& layout) {
  std::vector<Box> all;
  for (std::size_t i = 0; i < input.nodes.size(); ++i) all.push_back({layout.nodes[i], input.nodes[i]});
  for (std::size_t i = 0; i < input.edges.size(); ++i) {
    if (input.edges[i].from != input.edges[i].to) all.push_back({layout.edges[i].label, input.edges[i].label});
  }
  return all;
}

flows::LayoutInput any_graph() {
  flows::LayoutInput input;
  const auto count = *rc::gen::inRange<std::size_t>(1, 14);
  for (std::size_t i = 0; i < count; ++i) input.nodes.push_back({static_cast<double>(*rc::gen::inRange(60, 220)), static_cast<double>(*rc::gen::inRange(30, 90))});
  const auto edges = *rc::gen::inRange<std::size_t>(0, 30);
  for (std::size_t i = 0; i < edges; ++i) {
    const double width = *rc::gen::inRange(0, 120);
    input.edges.push_back({*rc::gen::inRange<std::size_t>(0, count), *rc::gen::inRange<std::size_t>(0, count), {width, width > 0 ? 16.0 : 0.0}});
  }
  return input;
}

}  // namespace

TEST_CASE("in any graph, with circles and edges to themselves, no node or label lies on another, and all is on the sheet") {
  rc::prop("nothing overlaps", [] {
    const auto input = any_graph();
    const auto layout = flows::lay_out(input);
    const auto all = boxes(input, layout);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) RC_ASSERT(apart(all[i], all[j]));
      RC_ASSERT(all[i].centre.x - all[i].size.width / 2 >= 0);
      RC_ASSERT(all[i].centre.x + all[i].size.width / 2 <= layout.size.width);
      RC_ASSERT(all[i].centre.y + all[i].size.height / 2 <= layout.size.height);
    }
  });
}

TEST_CASE("no line passes through a label, its own neither") {
  rc::prop("labels stand beside lines", [] {
    const auto input = any_graph();
    const auto layout = flows::lay_out(input);
    for (std::size_t i = 0; i < input.edges.size(); ++i) {
      if (input.edges[i].from == input.edges[i].to || input.edges[i].label.width == 0) continue;
      const Box label{layout.edges[i].label, input.edges[i].label};
      for (const auto& line : layout.edges) {
        for (const auto& point : line.points) RC_ASSERT(apart(label, {point, {0, 0}}) || point.y == label.centre.y - label.size.height / 2);
        for (std::size_t k = 1; k < line.points.size(); ++k) {
          const auto& a = line.points[k - 1];
          const auto& b = line.points[k];
          // Lines go straight down through a row, which is where labels stand.
          if (a.x == b.x) RC_ASSERT(apart(label, {{a.x, (a.y + b.y) / 2}, {0, std::abs(a.y - b.y)}}));
        }
      }
    }
  });
}

TEST_CASE("edges begin and end at the rims of their nodes") {
  rc::prop("at the rims", [] {
    const auto input = any_graph();
    const auto layout = flows::lay_out(input);
    for (std::size_t i = 0; i < input.edges.size(); ++i) {
      const auto& points = layout.edges[i].points;
      const auto& edge = input.edges[i];
      RC_ASSERT(points.empty() == (edge.from == edge.to));
      if (points.empty()) continue;
      RC_ASSERT(std::abs(std::abs(points.front().y - layout.nodes[edge.from].y) - input.nodes[edge.from].height / 2) < 0.01);
      RC_ASSERT(std::abs(std::abs(points.back().y - layout.nodes[edge.to].y) - input.nodes[edge.to].height / 2) < 0.01);
    }
  });
}

TEST_CASE("a flow of a thousand steps is laid out too") {
  const auto flow = tests::load(tests::long_flow(1'000));
  const auto svg = flows::to_svg(flows::draw(*flow));
  CHECK(svg.ends_with("</svg>\n"));
}
