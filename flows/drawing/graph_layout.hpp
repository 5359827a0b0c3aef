// Where the nodes and edges of a drawing go: in layers from top to bottom, each edge's label in a row of its own between them,
// so that nothing lies on anything else. Deterministic; linear in what is drawn but for a fixed number of sweeps.
#pragma once

#include <cstddef>
#include <vector>

namespace answerback::flows {

struct Point {
  double x = 0, y = 0;
};
struct Extent {
  double width = 0, height = 0;
};

struct LayoutEdge {
  std::size_t from = 0, to = 0;
  Extent label;                 // {0, 0} = none
};
struct LayoutInput {
  std::vector<Extent> nodes;
  std::vector<LayoutEdge> edges;
};

struct Layout {
  std::vector<Point> nodes;                // centres
  struct Line {
    std::vector<Point> points;             // from the source's rim to the target's
    Point label;                           // centre
  };
  std::vector<Line> edges;                 // no line passes through a label; an edge from a node to itself has no points; its label stands right of the node
  Extent size;
};

Layout lay_out(const LayoutInput& input);

}  // namespace answerback::flows
