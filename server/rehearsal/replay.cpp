#include "server/rehearsal/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "server/rehearsal/call_bodies.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using What = Divergence::What;

constexpr auto longest_wait = std::chrono::hours(24) * 366;
constexpr int max_waits = 50;            // until a conversation that nobody answers has ended
constexpr int max_calls_in_a_row = 100;

// How each call of the recorded conversation went, by its step, in order.
std::map<std::string, std::vector<bool>> calls_of(const Recorded& recorded) {
  std::map<std::string, std::vector<bool>> calls;
  if (!recorded.flow) return calls;
  for (const auto& passage : recorded.conversation.trail) {
    if (passage.step >= recorded.flow->steps.size()) continue;
    const auto& step = recorded.flow->steps[passage.step];
    if (!std::holds_alternative<flows::Call>(step.verb) || passage.exit >= flows::exit_anytime) continue;
    calls[step.name].push_back(passage.exit != flows::exit_number(step, flows::Exit::Kind::failed));
  }
  return calls;
}

bool ended_from_outside(const engine::Conversation& conversation) {
  return conversation.is_over() && !conversation.trail.empty() && conversation.trail.back().exit == flows::exit_outside;
}

std::string outcome_text(const std::optional<engine::Conversation>& conversation) {
  if (!conversation) return "never began";
  if (!conversation->is_over()) return "running";
  return fmt::format("{} {}", flows::to_string(*engine::outcome_of(conversation->life)), conversation->reason);
}

class Playback {
 public:
  Playback(const Recorded& recorded, const std::vector<flows::FlowPtr>& flows, const ReplaySettings& settings)
      : recorded_(recorded), calls_(calls_of(recorded)), rehearsal_(flows.front(), {}, recorded.conversation.started_at, options(recorded, flows, settings)) {}

  Replayed run() {
    begin();
    for (; next_ < recorded_.transcript.size() && replayed_.stopped_at.empty(); ++next_) {
      const auto& message = recorded_.transcript[next_];
      if (message.direction != engine::Direction::in) continue;
      wait_until(message.at);
      if (replayed_.stopped_at.empty()) hear(message);
    }
    if (replayed_.stopped_at.empty()) finish();
    compare();
    return std::move(replayed_);
  }

 private:
  static RehearsalOptions options(const Recorded& recorded, const std::vector<flows::FlowPtr>& flows, const ReplaySettings& settings) {
    RehearsalOptions made;
    made.settings = settings.engine;
    made.zone = settings.zone;
    made.others.assign(flows.begin() + 1, flows.end());
    made.contact = recorded.contact;
    return made;
  }

  void begin() {
    const auto kind = recorded_.conversation.trigger.kind;
    const bool by_text = kind == engine::Trigger::Kind::keyword || kind == engine::Trigger::Kind::any;
    if (!by_text) take(rehearsal_.start(recorded_.conversation.sender));
  }

  void hear(const engine::Message& message) {
    engine::Inbound inbound;
    inbound.to = message.to;
    inbound.text = message.text;
    inbound.media = message.media;
    inbound.carrier_replied = !answered_by_us();
    take(rehearsal_.receive(std::move(inbound)));
  }

  // A consent word that the carrier answers gets no text of ours.
  bool answered_by_us() const {
    for (auto i = next_ + 1; i < recorded_.transcript.size() && recorded_.transcript[i].direction == engine::Direction::out; ++i) {
      if (recorded_.transcript[i].exempt) return true;
    }
    return false;
  }

  void wait_until(engine::Instant at) {
    if (at > rehearsal_.now()) take(rehearsal_.wait(at - rehearsal_.now()));
  }

  // What ended the conversation from outside does so again; else nobody writes any more until it has ended by itself.
  void finish() {
    if (!recorded_.conversation.is_over()) return wait_until(last_instant());
    if (ended_from_outside(recorded_.conversation)) {
      wait_until(recorded_.conversation.ended_at);
      if (running()) take(rehearsal_.end(*engine::outcome_of(recorded_.conversation.life), recorded_.conversation.reason));
      return;
    }
    for (int i = 0; i < max_waits && running() && replayed_.stopped_at.empty(); ++i) take(rehearsal_.wait(longest_wait));
  }

  engine::Instant last_instant() const {
    auto last = recorded_.conversation.started_at;
    for (const auto& message : recorded_.transcript) last = std::max(last, message.at);
    return last;
  }

  bool running() const {
    const auto current = rehearsal_.conversation();
    return current && !current->is_over();
  }

  void take(Heard heard) {
    for (int i = 0; i < max_calls_in_a_row; ++i) {
      texts_.insert(texts_.end(), heard.texts.begin(), heard.texts.end());
      const auto call = rehearsal_.pending_call();
      if (!call || !answer(*call, heard)) return;
    }
  }

  // False when it is not known what the call was answered.
  bool answer(const engine::CallRequest& call, Heard& heard) {
    const auto current = rehearsal_.conversation();
    const auto known = calls_.find(current->step);
    auto& count = answered_[current->step];
    if (!current->inside.empty() || known == calls_.end() || count >= known->second.size()) {
      replayed_.stopped_at = current->step;
      return false;
    }
    const bool ok = known->second[count++];
    replayed_.calls_guessed = replayed_.calls_guessed || (ok && !call.save.empty());
    heard = ok ? rehearsal_.answer(call, 200, body_for(call)) : rehearsal_.answer(call, 0);
    return true;
  }

  std::string body_for(const engine::CallRequest& call) const {
    std::vector<std::pair<std::string, flows::Value>> values;
    for (const auto& [path, pointer] : call.save) {
      const auto parsed = flows::parse_path(path);
      const auto& kept = parsed && parsed->root == flows::Path::Root::contact ? recorded_.fields_now : recorded_.conversation.vars;
      const auto* value = parsed ? flows::find(kept, parsed->name) : nullptr;
      values.emplace_back(pointer, value == nullptr ? flows::Value{} : *value);
    }
    return call_body(values);
  }

  void compare() {
    const auto now = rehearsal_.conversation();
    const bool whole = replayed_.stopped_at.empty();
    if (whole) {
      const auto was = outcome_text(recorded_.conversation), would_be = outcome_text(now);
      if (was != would_be) replayed_.differences.push_back({What::outcome, "", was, would_be});
      compare_answers(now ? now->answers : engine::Values{});
    }
    std::vector<std::string> sent;
    for (const auto& message : recorded_.transcript) {
      if (message.direction == engine::Direction::out) sent.push_back(message.text);
    }
    const auto count = whole ? std::max(sent.size(), texts_.size()) : std::min(sent.size(), texts_.size());
    for (std::size_t i = 0; i < count; ++i) {
      const auto was = i < sent.size() ? sent[i] : "", would_be = i < texts_.size() ? texts_[i] : "";
      if (was != would_be) replayed_.differences.push_back({What::text, std::to_string(i + 1), was, would_be});
    }
  }

  void compare_answers(const engine::Values& now) {
    const auto text = [](const flows::Value* value) { return value == nullptr ? std::string() : webhooks::dump(webhooks::to_json(*value)); };
    const auto& before = recorded_.conversation.answers;
    for (const auto& [name, value] : before) {
      const auto* other = flows::find(now, name);
      if (other == nullptr || *other != value) replayed_.differences.push_back({What::answer, name, text(&value), text(other)});
    }
    for (const auto& [name, value] : now) {
      if (flows::find(before, name) == nullptr) replayed_.differences.push_back({What::answer, name, "", text(&value)});
    }
  }

  const Recorded& recorded_;
  std::map<std::string, std::vector<bool>> calls_;
  std::map<std::string, std::size_t> answered_;
  Rehearsal rehearsal_;
  std::size_t next_ = 0;
  std::vector<std::string> texts_;
  Replayed replayed_;
};

}  // namespace

Replayed replay(const Recorded& recorded, const std::vector<flows::FlowPtr>& flows, const ReplaySettings& settings) {
  Replayed refused;
  // Moving to another revision begins the trail anew.
  if (recorded.conversation.trail.empty() && !recorded.conversation.interactions.empty()) refused.not_compared = "moved to its revision on the way";
  if (recorded.contact.phone.empty()) refused.not_compared = "erased";
  return refused.not_compared.empty() ? Playback(recorded, flows, settings).run() : refused;
}

}  // namespace answerback::server
