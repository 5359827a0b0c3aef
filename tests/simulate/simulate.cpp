// Runs worlds: one seed with its story, or many, and says what broke. See run.sh.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>

#include "server/log/log.hpp"
#include "tests/simulate/town.hpp"

namespace answerback::simulate {

namespace {

constexpr std::size_t situations_wanted = 40;
constexpr std::uint64_t one_in_twice = 50;  // seeds are lived through twice, to the same story

struct Options {
  std::optional<std::uint64_t> seed;
  std::uint64_t first = 1, count = 1'000;
  std::string sabotage = "none";
  bool all_sabotages = false, forever = false, no_story = false;
};

struct Outcome {
  std::vector<std::string> failures;
  std::set<std::string, std::less<>> situations;
  std::uint64_t fingerprint = 0;
};

Outcome live(std::uint64_t seed, Sabotage sabotage, bool tells) {
  Town town(seed, sabotage);
  town.world.tells = tells;
  town.live();
  return {town.world.failures(), town.world.situations(), town.world.fingerprint()};
}

int one(const Options& options, Sabotage sabotage) {
  const auto outcome = live(*options.seed, sabotage, !options.no_story);
  for (const auto& failure : outcome.failures) fmt::print("broken: {}\n", failure);
  fmt::print("seed {}: {} invariants broken, story {:016x}\n", *options.seed, outcome.failures.size(), outcome.fingerprint);
  return outcome.failures.empty() ? 0 : 1;
}

int many(const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  std::map<std::string, std::uint64_t, std::less<>> met;
  std::size_t broken = 0;
  std::uint64_t seeds = 0;
  for (auto seed = options.first; options.forever || seed < options.first + options.count; ++seed, ++seeds) {
    const auto outcome = live(seed, Sabotage::none, false);
    for (const auto& situation : outcome.situations) ++met[situation];
    if (seed % one_in_twice == 0 && live(seed, Sabotage::none, false).fingerprint != outcome.fingerprint) {
      ++broken;
      fmt::print("seed {} has two stories\n", seed);
    }
    if (outcome.failures.empty()) continue;
    ++broken;
    fmt::print("seed {} breaks {}\n", seed, outcome.failures.front());
    std::fflush(stdout);
  }
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  for (const auto& [situation, times] : met) fmt::print("{:6}  {}\n", times, situation);
  fmt::print("{} seeds in {:.1f} s, {} broken; {} situations were met\n", seeds, took, broken, met.size());
  const bool too_tame = met.size() < situations_wanted;
  if (too_tame) fmt::print("too few situations: {} are wanted\n", situations_wanted);
  const int failed = (broken == 0 ? 0 : 1) + (too_tame ? 1 : 0);
  fmt::print("{} passed, {} failed\n", 2 - failed, failed);
  return failed;
}

// True when some seed notices.
bool is_noticed(Sabotage sabotage, const Options& options) {
  const auto name = sabotage_names[static_cast<std::size_t>(sabotage)];
  for (auto seed = options.first; seed < options.first + 200; ++seed) {
    const auto outcome = live(seed, sabotage, false);
    if (outcome.failures.empty()) continue;
    fmt::print("{:20} noticed with seed {:3}: {}\n", name, seed, outcome.failures.front());
    std::fflush(stdout);
    return true;
  }
  fmt::print("{:20} NOT noticed within 200 seeds\n", name);
  std::fflush(stdout);
  return false;
}

int sabotages(const Options& options) {
  std::size_t unnoticed = 0;
  for (std::size_t i = 1; i < sabotage_names.size(); ++i) unnoticed += static_cast<std::size_t>(is_noticed(static_cast<Sabotage>(i), options) ? 0 : 1);
  fmt::print("{} passed, {} failed\n", sabotage_names.size() - 1 - unnoticed, unnoticed);
  return unnoticed == 0 ? 0 : 1;
}

int run(const Options& options) {
  const auto sabotage = parse_sabotage(options.sabotage);
  if (!sabotage) {
    fmt::print(stderr, "no sabotage is called {}\n", options.sabotage);
    return 2;
  }
  server::set_up_log(options.seed && !options.no_story ? "warning" : "off", "text");
  if (options.all_sabotages) return sabotages(options);
  return options.seed ? one(options, *sabotage) : many(options);
}

}  // namespace

}  // namespace answerback::simulate

int main(int argc, char** argv) {
  answerback::simulate::Options options;
  CLI::App app("Simulated worlds: the real engine, loop, lanes and reading of answers over a world made of one seed");
  app.add_option("--seed", options.seed, "live this one and tell its story");
  app.add_option("--from", options.first, "the first of many seeds");
  app.add_option("--seeds", options.count, "how many");
  app.add_option("--sabotage", options.sabotage, "break one invariant on purpose");
  app.add_flag("--sabotages", options.all_sabotages, "each sabotage must be noticed within 200 seeds");
  app.add_flag("--forever", options.forever, "until it is ended");
  app.add_flag("--no-story", options.no_story, "with --seed: only what broke");
  CLI11_PARSE(app, argc, argv);
  return answerback::simulate::run(options);
}
