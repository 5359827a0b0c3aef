// One contact on a virtual clock, with what a store would keep between two stimuli held in memory. Fires timers when their
// instant comes, hands nothing over by itself. Flows come from tests/engine/flows/.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/decide.hpp"

namespace answerback::tests {

class Rig {
 public:
  Rig();

  // Publishes tests/engine/flows/<file>; a flow that does not load fails the test.
  Rig& publish(const std::string& file, std::uint32_t revision = 1);
  // A flow that no author could publish: it asks for ever and, answered "no", sets a variable for ever. The engine's own bounds
  // must hold all the same.
  Rig& publish_circle();
  Rig& publish_source(std::string_view source, std::uint32_t revision = 1);

  engine::Decision apply(const engine::Stimulus& stimulus);
  engine::Decision text(const std::string& text);
  engine::Decision start(const std::string& flow);
  engine::Decision start(const engine::Campaign& campaign);
  engine::Decision answer_call(bool ok, engine::Values values);  // the last one that was made
  // Lets time pass and fires the timers that come due, each at its instant. Returns what they decided.
  std::vector<engine::Decision> wait(engine::Duration duration);

  engine::Situation situation(const engine::Stimulus& stimulus) const;
  const engine::Conversation& last() const;                    // the youngest conversation
  std::vector<std::string> said() const;                       // texts of all outgoing messages
  std::vector<std::string> told() const;                       // types of all events
  const engine::Event* event(engine::Event::Type type) const;  // the last of that type

  engine::FlowBook flows;
  engine::Settings settings;
  engine::EventWishes wishes;
  engine::Instant now;
  engine::Contact contact;
  bool is_new = true;
  std::map<engine::ConversationId, engine::Conversation> conversations;
  std::vector<engine::Message> messages;
  std::vector<engine::LedgerRow> ledger;
  std::vector<engine::Event> events;
  std::vector<engine::CallRequest> calls;
  std::map<std::int64_t, engine::CampaignEntry> entries;

 private:
  flows::Flow load(std::string_view source) const;
  void keep(const engine::Decision& decision);
  std::optional<engine::Conversation> active() const;
  std::optional<engine::Conversation> subject(const engine::Message& message) const;
};

std::vector<std::string> texts(const engine::Decision& decision);  // outgoing ones
std::vector<std::string> types(const engine::Decision& decision);  // of its events

}  // namespace answerback::tests
