#include "server/rehearsal/generate/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "server/rehearsal/generate/moves.hpp"

namespace answerback::server {

namespace {

using Kind = ScriptTurn::Kind;

constexpr std::size_t max_moments = 20'000;
constexpr std::size_t max_turns_to_the_end = 60;   // after the branch that a conversation is for
constexpr std::size_t patient_turns = 30;          // of these; then silence ends it
constexpr std::int64_t max_contacts_tried = 2'000; // for a way of a split
constexpr std::int64_t first_other_contact = 2;

struct Moment {
  Scene scene;
  ScriptTurn turn;         // that led here
  std::size_t before = 0;  // the moment before; its own number for a beginning
  std::size_t depth = 0;
};

struct Beginning {
  engine::Values fields;
  std::optional<engine::ContactKey> as;
};

// What has been played of one conversation.
struct PlayedLine {
  Beginning beginning;
  std::vector<ScriptTurn> turns;
  Scene scene;
};

using Branches = std::set<flows::BranchKey>;

Branches branches_taken(const Scene& scene) {
  Branches taken;
  if (!scene.conversation) return taken;
  for (const auto& passage : scene.conversation->trail) taken.insert(flows::branch_of(passage));
  return taken;
}

class Search {
 public:
  explicit Search(const std::vector<flows::FlowPtr>& flows) : stage_(flows), moves_(stage_) {
    for (const auto& branch : flows::branches_of(stage_.flow())) wanted_.insert(branch);
  }

  Generated run() {
    std::vector<Beginning> beginnings;
    for (auto& fields : moves_.beginnings()) beginnings.push_back({std::move(fields), std::nullopt});
    explore(beginnings);
    explore(contacts_for_splits());
    write_lines();
    Generated generated;
    generated.branches = wanted_.size();
    for (const auto& line : needed_lines()) generated.scripts.push_back(script_of(line));
    for (const auto& branch : wanted_) {
      if (!first_.contains(branch)) generated.uncovered.push_back({branch, why_not(branch)});
    }
    return generated;
  }

 private:
  void explore(const std::vector<Beginning>& beginnings) {
    std::size_t next = moments_.size();
    for (const auto& beginning : beginnings) {
      beginnings_.emplace(moments_.size(), beginning);
      ScriptTurn start;
      add(stage_.begin(beginning.fields, beginning.as), start, moments_.size(), 0);
    }
    for (; next < moments_.size() && !complete(); ++next) {
      if (expandable_[next]) expand(next);
    }
  }

  bool complete() const { return first_.size() == wanted_.size(); }

  void expand(std::size_t index) {
    for (const auto& turn : moves_.at(moments_[index].scene)) {
      if (moments_.size() >= max_moments) {
        cut_short_ = true;
        return;
      }
      add(stage_.after(moments_[index].scene, turn), turn, index, moments_[index].depth + 1);
    }
  }

  // A moment like an earlier one is kept only when it is the first that took some branch; it is not gone on from.
  void add(Scene scene, const ScriptTurn& turn, std::size_t before, std::size_t depth) {
    if (!scene.conversation) return;
    bool new_here = false;
    for (const auto& branch : branches_taken(scene)) {
      if (wanted_.contains(branch) && first_.emplace(branch, moments_.size()).second) new_here = true;
    }
    const bool open = !scene.over() && seen_.insert(moves_.key_of(scene)).second;
    note_places(scene);
    if (!new_here && !open) return;
    moments_.push_back({std::move(scene), turn, before, depth});
    expandable_.push_back(open);
  }

  void note_places(const Scene& scene) {
    if (const auto step = stage_.outer_step(*scene.conversation)) places_.insert(*step);
    for (const auto& passage : scene.conversation->trail) places_.insert(passage.step);
  }

  // Which way a split takes depends on who the contact is: others are led to the same place until each way has its contact.
  std::vector<Beginning> contacts_for_splits() {
    std::vector<Beginning> found;
    for (const auto& branch : wanted_) {
      const bool is_way = branch.step && std::holds_alternative<flows::Split>(stage_.flow().steps[*branch.step].verb);
      if (!is_way || first_.contains(branch)) continue;
      for (const auto& [step, moment] : passing(*branch.step)) {
        if (auto beginning = contact_for(branch, line_to(moment))) {
          found.push_back(std::move(*beginning));
          break;
        }
      }
    }
    return found;
  }

  // The first moment that has passed a step.
  std::vector<std::pair<flows::StepIndex, std::size_t>> passing(flows::StepIndex step) const {
    for (const auto& [branch, moment] : first_) {
      if (branch.step == step) return {{step, moment}};
    }
    return {};
  }

  std::optional<Beginning> contact_for(const flows::BranchKey& branch, const PlayedLine& line) const {
    for (auto key = first_other_contact; key <= max_contacts_tried; ++key) {
      Beginning beginning{line.beginning.fields, engine::ContactKey{key}};
      auto scene = stage_.begin(beginning.fields, beginning.as);
      for (std::size_t i = 1; i < line.turns.size() && !scene.over(); ++i) scene = stage_.after(scene, line.turns[i]);
      if (branches_taken(scene).contains(branch)) return beginning;
    }
    return std::nullopt;
  }

  PlayedLine line_to(std::size_t moment) const {
    PlayedLine line;
    line.scene = moments_[moment].scene;
    for (auto at = moment;; at = moments_[at].before) {
      line.turns.push_back(moments_[at].turn);
      if (moments_[at].before == at) {
        line.beginning = beginnings_.at(at);
        break;
      }
    }
    std::reverse(line.turns.begin(), line.turns.end());
    return line;
  }

  // The deepest branches first: their conversations pass many others.
  void write_lines() {
    std::vector<std::pair<std::size_t, flows::BranchKey>> order;
    for (const auto& [branch, moment] : first_) order.emplace_back(moments_[moment].depth, branch);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    Branches covered;
    for (const auto& [depth, branch] : order) {
      if (covered.contains(branch)) continue;
      auto line = line_to(first_.at(branch));
      play_to_the_end(line, covered);
      covered.merge(branches_taken(line.scene));
      lines_.push_back(std::move(line));
    }
  }

  // Each turn takes as many branches as it can that nothing took before.
  void play_to_the_end(PlayedLine& line, const Branches& covered) const {
    for (std::size_t i = 0; i < max_turns_to_the_end && !line.scene.over(); ++i) {
      const auto turns = moves_.at(line.scene);
      if (turns.empty()) return;
      auto known = covered;
      known.merge(branches_taken(line.scene));
      std::optional<Scene> best;
      const ScriptTurn* chosen = nullptr;
      std::size_t most = 0;
      for (const auto& turn : turns) {
        auto scene = stage_.after(line.scene, turn);
        const auto fresh = count_new(scene, known);
        const bool in_time = i < patient_turns || turn.kind == Kind::wait;
        const bool moves_on = scene.over() || scene.conversation->step != line.scene.conversation->step;
        if (best && fresh <= most) continue;
        if (!best && !(moves_on && in_time) && &turn != &turns.back()) continue;
        most = fresh;
        best = std::move(scene);
        chosen = &turn;
      }
      line.turns.push_back(*chosen);
      line.scene = std::move(*best);
    }
  }

  std::size_t count_new(const Scene& scene, const Branches& known) const {
    const auto taken = branches_taken(scene);
    return static_cast<std::size_t>(
        std::count_if(taken.begin(), taken.end(), [&](const auto& branch) { return wanted_.contains(branch) && !known.contains(branch); }));
  }

  // Without those that the others make needless, the later ones judged first.
  std::vector<PlayedLine> needed_lines() const {
    std::map<flows::BranchKey, std::size_t> times;
    for (const auto& line : lines_) {
      for (const auto& branch : branches_taken(line.scene)) ++times[branch];
    }
    std::vector<PlayedLine> needed;
    for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
      const auto taken = branches_taken(line->scene);
      const bool needless = std::all_of(taken.begin(), taken.end(), [&](const auto& branch) { return !wanted_.contains(branch) || times[branch] > 1; });
      if (!needless) needed.push_back(*line);
      if (needless) std::for_each(taken.begin(), taken.end(), [&](const auto& branch) { --times[branch]; });
    }
    std::reverse(needed.begin(), needed.end());
    return needed;
  }

  // Silence that follows silence is one wait, as long as it can be written as one.
  static ConversationScript script_of(const PlayedLine& line) {
    ConversationScript script;
    script.contact = line.beginning.fields;
    script.as = line.beginning.as;
    for (const auto& turn : line.turns) {
      auto* last = script.turns.empty() ? nullptr : &script.turns.back();
      const bool joins = last && last->kind == Kind::wait && turn.kind == Kind::wait && flows::parse_duration(flows::to_string(last->wait + turn.wait));
      if (joins) {
        last->wait += turn.wait;
      } else {
        script.turns.push_back(turn);
      }
    }
    return script;
  }

  std::string why_not(const flows::BranchKey& branch) const {
    if (cut_short_) return fmt::format("not found within {} moments", max_moments);
    if (!branch.step) return "no reply led there at any question";
    if (!places_.contains(*branch.step)) return "no conversation came to this step";
    const auto& step = stage_.flow().steps[*branch.step];
    const auto* run = std::get_if<flows::Run>(&step.verb);
    const auto is_it = [&](const auto& flow) { return run != nullptr && flow->name == run->flow; };
    if (run != nullptr && std::none_of(stage_.flows().begin(), stage_.flows().end(), is_it)) return fmt::format("the flow {} is not beside this one", run->flow);
    const auto exit = flows::exits(step)[branch.exit];
    if (exit.kind == flows::Exit::Kind::next) return "the branches before it hold, or no value was found for which it holds";
    if (exit.kind == flows::Exit::Kind::unclear) return "no text was found that is not understood";
    return "nothing was found that leads there";
  }

  Stage stage_;
  Moves moves_;
  Branches wanted_;
  std::vector<Moment> moments_;
  std::vector<bool> expandable_;
  std::map<std::size_t, Beginning> beginnings_;
  std::unordered_set<std::string> seen_;
  std::map<flows::BranchKey, std::size_t> first_;        // the moment that took it first
  std::set<flows::StepIndex> places_;                    // that some conversation came to
  std::vector<PlayedLine> lines_;
  bool cut_short_ = false;
};

}  // namespace

Generated generate_conversations(const std::vector<flows::FlowPtr>& flows) { return Search(flows).run(); }

}  // namespace answerback::server
