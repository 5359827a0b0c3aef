#include "flows/drawing/graph_layout.hpp"

#include <algorithm>
#include <numeric>

#include "flows/drawing/layered.hpp"

namespace answerback::flows {

namespace {

constexpr double margin = 24;
constexpr double gap_between = 26;      // beside each other
constexpr double gap_of_rows = 24;         // in which edges go sideways
constexpr int sweeps_for_order = 12;
constexpr int sweeps_for_place = 24;
constexpr double beside_line = 12;      // from an edge's line to its label, which stands right of it
constexpr double share_of_rim = 0.7;    // of a node's width, along which its edges leave and arrive

// The nearest places to `wanted` that keep the order and `distances` between neighbours: isotonic regression by pooling
// adjacent violators (Ayer and others, 1955).
std::vector<double> keep_apart(const std::vector<double>& wanted, const std::vector<double>& distances) {
  struct Block {
    double sum = 0;
    std::size_t count = 0;
    double mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Block> blocks;
  double offset = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i > 0) offset += distances[i - 1];
    blocks.push_back({wanted[i] - offset, 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
      const auto last = blocks.back();
      blocks.pop_back();
      blocks.back().sum += last.sum;
      blocks.back().count += last.count;
    }
  }
  std::vector<double> placed;
  offset = 0;
  for (const auto& block : blocks) {
    for (std::size_t i = 0; i < block.count; ++i) {
      if (!placed.empty()) offset += distances[placed.size() - 1];
      placed.push_back(block.mean() + offset);
    }
  }
  return placed;
}

class Placing {
 public:
  explicit Placing(Layered layered) : layered_(std::move(layered)), x_(layered_.cells.size()), y_(layered_.rows.size()), heights_(layered_.rows.size()) {}

  void place() {
    for (int i = 0; i < sweeps_for_order; ++i) sweep(i % 2 == 0, [this](std::size_t row, bool down) { sort_row(row, down); });
    for (std::size_t row = 0; row < layered_.rows.size(); ++row) pack(row);
    for (int i = 0; i < sweeps_for_place; ++i) sweep(i % 2 == 0, [this](std::size_t row, bool down) { pull_row(row, down); });
    stack();
    move_to_margin();
  }

  Point centre(std::size_t cell) const { return {x_[cell], y_[layered_.cells[cell].row]}; }
  double half_row(std::size_t cell) const { return heights_[layered_.cells[cell].row] / 2; }
  Extent size() const { return size_; }
  const Layered& layered() const { return layered_; }

 private:
  template <class Visit>
  void sweep(bool down, Visit visit) {
    const auto count = layered_.rows.size();
    for (std::size_t i = 1; i < count; ++i) visit(down ? i : count - 1 - i, down);
  }

  // The mean of what a cell's neighbours in the row before (or behind) have; its own when it has none there.
  double pulled(std::size_t cell, bool down, const std::vector<double>& values) const {
    const auto& neighbours = down ? layered_.cells[cell].above : layered_.cells[cell].below;
    if (neighbours.empty()) return values[cell];
    double sum = 0;
    for (const auto other : neighbours) sum += values[other];
    return sum / static_cast<double>(neighbours.size());
  }

  void sort_row(std::size_t row, bool down) {
    auto& cells = layered_.rows[row];
    for (const auto& one : layered_.rows) {
      for (std::size_t i = 0; i < one.size(); ++i) x_[one[i]] = static_cast<double>(i);
    }
    std::vector<std::pair<double, std::size_t>> keyed;
    for (const auto cell : cells) keyed.emplace_back(pulled(cell, down, x_), cell);
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), cells.begin(), [](const auto& one) { return one.second; });
  }

  std::vector<double> distances(std::size_t row) const {
    const auto& cells = layered_.rows[row];
    std::vector<double> between;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      between.push_back((layered_.cells[cells[i - 1]].size.width + layered_.cells[cells[i]].size.width) / 2 + gap_between);
    }
    return between;
  }

  void pack(std::size_t row) {
    const auto between = distances(row);
    double x = -std::accumulate(between.begin(), between.end(), 0.0) / 2;
    for (std::size_t i = 0; i < layered_.rows[row].size(); ++i) {
      x_[layered_.rows[row][i]] = x;
      if (i < between.size()) x += between[i];
    }
  }

  void pull_row(std::size_t row, bool down) {
    const auto& cells = layered_.rows[row];
    std::vector<double> wanted;
    for (const auto cell : cells) wanted.push_back(pulled(cell, down, x_));
    const auto placed = keep_apart(wanted, distances(row));
    for (std::size_t i = 0; i < cells.size(); ++i) x_[cells[i]] = placed[i];
  }

  void stack() {
    double y = margin;
    for (std::size_t row = 0; row < layered_.rows.size(); ++row) {
      double height = 0;
      for (const auto cell : layered_.rows[row]) height = std::max(height, layered_.cells[cell].size.height);
      y_[row] = y + height / 2;
      heights_[row] = height;
      y += height + gap_of_rows;
    }
    size_.height = y + margin;
  }

  void move_to_margin() {
    double left = 0, right = 0;
    for (std::size_t i = 0; i < x_.size(); ++i) {
      const auto half = layered_.cells[i].size.width / 2;
      left = i == 0 ? x_[i] - half : std::min(left, x_[i] - half);
      right = i == 0 ? x_[i] + half : std::max(right, x_[i] + half);
    }
    for (auto& x : x_) x += margin - left;
    size_.width = right - left + 2 * margin;
  }

  Layered layered_;
  std::vector<double> x_, y_, heights_;
  Extent size_;
};

// Spreads the edges along the rims of their nodes, in the order in which they lie to the side.
class Ports {
 public:
  Ports(const LayoutInput& input, Layout& layout) : input_(input), layout_(layout), above_(input.nodes.size()), below_(input.nodes.size()) {
    for (std::size_t i = 0; i < input.edges.size(); ++i) {
      const auto& points = layout.edges[i].points;
      if (points.empty()) continue;
      const bool down = points.front().y < points.back().y;
      (down ? below_ : above_)[input.edges[i].from].push_back({i, true, points[1].x});
      (down ? above_ : below_)[input.edges[i].to].push_back({i, false, points[points.size() - 2].x});
    }
  }

  void spread() {
    for (std::size_t node = 0; node < input_.nodes.size(); ++node) {
      spread(node, above_[node], -input_.nodes[node].height / 2);
      spread(node, below_[node], input_.nodes[node].height / 2);
    }
  }

 private:
  struct End {
    std::size_t edge = 0;
    bool source = false;
    double towards = 0;
  };

  void spread(std::size_t node, std::vector<End>& ends, double dy) {
    std::stable_sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.towards < b.towards; });
    const auto rim = input_.nodes[node].width * share_of_rim;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      auto& points = layout_.edges[ends[i].edge].points;
      auto& point = ends[i].source ? points.front() : points.back();
      const auto part = (static_cast<double>(i) + 0.5) / static_cast<double>(ends.size()) - 0.5;
      point = {layout_.nodes[node].x + rim * part, layout_.nodes[node].y + dy};
    }
  }

  const LayoutInput& input_;
  Layout& layout_;
  std::vector<std::vector<End>> above_, below_;
};

// A label's cell holds the line on its left as well.
LayoutInput with_lines_beside_labels(LayoutInput input) {
  for (auto& edge : input.edges) {
    if (edge.label.width > 0) edge.label.width += beside_line;
  }
  return input;
}

}  // namespace

Layout lay_out(const LayoutInput& input) {
  Placing placing(layered(with_lines_beside_labels(input)));
  placing.place();
  Layout layout;
  layout.size = placing.size();
  for (std::size_t i = 0; i < input.nodes.size(); ++i) layout.nodes.push_back(placing.centre(i));
  for (std::size_t i = 0; i < input.edges.size(); ++i) {
    const auto& edge = input.edges[i];
    auto& line = layout.edges.emplace_back();
    const auto& node = layout.nodes[edge.from];
    if (edge.from == edge.to) {
      line.label = {node.x + input.nodes[edge.from].width / 2 + edge.label.width / 2 + gap_between, node.y};
      layout.size.width = std::max(layout.size.width, line.label.x + edge.label.width / 2 + margin);
      continue;
    }
    line.points.push_back(node);
    // Straight through each row, so that it touches nothing beside it there.
    const auto direction = layout.nodes[edge.to].y > node.y ? 1 : -1;
    for (const auto cell : placing.layered().bends[i]) {
      const auto centre = placing.centre(cell);
      const auto x = centre.x - placing.layered().cells[cell].size.width / 2;
      for (const auto side : {-1, 1}) line.points.push_back({x, centre.y + placing.half_row(cell) * side * direction});
    }
    line.points.push_back(layout.nodes[edge.to]);
    const auto cell = placing.centre(placing.layered().bends[i].front());
    line.label = {cell.x + (edge.label.width > 0 ? beside_line / 2 : 0), cell.y};
  }
  Ports(input, layout).spread();
  return layout;
}

}  // namespace answerback::flows
