// A regular expression of an author: RE2, bounded in memory and linear in time; at most 200 characters.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace answerback::flows {

class Pattern {
 public:
  static constexpr std::size_t max_length = 200;
  // `error` is set, and the pattern matches nothing, when the source is no valid RE2 or too long.
  explicit Pattern(std::string source, std::string* error = nullptr);
  bool matches_whole(std::string_view text) const;
  bool finds_in(std::string_view text) const;
  const std::string& source() const { return source_; }
  bool operator==(const Pattern& other) const { return source_ == other.source_; }

 private:
  std::string source_;
  std::shared_ptr<const void> compiled_;
};

}  // namespace answerback::flows
