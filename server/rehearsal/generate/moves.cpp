#include "server/rehearsal/generate/moves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "flows/comparison.hpp"
#include "flows/listed_choices.hpp"
#include "server/rehearsal/call_bodies.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_beginnings = 64;
constexpr std::size_t max_answers = 24;  // of one call
constexpr std::size_t max_phrases = 100;
constexpr auto awaited_in = std::chrono::days(9);  // a time worth waiting for

// Not understood by one kind or another; the empty one by none.
constexpr std::string_view unclear_texts[] = {"hm, what do you mean", ""};

ScriptTurn reply_turn(std::string text, std::vector<std::string> media = {}) {
  ScriptTurn turn;
  turn.kind = ScriptTurn::Kind::reply;
  turn.text = std::move(text);
  turn.media = std::move(media);
  return turn;
}

ScriptTurn call_turn(const engine::CallRequest& call, int status, std::string body) {
  ScriptTurn turn;
  turn.kind = ScriptTurn::Kind::call;
  turn.expected_call = fmt::format(R"({{"method":"{}"}})", call.method);
  turn.status = status;
  turn.body = std::move(body);
  return turn;
}

const std::string& prefix_of(const engine::Conversation& conversation) {
  static const std::string none;
  return conversation.inside.empty() ? none : conversation.inside.back().prefix;
}

const engine::Values& values_at(const Scene& scene, const flows::Path& path) {
  if (path.root == flows::Path::Root::contact) return scene.contact.fields;
  return path.root == flows::Path::Root::answers ? scene.conversation->answers : scene.conversation->vars;
}

// Every combination of one value per place, each place's first value first; at most `limit`.
std::vector<std::vector<std::size_t>> combinations(const std::vector<std::size_t>& counts, std::size_t limit) {
  std::vector<std::vector<std::size_t>> all{std::vector<std::size_t>(counts.size(), 0)};
  for (std::size_t place = 0; place < counts.size(); ++place) {
    const auto so_far = all.size();
    for (std::size_t value = 1; value < counts[place]; ++value) {
      for (std::size_t i = 0; i < so_far && all.size() < limit; ++i) {
        all.push_back(all[i]);
        all.back()[place] = value;
      }
    }
  }
  return all;
}

}  // namespace

Moves::Moves(const Stage& stage) : stage_(stage) {
  for (const auto& flow : stage.flows()) {
    const auto found = comparisons_in(*flow);
    comparisons_.insert(comparisons_.end(), found.begin(), found.end());
    for (const auto& step : flow->steps) {
      const auto* wait = std::get_if<flows::Wait>(&step.verb);
      if (wait && wait->kind == flows::Wait::Kind::value) awaited_.push_back(wait->value);
      const auto* set = std::get_if<flows::Set>(&step.verb);
      for (std::size_t i = 0; set && i < set->assignments.size(); ++i) {
        if (std::holds_alternative<flows::Calculation>(set->assignments[i].value)) calculated_.push_back(set->assignments[i].to);
      }
    }
  }
}

std::vector<ScriptTurn> Moves::at(const Scene& scene) const {
  std::vector<ScriptTurn> turns;
  if (scene.over()) return turns;
  const auto* step = stage_.step_of(*scene.conversation);
  if (step == nullptr) return turns;
  if (const auto* ask = std::get_if<flows::Ask>(&step->verb)) add_replies(scene, *ask, turns);
  if (const auto* call = std::get_if<flows::Call>(&step->verb)) add_call(scene, *call, turns);
  if (const auto* wait = std::get_if<flows::Wait>(&step->verb)) {
    if (wait->reply) add_meanwhile(scene, *wait->reply, turns);
  }
  add_phrases(scene, turns);
  if (scene.conversation->due_at) {
    ScriptTurn silence;
    silence.kind = ScriptTurn::Kind::wait;
    silence.wait = *scene.conversation->due_at - scene.now;
    turns.push_back(silence);
  }
  return turns;
}

void Moves::add_replies(const Scene& scene, const flows::Ask& ask, std::vector<ScriptTurn>& turns) const {
  const auto& conversation = *scene.conversation;
  const auto awaited = conversation.open ? conversation.open->awaited : engine::Awaited::reply;
  if (awaited == engine::Awaited::confirmation) {
    turns.push_back(reply_turn("yes"));
    turns.push_back(reply_turn("no"));
  } else if (awaited == engine::Awaited::pick) {
    for (const auto& [words, value] : conversation.open->offered) turns.push_back(reply_turn(words));
  } else {
    add_ideas(scene, ask.expect, ask.answer, turns);
    if (ask.optional) turns.push_back(reply_turn("skip"));
  }
  for (const auto text : unclear_texts) turns.push_back(reply_turn(std::string(text)));
}

void Moves::add_ideas(const Scene& scene, const flows::Expect& expect, const std::string& answer, std::vector<ScriptTurn>& turns) const {
  const auto& prefix = prefix_of(*scene.conversation);
  const auto context = stage_.context(scene, *stage_.flow_of(*scene.conversation));
  const auto lookup = [&](const flows::Path& path) {
    return flows::find(values_at(scene, path), path.root == flows::Path::Root::contact ? path.name : prefix + path.name);
  };
  const auto accepted = flows::is_listed(expect) ? flows::Expect(flows::listed_choices(std::get<flows::ExpectChoice>(expect), lookup)) : expect;
  for (auto& idea : reply_ideas({accepted, answer}, prefix, comparisons_, context)) turns.push_back(reply_turn(std::move(idea.text), std::move(idea.media)));
}

void Moves::add_meanwhile(const Scene& scene, const flows::Wait::Listening& listening, std::vector<ScriptTurn>& turns) const {
  if (!listening.answer.empty()) add_ideas(scene, listening.expect, listening.answer, turns);
  turns.push_back(reply_turn("Hello?"));
}

void Moves::add_call(const Scene& scene, const flows::Call& call, std::vector<ScriptTurn>& turns) const {
  if (!scene.call) return;
  std::vector<std::vector<flows::Value>> ideas;
  std::vector<std::size_t> counts;
  for (const auto& saved : call.save) {
    ideas.push_back(value_ideas(saved.to, comparisons_));
    ideas.back().front() = std::string("something");  // a pointer that leads nowhere would fail the call
    const bool is_awaited = std::find(awaited_.begin(), awaited_.end(), saved.to) != awaited_.end();
    if (is_awaited) ideas.back().push_back(flows::to_iso8601(scene.now + awaited_in));
    counts.push_back(ideas.back().size());
  }
  for (const auto& combination : combinations(counts, max_answers)) {
    std::vector<std::pair<std::string, flows::Value>> values;
    for (std::size_t i = 0; i < combination.size(); ++i) values.emplace_back(call.save[i].pointer, ideas[i][combination[i]]);
    turns.push_back(call_turn(*scene.call, 200, call_body(values)));
  }
  turns.push_back(call_turn(*scene.call, 0, ""));
}

void Moves::add_phrases(const Scene& scene, std::vector<ScriptTurn>& turns) const {
  std::size_t added = 0;
  const auto* inner = stage_.flow_of(*scene.conversation);
  for (const auto* flow : {inner, &stage_.flow()}) {
    for (const auto& entry : flow->anytime) {
      if (++added <= max_phrases) turns.push_back(reply_turn(entry.phrases.front().written));
    }
    if (flow == &stage_.flow()) break;
  }
}

std::string Moves::key_of(const Scene& scene) const {
  const auto& conversation = *scene.conversation;
  std::string key = fmt::format("{}|{}|{}|", conversation.step, conversation.language, conversation.interactions.empty() ? "" : conversation.interactions.back().step);
  for (const auto& subflow : conversation.inside) key += subflow.prefix + "|";
  if (conversation.open) {
    key += fmt::format("{},{},{}|", static_cast<int>(conversation.open->awaited), conversation.open->attempts, conversation.open->reminded);
    for (const auto& [words, value] : conversation.open->offered) key += words + "|";
  }
  for (const auto& prefilled : conversation.prefilled) key += prefilled.step + "|";
  const auto& prefix = prefix_of(conversation);
  for (const auto* comparison : comparisons_) {
    const auto& path = comparison->path;
    const auto value = [&](const flows::Path& one, const std::string& before) { return flows::find(values_at(scene, one), before + one.name); };
    const auto holds_with = [&](const std::string& before) {
      return holds(*comparison, value(path, before), comparison->other ? value(*comparison->other, before) : nullptr);
    };
    key += holds_with("") ? '1' : '0';
    if (!prefix.empty()) key += holds_with(prefix) ? '1' : '0';
  }
  for (const auto* paths : {&awaited_, &calculated_}) {
    for (const auto& path : *paths) {
      const auto* value = flows::find(values_at(scene, path), path.root == flows::Path::Root::contact ? path.name : prefix + path.name);
      key += value == nullptr ? "|" : flows::to_text(*value) + "|";
    }
  }
  return key;
}

std::vector<engine::Values> Moves::beginnings() const {
  std::set<std::string> names;
  for (const auto* comparison : comparisons_) {
    if (comparison->path.root == flows::Path::Root::contact && comparison->path.name != "phone") names.insert(comparison->path.name);
  }
  std::vector<std::string> ordered(names.begin(), names.end());
  std::vector<std::vector<flows::Value>> ideas;
  std::vector<std::size_t> counts;
  for (const auto& name : ordered) {
    ideas.push_back(value_ideas({flows::Path::Root::contact, name}, comparisons_));
    counts.push_back(ideas.back().size());
  }
  std::vector<engine::Values> beginnings;
  for (const auto& combination : combinations(counts, max_beginnings)) {
    auto& fields = beginnings.emplace_back();
    for (std::size_t i = 0; i < combination.size(); ++i) {
      if (combination[i] > 0) flows::assign(fields, ordered[i], ideas[i][combination[i]]);
    }
  }
  return beginnings;
}

}  // namespace answerback::server
