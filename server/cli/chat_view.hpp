// The ways in which `chat` shows what it hears: a phone for a terminal, plain lines, or one JSON object a line (docs/flows.md).
#pragma once

#include <memory>
#include <string>

#include "server/rehearsal/conversation_script.hpp"

namespace answerback::server {

class ChatView {
 public:
  virtual ~ChatView() = default;
  virtual void ours(const ScriptTurn&) {}
  virtual void heard(const Heard& heard) = 0;
  virtual void note(const std::string& text) = 0;   // for the person alone
  virtual void detail(const std::string&) {}        // how it works inside: shown on a terminal
  virtual void prompt() {}
};

std::unique_ptr<ChatView> json_chat_view();
std::unique_ptr<ChatView> plain_chat_view();
std::unique_ptr<ChatView> phone_chat_view();

}  // namespace answerback::server
