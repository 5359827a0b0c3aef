#include <fmt/format.h>

#include <algorithm>

#include "flows/check/branch_table.hpp"
#include "flows/check/checks.hpp"
#include "flows/check/condition_facts.hpp"
#include "flows/check/domains.hpp"
#include "flows/check/places.hpp"
#include "flows/comparison.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_reasons = 2'000;  // comparisons looked at alone, of one flow

class BranchCheck {
 public:
  BranchCheck(Loading& loading, const Facts& facts) : loading_(loading), facts_(facts), domains_(loading.flow, facts) {}

  void run() {
    for (StepIndex i = 0; i < loading_.flow.steps.size(); ++i) {
      if (facts_.reached(i)) judge(i);
    }
  }

 private:
  static std::string list_of(const Step& step) { return std::holds_alternative<Route>(step.verb) ? "/route" : "/next"; }

  void warn(const Step& step, std::size_t branch, std::string_view member, std::string code, std::string message) {
    const auto inside = fmt::format("{}/{}{}", list_, branch, member);
    warn_at(loading_, step, find_in_step(loading_, step, inside), std::move(code), std::move(message));
  }

  void judge(StepIndex index) {
    const auto& step = loading_.flow.steps[index];
    list_ = list_of(step);
    domain_of_ = [this, index](const Path& path) { return domains_.at(path, index); };
    judge_list(step, next_of(step));
    const auto* wait = std::get_if<Wait>(&step.verb);
    if (wait == nullptr || !wait->reply) return;
    list_ = "/reply/next";
    domain_of_ = [this, index](const Path& path) { return domains_.heard_at(path, index); };
    judge_list(step, wait->reply->next);
  }

  void judge_list(const Step& step, const Branches& branches) {
    if (branches.empty() || (branches.size() == 1 && always(branches.front().when))) return;
    const auto table = try_branches(branches, domain_of_, budget_);
    if (!table) return judge_without_values(step, branches);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      if (!table->can_hold[i]) warn(step, i, "/when", "never_true", why_never(branches[i].when));
    }
    dead_branch(step, branches, *table);
    if (table->none_taken) falls_through(step, branches, table->example);
  }

  // Too many values to try: only a branch without condition is sure to be taken.
  void judge_without_values(const Step& step, const Branches& branches) {
    const auto last = std::find_if(branches.begin(), branches.end(), [](const Branch& branch) { return always(branch.when); });
    if (last == branches.end()) return falls_through(step, branches, "");
    if (last + 1 != branches.end()) never_reached(step, static_cast<std::size_t>(last + 1 - branches.begin()), true);
  }

  void dead_branch(const Step& step, const Branches& branches, const BranchTable& table) {
    for (std::size_t i = 1; i < branches.size(); ++i) {
      if (table.is_taken[i] || !table.can_hold[i]) continue;
      return never_reached(step, i, always(branches[i - 1].when));
    }
  }

  void never_reached(const Step& step, std::size_t branch, bool after_unconditional) {
    warn(step, branch, "", "dead_branch",
         after_unconditional ? "this branch is never taken, the one before it has no condition"
                             : "this branch is never taken, those before it take every value that it asks for");
  }

  void falls_through(const Step& step, const Branches& branches, const std::string& example) {
    std::string message = "when no condition holds the conversation bails as flow_error, end with a branch without \"when\"";
    if (!example.empty()) message += fmt::format("; none holds with {}", example);
    warn(step, branches.size() - 1, "", "falls_through", std::move(message));
  }

  // The one comparison that alone cannot hold, when there is one.
  std::string why_never(const Condition& condition) {
    std::vector<const Comparison*> comparisons;
    collect_comparisons(condition, comparisons);
    for (std::size_t i = 0; i < comparisons.size() && reasons_left_ > 0; ++i) {
      --reasons_left_;
      const auto* comparison = comparisons[i];
      const auto domain = domain_of_(comparison->path);
      const auto samples = samples_of(domain, {comparison});
      const auto may_hold = [&](const Sample& sample) { return holds_for(*comparison, sample).value_or(true); };
      if (std::any_of(samples.begin(), samples.end(), may_hold)) continue;
      const auto about = describe(domain);
      return fmt::format("this never holds: {}{}{}{}", to_label(*comparison), about.empty() ? "" : ", but ", about, hint(*comparison, domain));
    }
    return fmt::format("this never holds: {}", to_label(condition));
  }

  std::string hint(const Comparison& comparison, const Domain& domain) {
    std::vector<std::string> keys;
    for (const auto* kind : domain.kinds) {
      const auto* choice = std::get_if<ExpectChoice>(kind);
      for (std::size_t i = 0; choice != nullptr && i < choice->choices.size(); ++i) keys.push_back(choice->choices[i].key);
    }
    const auto* text = comparison.operands.empty() ? nullptr : std::get_if<std::string>(&comparison.operands.front());
    return text == nullptr || keys.empty() ? "" : loading_.hint(*text, keys);
  }

  Loading& loading_;
  const Facts& facts_;
  const Domains domains_;
  TableBudget budget_;
  std::string list_;  // of the branches that are judged
  std::function<Domain(const Path&)> domain_of_;
  std::size_t reasons_left_ = max_reasons;
};

}  // namespace

void check_branches(Loading& loading, const Facts& facts) { BranchCheck(loading, facts).run(); }

}  // namespace answerback::flows
