#include "server/cli/text_diff.hpp"

#include <algorithm>

#include "flows/text/text.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_aligned = 200;    // lines on one side; beyond it they are set side by side by their place
constexpr std::size_t least_in_common = 4;  // characters, for a pointer to be worth a line

// How many of the lines from i and j on can be paired with an equal one, for all i and j.
class Common {
 public:
  Common(const std::vector<std::string>& left, const std::vector<std::string>& right) : width_(right.size() + 1), longest_((left.size() + 1) * width_) {
    if (left.size() > max_aligned || right.size() > max_aligned) return;
    for (std::size_t i = left.size(); i-- > 0;) {
      for (std::size_t j = right.size(); j-- > 0;) {
        longest_[i * width_ + j] = left[i] == right[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  std::size_t at(std::size_t i, std::size_t j) const { return longest_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<std::size_t> longest_;
};

std::string pointer_at(const std::string& expected, const std::string& got) {
  const auto differs = std::mismatch(expected.begin(), expected.end(), got.begin(), got.end()).first;
  const auto same = flows::count_characters(std::string_view(expected).substr(0, static_cast<std::size_t>(differs - expected.begin())));
  return same < least_in_common ? std::string() : "  " + std::string(same, ' ') + "^";
}

// Lines of a stretch in which nothing is equal.
void add_stretch(const std::vector<std::string>& expected, const std::vector<std::string>& got, std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
    if (i < expected.size()) lines.push_back("- " + expected[i]);
    if (i < got.size()) lines.push_back("+ " + got[i]);
    if (i >= expected.size() || i >= got.size()) continue;
    if (auto pointer = pointer_at(expected[i], got[i]); !pointer.empty()) lines.push_back(std::move(pointer));
  }
}

}  // namespace

std::vector<std::string> text_diff(const std::vector<std::string>& expected, const std::vector<std::string>& got) {
  const Common common(expected, got);
  std::vector<std::string> lines, only_expected, only_got;
  std::size_t i = 0, j = 0;
  while (i < expected.size() || j < got.size()) {
    if (i < expected.size() && j < got.size() && expected[i] == got[j]) {
      add_stretch(only_expected, only_got, lines);
      only_expected.clear();
      only_got.clear();
      lines.push_back("  " + expected[i]);
      ++i, ++j;
    } else if (j == got.size() || (i < expected.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
      only_expected.push_back(expected[i++]);
    } else {
      only_got.push_back(got[j++]);
    }
  }
  add_stretch(only_expected, only_got, lines);
  return lines;
}

}  // namespace answerback::server
