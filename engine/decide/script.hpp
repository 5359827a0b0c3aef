// Runs the steps of one conversation's flow: says, asks, branches, and reads the replies to what was asked. Works on the
// turn's running conversation, which afterwards waits for a reply or has ended. Total: whatever is wrong with the flow at
// run time ends the conversation `bailed / flow_error`.
#pragma once

#include <string>

#include "engine/decide/turn.hpp"
#include "flows/understand.hpp"

namespace answerback::engine {

class Script {
 public:
  // `turn` must have a running conversation and outlive this.
  explicit Script(Turn& turn);

  void start();
  void reply(const std::string& text);
  void silence();  // its time has come: a reminder, or the end of waiting

 private:
  bool take_turn();
  const flows::Ask* open_question() const;

  void go(const flows::Target* target);
  const flows::Target* run(const flows::Step& step);  // null: the question waits
  const flows::Target* choose(const flows::Branches& branches) const;
  void assign_all(const flows::Set& set);

  void put(const flows::Step& step, const flows::Ask& ask);
  void read(const flows::Ask& ask, const std::string& text);
  flows::ReplyContext reply_context() const;
  void take_answer(const flows::Ask& ask, const std::string& text, flows::Value value);
  void unclear(const flows::Ask& ask);
  void set_due(const flows::Ask& ask);

  std::string wording(const flows::Wording& wording) const;
  std::string text(const flows::Text& text) const;
  void say(std::string text);
  const flows::Value* value(const flows::Path& path) const;
  flows::Lookup lookup() const;

  Turn& turn_;
  flows::FlowPtr flow_;
  flows::Value phone_;
  flows::Value brand_;
};

}  // namespace answerback::engine
