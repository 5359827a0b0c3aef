#include "flows/check/branch_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "flows/check/condition_facts.hpp"
#include "flows/comparison.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_combinations = max_samples;
constexpr std::size_t max_undecided = 12;  // each doubles the combinations

struct PathRow {  // one path and its samples
  Path path;
  std::vector<const Comparison*> comparisons;
  std::vector<Sample> samples;
  std::size_t longest = 0;  // of the samples, in bytes
};

// Where the values of a comparison stand.
struct Place {
  std::size_t row = 0;
  std::size_t undecided = 0;
  std::size_t cost = 1;
};

class Combinations {
 public:
  Combinations(const Branches& branches, const std::function<Domain(const Path&)>& domain_of, TableBudget& budget)
      : branches_(branches), budget_(budget) {
    std::vector<const Comparison*> all;
    for (const auto& branch : branches) collect_comparisons(branch.when, all);
    for (const auto* comparison : all) {
      const auto row = row_of(comparison->path);
      rows_[row].comparisons.push_back(comparison);
      places_[comparison].row = row;
    }
    for (std::size_t i = 0; i < rows_.size() && !too_many(); ++i) fill(rows_[i], domain_of);
    for (std::size_t i = 0; i < undecided_.size() && !too_many(); ++i) count_ *= 2;
  }

  bool too_many() const { return count_ > max_combinations || undecided_.size() > max_undecided; }

  // Nothing when the budget does not suffice.
  std::optional<BranchTable> try_all() {
    BranchTable table{std::vector<bool>(branches_.size(), false), std::vector<bool>(branches_.size(), false), false, ""};
    for (std::size_t combination = 0; combination < count_; ++combination) {
      choose(combination);
      try_one(table);
      if (budget_.left == 0) return std::nullopt;
    }
    return table;
  }

 private:
  std::size_t row_of(const Path& path) {
    const auto [found, fresh] = row_numbers_.emplace(to_string(path), rows_.size());
    if (fresh) rows_.push_back({path, {}, {}, 0});
    return found->second;
  }

  void fill(PathRow& row, const std::function<Domain(const Path&)>& domain_of) {
    row.samples = samples_of(domain_of(row.path), row.comparisons);
    count_ *= row.samples.size();
    for (const auto& sample : row.samples) row.longest = std::max(row.longest, text_bytes(sample));
    if (!too_many()) find_undecided(row);
  }

  // What may hold or not for texts that nobody listed is tried both ways.
  void find_undecided(const PathRow& row) {
    const auto unlisted = std::find_if(row.samples.begin(), row.samples.end(), [](const Sample& sample) { return sample.unlisted; });
    for (const auto* comparison : row.comparisons) {
      auto& place = places_[comparison];
      place.cost = cost_of(*comparison, row.longest);
      const bool by_unlisted = unlisted != row.samples.end() && !holds_for(*comparison, *unlisted);
      if (!by_unlisted && !comparison->other) continue;
      const auto known = std::find_if(undecided_.begin(), undecided_.end(), [&](const auto* one) { return *one == *comparison; });
      place.undecided = static_cast<std::size_t>(known - undecided_.begin());
      if (known == undecided_.end()) undecided_.push_back(comparison);
      if (too_many()) return;
    }
  }

  bool spend(std::size_t cost) const {
    budget_.left -= std::min(cost, budget_.left);
    return budget_.left > 0;
  }

  void choose(std::size_t combination) {
    chosen_.clear();
    for (const auto& row : rows_) {
      chosen_.push_back(combination % row.samples.size());
      combination /= row.samples.size();
    }
    answers_ = combination;  // a bit for each undecided comparison
  }

  bool holds_now(const Comparison& comparison) const {
    const auto& place = places_.at(&comparison);
    if (!spend(place.cost)) return false;
    const auto decided = holds_for(comparison, rows_[place.row].samples[chosen_[place.row]]);
    return decided ? *decided : (answers_ >> place.undecided & 1U) != 0;
  }

  bool holds_now(const Condition& condition) const {
    const auto part = [this](const Condition& one) { return holds_now(one); };
    const auto& parts = condition.parts;
    switch (condition.kind) {
      case Condition::Kind::all: return std::all_of(parts.begin(), parts.end(), part);
      case Condition::Kind::any: return std::any_of(parts.begin(), parts.end(), part);
      case Condition::Kind::negation: return std::none_of(parts.begin(), parts.end(), part);
      case Condition::Kind::comparison: return holds_now(condition.comparison);
    }
    return false;
  }

  void try_one(BranchTable& table) const {
    bool taken = false;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      if (!spend(1)) return;
      if (taken && table.can_hold[i]) continue;  // nothing more to learn of it here
      if (!holds_now(branches_[i].when)) continue;
      table.can_hold[i] = true;
      if (!taken) table.is_taken[i] = true;
      taken = true;
    }
    if (taken) return;
    if (!table.none_taken) table.example = example();
    table.none_taken = true;
  }

  std::string example() const {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto& sample = rows_[i].samples[chosen_[i]];
      if (sample.unlisted) return "";
      const bool is_set = !std::holds_alternative<std::monostate>(sample.value);
      values.push_back(to_string(rows_[i].path) + (is_set ? " = " + to_text(sample.value) : " not set"));
    }
    return fmt::format("{}", fmt::join(values, ", "));
  }

  const Branches& branches_;
  TableBudget& budget_;
  std::vector<PathRow> rows_;
  std::unordered_map<std::string, std::size_t> row_numbers_;
  std::unordered_map<const Comparison*, Place> places_;
  std::vector<const Comparison*> undecided_;
  std::size_t count_ = 1;
  std::vector<std::size_t> chosen_;
  std::size_t answers_ = 0;
};

}  // namespace

std::optional<BranchTable> try_branches(const Branches& branches, const std::function<Domain(const Path&)>& domain_of, TableBudget& budget) {
  Combinations combinations(branches, domain_of, budget);
  if (combinations.too_many()) return std::nullopt;
  return combinations.try_all();
}

}  // namespace answerback::flows
