// What the log says again and again is said a few times, then counted. Pure: the time is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace answerback::server {

class LogRepeats {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::uint64_t burst = 5;
  static constexpr std::chrono::seconds window{10};
  static constexpr std::size_t max_lines_known = 1'000;  // beyond that a line is not told from others of its event

  struct Repeated {
    std::string event;
    std::uint64_t count = 0;  // lines that were not written
  };

  // Whether this line is written. `line` is all that makes it the same as another.
  bool admit(const std::string& event, const std::string& line, Time now);

  // Those whose window is over, or all.
  std::vector<Repeated> take_over(Time now) { return take(now); }
  std::vector<Repeated> take_all() { return take(std::nullopt); }

 private:
  struct Seen {
    std::string event;
    Time since;
    std::uint64_t count = 0;
  };
  std::vector<Repeated> take(std::optional<Time> now);

  std::map<std::string, Seen> seen_;
};

}  // namespace answerback::server
