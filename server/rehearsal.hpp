// One contact talking to one flow, with the very same engine and batch code as the server, on a store in memory and a clock
// that moves only when told to. Behind `chat` and `test`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "server/clock.hpp"
#include "server/turns.hpp"

namespace answerback::server {

// What one thing that happened led to.
struct Heard {
  std::vector<std::string> texts;                  // that went out, in order
  std::vector<webhooks::RenderedEvent> events;
  std::optional<engine::Conversation> ended;       // with its outcome, when it ended now
  std::vector<engine::CallRequest> calls;          // that were made now; nothing leaves, answer() is what comes back
  engine::Refusal refusal = engine::Refusal::none;
};

class Rehearsal {
 public:
  Rehearsal(flows::FlowPtr flow, engine::Values contact_fields, engine::Instant at, engine::Settings settings = {});
  ~Rehearsal();

  Heard start();                                   // as by the API
  Heard say(const std::string& text);              // a text from the contact
  Heard wait(flows::Duration duration);            // every timer on the way fires at its own instant
  // What the other side says to a call, read as a real answer is. Status 0: nobody answers.
  Heard answer(const engine::CallRequest& call, int status, const std::string& body = "");
  std::optional<engine::CallRequest> pending_call() const;  // that the conversation waits for now

  engine::Instant now() const;
  std::optional<engine::Conversation> conversation() const;  // the latest one
  const std::vector<std::string>& passed() const;  // names of the steps that were reached, each once, in order

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
