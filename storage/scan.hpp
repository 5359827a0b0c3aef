// Fills one page from things met in list order, and knows when to stop: the page is full and there is more, or so much was
// looked through in vain that the caller should ask again from here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "storage/records.hpp"

namespace answerback::storage {

inline constexpr std::uint32_t max_page_items = 500;
inline constexpr std::size_t max_page_scan = 50'000;

template <class T>
class PageScan {
 public:
  explicit PageScan(const PageRequest& page, std::size_t max_scan = max_page_scan)
      : limit_(std::clamp<std::uint32_t>(page.limit, 1, max_page_items)), max_scan_(max_scan) {}

  // Something that fits the filter; false = stop here.
  bool take(std::int64_t cursor, T item) {
    if (page_.items.size() == limit_) return stop();
    page_.items.push_back(std::move(item));
    return go_on(cursor);
  }
  // Something that does not.
  bool skip(std::int64_t cursor) { return go_on(cursor); }
  Page<T> result() { return std::move(page_); }

 private:
  bool stop() {
    page_.next = last_;
    return false;
  }
  bool go_on(std::int64_t cursor) {
    last_ = cursor;
    return ++scanned_ < max_scan_ || stop();
  }

  std::size_t limit_;
  std::size_t max_scan_;
  std::size_t scanned_ = 0;
  std::int64_t last_ = 0;
  Page<T> page_;
};

}  // namespace answerback::storage
