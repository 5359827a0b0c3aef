#include "flows/drawing/layered.hpp"

#include <algorithm>
#include <cstdint>

namespace answerback::flows {

namespace {

// Beyond this many cells an edge gets only the one of its label and may pass behind nodes.
constexpr std::size_t max_cells = 20'000;
constexpr double bend_width = 8;

class Layering {
 public:
  explicit Layering(const LayoutInput& input) : input_(input), turned_(input.edges.size()), out_(input.nodes.size()) {
    for (std::size_t i = 0; i < input.edges.size(); ++i) {
      if (input.edges[i].from != input.edges[i].to) out_[input.edges[i].from].push_back(i);
    }
  }

  Layered cut() {
    break_circles();
    find_rows();
    make_cells();
    return std::move(result_);
  }

 private:
  // A depth-first walk; an edge that leads back to a node on the way is turned round. Without recursion: flows are from outside.
  void break_circles() {
    enum class State : std::uint8_t { fresh, open, done };
    std::vector<State> state(out_.size(), State::fresh);
    std::vector<std::pair<std::size_t, std::size_t>> way;  // node, its next edge
    for (std::size_t root = 0; root < out_.size(); ++root) {
      if (state[root] != State::fresh) continue;
      way.emplace_back(root, 0);
      state[root] = State::open;
      while (!way.empty()) {
        auto& [node, next] = way.back();
        if (next == out_[node].size()) {
          state[node] = State::done;
          finished_.push_back(node);
          way.pop_back();
          continue;
        }
        const auto edge = out_[node][next++];
        const auto to = input_.edges[edge].to;
        if (state[to] == State::open) turned_[edge] = true;
        if (state[to] != State::fresh) continue;
        state[to] = State::open;
        way.emplace_back(to, 0);
      }
    }
  }

  std::size_t upper(std::size_t edge) const { return turned_[edge] ? input_.edges[edge].to : input_.edges[edge].from; }
  std::size_t lower(std::size_t edge) const { return turned_[edge] ? input_.edges[edge].from : input_.edges[edge].to; }

  // Nodes stand in even rows, labels between them. Reversed order of finishing is a topological order.
  void find_rows() {
    std::vector<std::vector<std::size_t>> down(out_.size());
    for (std::size_t i = 0; i < input_.edges.size(); ++i) {
      if (upper(i) != lower(i)) down[upper(i)].push_back(lower(i));
    }
    result_.cells.resize(out_.size());
    for (auto node = finished_.rbegin(); node != finished_.rend(); ++node) {
      for (const auto other : down[*node]) result_.cells[other].row = std::max(result_.cells[other].row, result_.cells[*node].row + 2);
    }
    for (std::size_t i = 0; i < out_.size(); ++i) result_.cells[i].size = input_.nodes[i];
  }

  void make_cells() {
    std::size_t rows = 1;
    for (const auto& cell : result_.cells) rows = std::max(rows, cell.row + 1);
    result_.rows.resize(rows);
    for (auto node = finished_.rbegin(); node != finished_.rend(); ++node) result_.rows[result_.cells[*node].row].push_back(*node);
    result_.bends.resize(input_.edges.size());
    for (std::size_t i = 0; i < input_.edges.size(); ++i) {
      if (upper(i) != lower(i)) bend(i);
    }
  }

  void bend(std::size_t edge) {
    const auto first = result_.cells[upper(edge)].row + 1;
    const auto last = result_.cells[lower(edge)].row - 1;
    const bool all = result_.cells.size() + (last - first) < max_cells;
    auto& bends = result_.bends[edge];
    auto above = upper(edge);
    for (auto row = first; row <= (all ? last : first); ++row) {
      const bool holds_label = !all || row == (turned_[edge] ? last : first);
      const auto cell = add_cell(row, holds_label ? input_.edges[edge].label : Extent{});
      join(above, cell);
      bends.push_back(cell);
      above = cell;
    }
    if (all) join(above, lower(edge));
    if (turned_[edge]) std::reverse(bends.begin(), bends.end());
  }

  std::size_t add_cell(std::size_t row, Extent size) {
    auto& cell = result_.cells.emplace_back();
    cell.row = row;
    cell.size = {std::max(size.width, bend_width), size.height};
    result_.rows[row].push_back(result_.cells.size() - 1);
    return result_.cells.size() - 1;
  }

  void join(std::size_t above, std::size_t below) {
    result_.cells[above].below.push_back(below);
    result_.cells[below].above.push_back(above);
  }

  const LayoutInput& input_;
  std::vector<bool> turned_;
  std::vector<std::vector<std::size_t>> out_;
  std::vector<std::size_t> finished_;
  Layered result_;
};

}  // namespace

Layered layered(const LayoutInput& input) { return Layering(input).cut(); }

}  // namespace answerback::flows
