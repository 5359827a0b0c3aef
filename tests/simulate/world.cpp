#include "tests/simulate/world.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace answerback::simulate {

namespace {

constexpr Duration beginning = std::chrono::hours(24 * 20'514);  // 2 March 2026: any day does
constexpr std::size_t most_failures = 50;

}  // namespace

std::uint64_t Dice::next() {
  auto mixed = state_ += 0x9e3779b97f4a7c15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

std::int64_t Dice::between(std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
}

bool Dice::chance(double probability) { return static_cast<double>(next() >> 11U) * 0x1.0p-53 < probability; }

Duration Dice::span(Duration least, Duration most) { return Duration(between(least.count(), most.count())); }

World::World(std::uint64_t seed) : dice(seed), passed_(beginning) {}

void World::set_clock(Duration by) {
  ahead_ += by;
  was_set_ = true;
}

void World::after(Duration wait, std::function<void()> what) { plans_.emplace(std::pair(steady() + wait, planned_++), std::move(what)); }

void World::advance(Steady to) { passed_ = std::max(passed_, std::chrono::duration_cast<Duration>(to.time_since_epoch())); }

bool World::run_due() {
  if (plans_.empty() || next() > steady()) return false;
  auto what = std::move(plans_.begin()->second);
  plans_.erase(plans_.begin());
  what();
  return true;
}

void World::tell(std::string line) {
  for (const char c : line) fingerprint_ = (fingerprint_ ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;  // FNV-1a
  if (tells) fmt::print("{:>10.3f} s  {}\n", static_cast<double>((passed_ - beginning).count()) / 1000.0, line);
}

void World::broken(std::string_view invariant, const std::string& how) {
  if (failures_.size() < most_failures) failures_.push_back(fmt::format("{}: {}", invariant, how));
  tell(fmt::format("BROKEN {}: {}", invariant, how));
}

}  // namespace answerback::simulate
