// The rows of a page out of several lines of an index, each in the list's order: every line gives its first rows, and the first of all
// of them are the page's. So a page costs the same however many rows lie above it.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/records.hpp"
#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

class MergedRows {
 public:
  enum class Order : std::uint8_t { newest_first, oldest_first };
  MergedRows(const PageRequest& page, Order order);

  // The place that rows must lie behind, and how many a line needs to give: a page, and one that says that there are more.
  std::int64_t place() const { return place_; }
  std::int64_t wanted() const { return wanted_; }
  void add(Query& line);  // its first column is the row
  std::vector<std::int64_t> take();

 private:
  Order order_;
  std::int64_t place_;
  std::int64_t wanted_;
  std::vector<std::int64_t> rows_;
};

}  // namespace answerback::storage
