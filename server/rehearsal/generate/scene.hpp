// A conversation at one moment, as a value that can be copied and gone on with in several ways: the engine alone, without a store.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/decide.hpp"
#include "flows/understand/understand.hpp"
#include "server/rehearsal/conversation_script.hpp"

namespace answerback::server {

struct Scene {
  engine::Contact contact;
  bool is_new = false;
  std::optional<engine::Conversation> conversation;  // as it is now, perhaps over
  std::optional<engine::CallRequest> call;           // the latest that was made
  engine::Instant now;

  bool over() const { return !conversation || conversation->is_over(); }
};

class Stage {
 public:
  // `flows`: the flow itself, then those that it runs.
  explicit Stage(std::vector<flows::FlowPtr> flows);
  ~Stage();

  const flows::Flow& flow() const { return *flows_.front(); }
  const std::vector<flows::FlowPtr>& flows() const { return flows_; }

  // Started as by the API.
  Scene begin(const engine::Values& fields, std::optional<engine::ContactKey> as) const;
  Scene after(const Scene& scene, const ScriptTurn& turn) const;

  // The innermost flow that runs and the step at which it waits; null when there is none.
  const flows::Flow* flow_of(const engine::Conversation& conversation) const;
  const flows::Step* step_of(const engine::Conversation& conversation) const;
  // Of our own flow.
  std::optional<flows::StepIndex> outer_step(const engine::Conversation& conversation) const;
  flows::ReplyContext context(const Scene& scene, const flows::Flow& flow) const;

 private:
  Scene decided(Scene scene, const engine::Stimulus& stimulus) const;

  std::vector<flows::FlowPtr> flows_;
  engine::FlowBook book_;
  engine::Settings settings_;
  struct Clocks;
  std::unique_ptr<Clocks> clocks_;
};

}  // namespace answerback::server
