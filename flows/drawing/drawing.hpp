// A flow as nodes and edges with their labels, before any format: what is drawn, in an order that the flow alone decides.
// graph.hpp writes it out; a comparison of two revisions and the counts of real conversations are laid over it here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "flows/drawing/traffic.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

// How something differs from the revision before.
enum class Mark : std::uint8_t { none, added, removed, changed };

struct DrawnNode {
  enum class Shape : std::uint8_t { begin, say, ask, route, set, call, run, wait, split, completed, bailed, discarded, anytime };
  Shape shape = Shape::say;
  std::string id;                  // within the drawing: "s3"
  std::string name;                // the same in every revision: "step zip", "bailed: person"
  std::vector<std::string> lines;  // what stands in it
  std::string note;                // counts, when there are any
  Mark mark = Mark::none;
  std::optional<StepIndex> step;
};

struct DrawnEdge {
  std::size_t from = 0, to = 0;    // indices of nodes
  std::string label;
  bool dotted = false;             // taken by what goes wrong, by silence, or at any time
  std::string note;
  Mark mark = Mark::none;
  std::optional<StepIndex> step;   // whose exit it is; nothing: the flow's start, or an anytime entry
  ExitNumber exit = 0;
};

struct Drawing {
  std::string title;
  std::vector<DrawnNode> nodes;
  std::vector<DrawnEdge> edges;
  bool compared = false;           // marks stand in it: a legend is due
};

Drawing draw(const Flow& flow);

// What stands at an exit: its condition, "not understood", "silent for 1d"; "" for the one that is always taken.
std::string exit_label(const Step& step, const Exit& exit);

// The drawing of `after` with what `before` had beside it. `changed` names the steps whose content differs.
Drawing draw_difference(const Flow& before, const Flow& after, const std::vector<std::string>& changed);

// Writes onto each node and edge how many conversations came there. `traffic` must be the drawn flow's.
void add_counts(Drawing& drawing, const Traffic& traffic);

}  // namespace answerback::flows
