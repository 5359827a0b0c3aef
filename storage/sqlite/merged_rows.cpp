#include "storage/sqlite/merged_rows.hpp"

#include <algorithm>
#include <limits>

#include "storage/scan.hpp"

namespace answerback::storage {

MergedRows::MergedRows(const PageRequest& page, Order order)
    : order_(order),
      place_(page.after > 0 || order == Order::oldest_first ? page.after : std::numeric_limits<std::int64_t>::max()),
      wanted_(std::clamp<std::int64_t>(page.limit, 1, max_page_items) + 1) {}

void MergedRows::add(Query& line) {
  while (line.step()) rows_.push_back(line.integer(0));
}

std::vector<std::int64_t> MergedRows::take() {
  std::sort(rows_.begin(), rows_.end());
  if (order_ == Order::newest_first) std::reverse(rows_.begin(), rows_.end());
  rows_.resize(std::min(rows_.size(), static_cast<std::size_t>(wanted_)));
  return std::move(rows_);
}

}  // namespace answerback::storage
