#include "server/rehearsal/generate/scene.hpp"

#include "engine/country.hpp"
#include "flows/text/text.hpp"
#include "server/config/zone.hpp"
#include "server/loop/turns.hpp"
#include "webhooks/call.hpp"

namespace answerback::server {

struct Stage::Clocks {
  mutable Zones zones{"UTC", usual_start};
};

Stage::Stage(std::vector<flows::FlowPtr> flows) : flows_(std::move(flows)), clocks_(std::make_unique<Clocks>()) {
  for (const auto& flow : flows_) book_.publish(flow, 1);
  settings_.office_clock = clocks_->zones.by_default();
}

Stage::~Stage() = default;

Scene Stage::begin(const engine::Values& fields, std::optional<engine::ContactKey> as) const {
  Scene scene;
  scene.now = usual_start;
  scene.contact.key = as.value_or(engine::ContactKey{1});
  scene.contact.phone = rehearsed_phone;
  scene.is_new = !as;
  if (!fields.empty()) scene = decided(std::move(scene), engine::UpsertContact{fields});
  return decided(std::move(scene), engine::Start{flow().name, "", {}, std::nullopt});
}

Scene Stage::decided(Scene scene, const engine::Stimulus& stimulus) const {
  engine::Situation situation;
  situation.contact = scene.contact;
  situation.is_new = scene.is_new;
  if (!scene.over()) situation.active = scene.conversation;
  situation.clock = clocks_->zones.of(scene.contact);
  auto decision = engine::decide(situation, stimulus, book_, settings_, {}, scene.now);
  if (decision.contact_changed) {
    scene.contact = std::move(decision.contact);
    scene.is_new = false;
  }
  if (!decision.conversations.empty()) scene.conversation = std::move(decision.conversations.back());
  if (!decision.calls.empty()) scene.call = std::move(decision.calls.back());
  return scene;
}

Scene Stage::after(const Scene& scene, const ScriptTurn& turn) const {
  auto next = scene;
  switch (turn.kind) {
    case ScriptTurn::Kind::start: return decided(std::move(next), engine::Start{flow().name, "", {}, std::nullopt});
    case ScriptTurn::Kind::wait:
      next.now += turn.wait;
      return decided(std::move(next), engine::TimerDue{scene.conversation->id, scene.conversation->turn});
    case ScriptTurn::Kind::call: return decided(std::move(next), webhooks::read_call_answer(*scene.call, turn.status, turn.body).answer);
    case ScriptTurn::Kind::start_text:
    case ScriptTurn::Kind::reply: break;
  }
  engine::Inbound inbound;
  inbound.carrier = stored_only_carrier;
  inbound.from = scene.contact.phone;
  inbound.text = flows::clean_utf8(turn.text);
  inbound.media = turn.media;
  inbound.received_at = scene.now;
  return decided(std::move(next), inbound);
}

const flows::Flow* Stage::flow_of(const engine::Conversation& conversation) const {
  const auto& name = conversation.inside.empty() ? conversation.flow : conversation.inside.back().flow;
  for (const auto& flow : flows_) {
    if (flow->name == name) return flow.get();
  }
  return nullptr;
}

const flows::Step* Stage::step_of(const engine::Conversation& conversation) const {
  const auto* found = flow_of(conversation);
  const auto index = found ? found->find(conversation.step) : std::nullopt;
  return index ? &found->steps[*index] : nullptr;
}

std::optional<flows::StepIndex> Stage::outer_step(const engine::Conversation& conversation) const {
  return flow().find(conversation.inside.empty() ? conversation.step : conversation.inside.front().step);
}

flows::ReplyContext Stage::context(const Scene& scene, const flows::Flow& flow) const {
  const auto clock = clocks_->zones.of(scene.contact);
  const auto local = clock->local(scene.now);
  const auto language = scene.conversation && !scene.conversation->language.empty() ? scene.conversation->language : flow.language;
  return {std::chrono::sys_days(flows::day_of(local).time_since_epoch()), language, flows::time_of_day(local), clock.get(), {}, scene.contact.phone, engine::country_of(scene.contact)};
}

}  // namespace answerback::server
