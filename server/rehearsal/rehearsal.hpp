// One contact talking to one flow, with the very same engine and batch code as the server, on a store in memory and a clock
// that moves only when told to. Behind `chat`, `test` and `replay`. Nothing ever leaves it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.hpp"
#include "server/clock.hpp"
#include "server/loop/turns.hpp"

namespace answerback::server {

// What one thing that happened led to.
struct Heard {
  std::vector<std::string> texts;                  // that went out, in order
  std::vector<webhooks::RenderedEvent> events;
  std::optional<engine::Conversation> ended;       // with its outcome, when it ended now
  std::string why;                                 // it did, in words, where the reason does not say it all: flow_error
  std::vector<engine::CallRequest> calls;          // that were made now; nothing leaves, answer() is what comes back
  engine::Refusal refusal = engine::Refusal::none;
};

inline constexpr std::string_view rehearsed_phone = "+15125550142";  // a number set aside for fiction

struct RehearsalOptions {
  engine::Settings settings;
  std::string zone = "UTC";                        // of contacts that name none, and of the office
  std::vector<flows::FlowPtr> others;              // flows that it may run, or that a text may start
  std::uint32_t revision = 1;
  std::optional<engine::Contact> contact;          // who it is with, known already; nothing: a new one
  std::string phone{rehearsed_phone};              // of a new one
};

class Rehearsal {
 public:
  Rehearsal(flows::FlowPtr flow, engine::Values contact_fields, engine::Instant at, RehearsalOptions options = {});
  ~Rehearsal();

  Heard start(const std::string& sender = "");     // as by the API, from this number of ours
  Heard say(const std::string& text, std::vector<std::string> media = {});  // a text from the contact
  Heard receive(engine::Inbound inbound);          // the same with all that a carrier says; `from` and the time are set here
  Heard wait(flows::Duration duration);            // every timer on the way fires at its own instant
  // What the other side says to a call, read as a real answer is. Status 0: nobody answers.
  Heard answer(const engine::CallRequest& call, int status, const std::string& body = "");
  std::optional<engine::CallRequest> pending_call() const;  // that the conversation waits for now
  Heard end(engine::Outcome outcome, const std::string& reason);   // from outside, as by an operator

  engine::Instant now() const;
  std::optional<engine::Conversation> conversation() const;  // the latest one
  std::optional<engine::Contact> contact() const;
  // Everything that it went through, each conversation as it is now, oldest first.
  const std::map<engine::ConversationId, engine::Conversation>& conversations() const;
  // The steps passed inside each subflow, by its name.
  const std::map<std::string, std::vector<flows::Passage>>& inner_passages() const;
  std::vector<std::string> passed() const;         // names of the flow's steps that were reached, each once, in order

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
