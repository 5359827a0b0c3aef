#include <algorithm>

#include "engine/decide/calls.hpp"
#include "engine/decide/pauses.hpp"
#include "engine/decide/sayings.hpp"
#include "engine/decide/script.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_subflow_depth = 8;
// A server that does not answer in time is told so by the outbox; this is for an outbox that says nothing.
constexpr auto call_grace = std::chrono::seconds(30);

// Spreads the keys of contacts over all numbers (the finalizer of SplitMix64, Steele et al. 2014).
std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31U);
}

// FNV-1a (draft-eastlake-fnv): the same on every machine, unlike std::hash.
std::uint64_t hashed(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

std::string readable(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

// What each verb does when its step is entered.
struct Script::DoVerb {
  Script& script;
  Next operator()(const flows::Say& say) const {
    script.say(script.scope_.wording(say.text));
    return script.choose(say.next);
  }
  Next operator()(const flows::Ask& ask) const { return script.put(ask); }
  Next operator()(const flows::Route& route) const { return script.choose(route.next); }
  Next operator()(const flows::Set& set) const {
    script.scope_.set_all(set.assignments);
    return script.choose(set.next);
  }
  Next operator()(const flows::Call& call) const { return script.call(call); }
  Next operator()(const flows::Run& run) const { return script.begin_subflow(run); }
  Next operator()(const flows::Wait& wait) const { return script.pause(wait); }
  Next operator()(const flows::Split& split) const { return script.split(split); }
  Next operator()(const flows::End& end) const {
    script.note(flows::exit_end);
    return script.finish(end.ending);
  }
};

Script::Next Script::enter(flows::StepIndex index) {
  if (++steps_ > turn_.settings.max_steps_per_turn || index >= scope_.flow()->steps.size()) return fail("it passed more steps in one turn than a flow may");
  at_ = index;
  turn_.conversation->step = step().name;
  return std::visit(DoVerb{*this}, step().verb);
}

Script::Next Script::put(const flows::Ask& ask) {
  auto question = scope_.wording(ask.question);
  auto& open = turn_.conversation->open.emplace();
  open.question = question;
  open.first_asked_at = open.asked_at = turn_.now;
  const auto* choice = std::get_if<flows::ExpectChoice>(&accepted(ask.expect));
  if (choice != nullptr && choice->choices.empty()) return nothing_to_choose(ask);
  if (auto found = take_prefilled()) {
    if (ask.confirm) return read_value_back(ask, found->value, std::move(found->reply));
    noted_.push_back(readable(ask.answer) + " " + spoken(found->value, accepted(ask.expect), scope_.language()));
    return accept(ask, std::move(found->value), std::move(found->reply));
  }
  return ask_again(ask, std::move(question));
}

// The list that it was to choose from is empty or not set: it is not asked.
Script::Next Script::nothing_to_choose(const flows::Ask& ask) {
  turn_.conversation->open.reset();
  if (ask.optional) return choose(ask.next);
  return Move{ask.unclear.then, flows::exit_number(step(), flows::Exit::Kind::unclear)};
}

// Puts the pending question in these words and waits for its reply from now on.
Script::Next Script::ask_again(const flows::Ask&, std::string text) {
  auto& open = *turn_.conversation->open;
  open.asked_at = turn_.now;
  open.reminded = 0;
  say(std::move(text));
  wait();
  return std::nullopt;
}

std::optional<Prefilled> Script::take_prefilled() {
  auto& all = turn_.conversation->prefilled;
  const auto name = scope_.name(step().name);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Prefilled& one) { return one.step == name; });
  if (found == all.end()) return std::nullopt;
  auto taken = std::move(*found);
  all.erase(found);
  return taken;
}

Script::Next Script::begin_subflow(const flows::Run& run) {
  auto& conversation = *turn_.conversation;
  const auto* published = turn_.flows.latest(run.flow);
  const auto is_it = [&](const Subflow& one) { return one.flow == run.flow; };
  const bool runs_already = conversation.flow == run.flow || std::any_of(conversation.inside.begin(), conversation.inside.end(), is_it);
  if (published == nullptr || runs_already || conversation.inside.size() >= max_subflow_depth) {
    auto next = after_failure(run, flow_error());
    return next ? next : fail("the flow that it was to run is not published, or runs already");
  }
  const auto prefix = scope_.name(run.as) + ".";
  flows::Values given;
  for (const auto& assignment : run.with) flows::assign(given, assignment.to.name, scope_.assigned(assignment));
  conversation.inside.push_back({run.flow, published->revision, step().name, prefix});
  scope_.refresh();
  for (const auto& [name, value] : published->flow->variables) scope_.set({flows::Path::Root::vars, name}, value);
  for (auto& [name, value] : given) scope_.set({flows::Path::Root::vars, name}, std::move(value));
  return enter(published->flow->start);
}

// Back to the step that ran the innermost subflow; false when it is not there any more.
bool Script::leave_subflow() {
  auto& conversation = *turn_.conversation;
  const auto left = std::move(conversation.inside.back());
  conversation.inside.pop_back();
  forget(conversation.vars, left.prefix);
  scope_.refresh();
  const auto index = scope_.flow() ? scope_.flow()->find(left.step) : std::nullopt;
  if (!index || !std::holds_alternative<flows::Run>(scope_.flow()->steps[*index].verb)) return false;
  at_ = *index;
  conversation.step = left.step;
  return true;
}

Script::Next Script::pause(const flows::Wait& waiting) {
  const auto lookup = scope_.lookup();
  const auto until = end_of_pause(waiting, {turn_.now, turn_.clock(), scope_.office(), scope_.flow()->hours, lookup, reply_context(scope_.language())});
  if (!until && waiting.failed) return Move{*waiting.failed, flows::exit_number(step(), flows::Exit::Kind::failed)};
  if (!until) {
    turn_.detail = "what it was to wait for is not set or is no time";
    return Move{flow_error(), flows::exit_error};
  }
  if (*until <= turn_.now) return choose(waiting.next);
  auto& open = turn_.conversation->open.emplace();
  open.first_asked_at = open.asked_at = turn_.now;
  open.awaited = Awaited::pause;
  open.until = *until;
  wait();
  return std::nullopt;
}

Script::Next Script::call(const flows::Call& calling) {
  auto& conversation = *turn_.conversation;
  auto request = request_of(calling, scope_, conversation, turn_.before.origin, turn_.now);
  auto& open = conversation.open.emplace();
  open.first_asked_at = open.asked_at = turn_.now;
  open.awaited = Awaited::call;
  open.until = request.give_up_at + call_grace;
  open.made_in = conversation.turn;
  turn_.decision.calls.push_back(std::move(request));
  wait();
  return std::nullopt;
}

// The same contact goes the same way at every run of the experiment, on every machine.
Script::Next Script::split(const flows::Split& experiment) {
  std::uint64_t total = 0;
  for (const auto& way : experiment.ways) total += way.weight;
  if (total == 0) return fail("no way of its experiment has any weight");
  const auto key = static_cast<std::uint64_t>(turn_.contact.key.value);
  auto left = mixed(mixed(key) ^ hashed(scope_.flow()->name + "/" + experiment.name)) % total;
  std::size_t index = 0;
  while (left >= experiment.ways[index].weight) left -= experiment.ways[index++].weight;
  auto& splits = turn_.conversation->splits;
  const auto name = scope_.name(experiment.name);
  std::erase_if(splits, [&](const auto& one) { return one.first == name; });
  splits.emplace_back(name, experiment.ways[index].name);
  return Move{experiment.ways[index].to, flows::exit_number(step(), flows::Exit::Kind::way, index)};
}

}  // namespace answerback::engine
