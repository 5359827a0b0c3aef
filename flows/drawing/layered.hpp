// A graph cut into rows: circles are broken, every node gets the row below all that lead to it, and an edge passes each row on
// its way in a cell of its own, the first of which holds its label.
#pragma once

#include "flows/drawing/graph_layout.hpp"

namespace answerback::flows {

struct Layered {
  struct Cell {
    Extent size;
    std::size_t row = 0;
    std::vector<std::size_t> above, below;        // cells of the rows beside that an edge joins it to
  };
  std::vector<Cell> cells;                        // the nodes first, in their order
  std::vector<std::vector<std::size_t>> rows;     // cells from left to right
  std::vector<std::vector<std::size_t>> bends;    // by edge: the cells on its way, source first; none for one to its own node
};

Layered layered(const LayoutInput& input);

}  // namespace answerback::flows
