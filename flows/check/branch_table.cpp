#include "flows/check/branch_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/check/condition_facts.hpp"
#include "flows/comparison.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_combinations = 4'096;

struct PathRow {  // one path and its samples
  Path path;
  std::vector<const Comparison*> comparisons;
  std::vector<Sample> samples;
};

class Combinations {
 public:
  Combinations(const Branches& branches, const std::function<Domain(const Path&)>& domain_of) : branches_(branches) {
    std::vector<const Comparison*> all;
    for (const auto& branch : branches) collect_comparisons(branch.when, all);
    for (const auto* comparison : all) row_of(comparison->path).comparisons.push_back(comparison);
    for (auto& row : rows_) {
      row.samples = samples_of(domain_of(row.path), row.comparisons);
      find_undecided(row);
      count_ *= row.samples.size();
      if (count_ > max_combinations) count_ = max_combinations + 1;
    }
    for (std::size_t i = 0; i < undecided_.size() && count_ <= max_combinations; ++i) count_ *= 2;
  }

  bool too_many() const { return count_ > max_combinations; }

  BranchTable try_all() {
    BranchTable table{std::vector<bool>(branches_.size(), false), std::vector<bool>(branches_.size(), false), false, ""};
    for (std::size_t combination = 0; combination < count_; ++combination) {
      choose(combination);
      try_one(table);
    }
    return table;
  }

 private:
  PathRow& row_of(const Path& path) {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const PathRow& row) { return row.path == path; });
    return found == rows_.end() ? rows_.emplace_back(PathRow{path, {}, {}}) : *found;
  }

  // What may hold or not for texts that nobody listed is tried both ways.
  void find_undecided(const PathRow& row) {
    for (const auto* comparison : row.comparisons) {
      const auto open = [&](const Sample& sample) { return !holds_for(*comparison, sample); };
      const bool known = std::any_of(undecided_.begin(), undecided_.end(), [&](const auto* one) { return *one == *comparison; });
      if (!known && std::any_of(row.samples.begin(), row.samples.end(), open)) undecided_.push_back(comparison);
    }
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
    const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const PathRow& one) { return one.path == comparison.path; });
    const auto decided = holds_for(comparison, row->samples[chosen_[static_cast<std::size_t>(row - rows_.begin())]]);
    if (decided) return *decided;
    const auto found = std::find_if(undecided_.begin(), undecided_.end(), [&](const auto* one) { return *one == comparison; });
    return (answers_ >> static_cast<std::size_t>(found - undecided_.begin()) & 1U) != 0;
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
  std::vector<PathRow> rows_;
  std::vector<const Comparison*> undecided_;
  std::size_t count_ = 1;
  std::vector<std::size_t> chosen_;
  std::size_t answers_ = 0;
};

}  // namespace

std::optional<BranchTable> try_branches(const Branches& branches, const std::function<Domain(const Path&)>& domain_of) {
  Combinations combinations(branches, domain_of);
  if (combinations.too_many()) return std::nullopt;
  return combinations.try_all();
}

}  // namespace answerback::flows
