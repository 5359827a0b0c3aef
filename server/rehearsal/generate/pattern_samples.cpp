#include "server/rehearsal/generate/pattern_samples.hpp"

#include <algorithm>
#include <charconv>

namespace answerback::server {

namespace {

constexpr std::size_t max_sample = 200;  // characters
constexpr std::size_t max_depth = 50;

// Walks the pattern from left to right. What it does not know it takes as it stands: whether the sample fits is judged elsewhere.
class Sampler {
 public:
  explicit Sampler(std::string_view pattern) : pattern_(pattern) {}

  std::string alternatives(std::size_t depth = 0) {
    auto first = sequence(depth);
    while (!done() && peek() == '|') {
      ++at_;
      sequence(depth);
    }
    return first;
  }

 private:
  bool done() const { return at_ >= pattern_.size(); }
  char peek() const { return pattern_[at_]; }

  std::string sequence(std::size_t depth) {
    std::string text;
    while (!done() && peek() != '|' && peek() != ')') {
      const auto one = atom(depth);
      const auto times = count();
      for (std::size_t i = 0; i < times && text.size() < max_sample; ++i) text += one;
    }
    return text;
  }

  std::string atom(std::size_t depth) {
    const char c = pattern_[at_++];
    switch (c) {
      case '^':
      case '$': return {};
      case '.': return "a";
      case '[': return bracket();
      case '(': return group(depth);
      case '\\': return done() ? std::string() : escaped(pattern_[at_++]);
      default: return std::string(1, c);
    }
  }

  std::string group(std::size_t depth) {
    if (depth >= max_depth) {
      at_ = pattern_.size();
      return {};
    }
    if (pattern_.substr(at_).starts_with("?")) {
      const auto end = pattern_.find_first_of(":)", at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + (pattern_[end] == ':' ? 1 : 0);
    }
    auto inside = alternatives(depth + 1);
    if (!done()) ++at_;  // )
    return inside;
  }

  static std::string escaped(char c) {
    switch (c) {
      case 'd': return "7";
      case 'w': return "a";
      case 's': return " ";
      case 'b':
      case 'B':
      case 'A':
      case 'z': return {};
      default: return std::string(1, c);
    }
  }

  // The first member of a class; of a negated one a letter that is not in it.
  std::string bracket() {
    const bool negated = !done() && peek() == '^';
    if (negated) ++at_;
    std::string members;
    for (bool first = true; !done() && (peek() != ']' || first); first = false) {
      if (peek() == '\\' && at_ + 1 < pattern_.size()) ++at_, members += escaped(pattern_[at_++]);
      else members += pattern_[at_++];
    }
    if (!done()) ++at_;  // ]
    if (!negated) return members.substr(0, 1);
    constexpr std::string_view letters = "axAX7 .";
    const auto free = std::find_if(letters.begin(), letters.end(), [&](char c) { return members.find(c) == std::string::npos; });
    return free == letters.end() ? std::string() : std::string(1, *free);
  }

  // How often the atom before is needed at least.
  std::size_t count() {
    if (done()) return 1;
    std::size_t least = 1;
    const char c = peek();
    if (c == '*' || c == '?') least = 0;
    if (c == '{') {
      const auto end = pattern_.find('}', at_);
      if (end == std::string_view::npos) return 1;
      std::from_chars(pattern_.data() + at_ + 1, pattern_.data() + end, least);
      at_ = end;
    } else if (c != '*' && c != '?' && c != '+') {
      return 1;
    }
    ++at_;
    if (!done() && peek() == '?') ++at_;  // lazy
    return least;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
};

}  // namespace

std::string sample_of(std::string_view pattern) { return Sampler(pattern).alternatives(); }

}  // namespace answerback::server
