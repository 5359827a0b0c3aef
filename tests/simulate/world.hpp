// A world made of one number: its time, its chances, what happens in it next, and its story. Nothing here is real, and the same seed is
// the same world to the last bit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/clock.hpp"

namespace answerback::simulate {

using flows::Duration;
using flows::Instant;
using Steady = server::Clock::Steady;

// SplitMix64 (Steele, Lea, Flood 2014): the same on every machine, which the standard library's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::int64_t between(std::int64_t least, std::int64_t most);  // both included
  bool chance(double probability);
  Duration span(Duration least, Duration most);
  template <class T>
  const T& one_of(const std::vector<T>& things) {
    return things[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(things.size()) - 1))];
  }

 private:
  std::uint64_t state_;
};

class World : public server::Clock {
 public:
  explicit World(std::uint64_t seed);

  Dice dice;
  Instant now() override { return Instant(passed_ + ahead_); }
  Steady steady() override { return Steady(passed_); }
  void set_clock(Duration by);  // the wall clock alone; to and fro
  bool clock_was_set() const { return was_set_; }

  // Something will happen so long from now, in the order of its time and, among equals, of when it was planned.
  void after(Duration wait, std::function<void()> what);
  bool is_empty() const { return plans_.empty(); }
  Steady next() const { return plans_.begin()->first.first; }
  void advance(Steady to);  // nothing happens meanwhile
  bool run_due();           // one thing that is due; false when there is none

  // The story, in the glossary's words, and the situations that occurred.
  void tell(std::string line);
  void met(std::string_view situation) { met_.emplace(situation); }
  // An invariant was broken.
  void broken(std::string_view invariant, const std::string& how);

  bool tells = false;  // prints the story
  const std::vector<std::string>& failures() const { return failures_; }
  const std::set<std::string, std::less<>>& situations() const { return met_; }
  std::uint64_t fingerprint() const { return fingerprint_; }  // of the whole story

 private:
  Duration passed_;
  Duration ahead_{0};
  bool was_set_ = false;
  std::uint64_t planned_ = 0;
  std::map<std::pair<Steady, std::uint64_t>, std::function<void()>> plans_;
  std::vector<std::string> failures_;
  std::set<std::string, std::less<>> met_;
  std::uint64_t fingerprint_ = 14'695'981'039'346'656'037U;
};

}  // namespace answerback::simulate
