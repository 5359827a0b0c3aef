// Runs the steps of one conversation's flow: says, asks, branches, pauses, calls, and reads the replies to what was asked. Works on
// the turn's running conversation, which afterwards waits or has ended. Total: whatever is wrong with the flow at run time ends the
// conversation `bailed / flow_error`.
// script.cpp walks from step to step; script_verbs.cpp does what each says; script_replies.cpp reads; script_time.cpp waits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/phrases.hpp"
#include "engine/decide/scope.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/understand/understand.hpp"
#include "flows/understand/why_refused.hpp"
#include "flows/ways.hpp"

namespace answerback::engine {

class Script {
 public:
  // `turn` must have a running conversation and outlive this.
  explicit Script(Turn& turn);

  void start();
  // Would the open question take what was `said`, which is `word`, as an answer? `own_language`: the word is of a language that is spoken
  // with the contact. Changes nothing.
  bool would_take(const Inbound& inbound, std::string_view said, std::string_view word, bool own_language);
  void reply(const Inbound& inbound, std::string_view said);  // `said`: what the person meant to say with it
  void due();  // its time has come: a reminder, the end of waiting, of a pause, of patience with a call
  void answered(const CallAnswered& answer);

  // What a touch on one of our texts says to the pending question: "yes", "no", in the conversation's language, or nothing.
  std::string_view meant_by(const Reaction& reaction);
  bool is_ours(const Reaction& reaction);   // does it quote a text of ours?
  bool is_choice(std::string_view said);    // is it a choice that the pending question gives?

 private:
  // Where the current step leads, and by which of its exits.
  struct Move {
    flows::Target to;
    flows::ExitNumber exit = 0;
  };
  using Next = std::optional<Move>;  // nothing: the conversation waits or has ended
  struct DoVerb;

  // ---- walking ----
  bool take_turn();
  const flows::Step* waiting_step() const;
  const flows::Ask* pending_question() const;
  std::vector<std::string> last_put(const flows::Ask& ask);
  void go(Next next);
  Next follow(const Move& move);
  Next enter(flows::StepIndex index);
  Next finish(const Ending& ending);
  // `why`: for the person who takes over; nothing that anybody wrote.
  Next fail(std::string_view why);
  // `first`: the number of the exit that the first branch is.
  Next choose(const flows::Branches& branches, flows::ExitNumber first = 0) const;
  void note(flows::ExitNumber exit);
  const flows::Step& step() const { return scope_.flow()->steps[at_]; }

  // ---- verbs ----
  Next put(const flows::Ask& ask);
  Next ask_again(const flows::Ask& ask, std::string text);
  Next nothing_to_choose(const flows::Ask& ask);
  Next begin_subflow(const flows::Run& run);
  Next after_failure(const flows::Run& run, const Ending& ending) const;
  bool leave_subflow();
  Next pause(const flows::Wait& wait);
  Next call(const flows::Call& call);
  Next split(const flows::Split& experiment);
  std::optional<Prefilled> take_prefilled();

  // ---- replies ----
  Next hear(const flows::Step& waiting);
  Next read(const flows::Ask& ask);
  Next read_confirmation(const flows::Ask& ask);
  Next read_pick(const flows::Ask& ask);
  Next meanwhile(const flows::Step& waiting);
  Next take(const flows::Ask& ask, flows::Understood understood, std::string reply);
  Next accept(const flows::Ask& ask, flows::Value value, std::string reply, bool sure = true);
  void keep(const std::string& answer, const flows::Expect& expect, flows::Value value, std::string reply, bool sure);
  Next read_value_back(const flows::Ask& ask, const flows::Value& value, std::string reply);
  Next offer_back(const flows::Ask& ask, const flows::Understood& understood);
  Next unclear(const flows::Ask& ask, flows::Refusal cause);
  Next put_again(const flows::Ask& ask, const flows::Wording& question);
  std::string pending_text(const flows::Ask& ask, const flows::Wording& question);
  bool wants_to_skip(const flows::Ask& ask);
  Next skip(const flows::Ask& ask);
  // The question's own expectation, or the choices that its list holds now. Valid until it is asked again.
  const flows::Expect& accepted(const flows::Expect& expect);
  Next answer_pause(const flows::Wait& pausing);
  Next interrupt_or_unclear(const flows::Ask& ask);
  Next interrupt(std::size_t level, std::size_t entry);
  Next resume(const flows::Anytime& entry);
  Next go_back(const flows::Anytime& entry, flows::ExitNumber exit);
  std::optional<Next> interrupted(bool whole_reply);
  bool change_language();
  void speak(const std::string& language);
  flows::Understood understand(const flows::Expect& expect);
  flows::ReplyContext reply_context(std::string language) const;
  void look_ahead(flows::Span used);

  // ---- time ----
  Next silence(const flows::Ask& ask);
  void wait();
  Instant next_look() const;

  void say(std::string text);

  Turn& turn_;
  Scope scope_;
  flows::StepIndex at_ = 0;
  std::uint32_t steps_ = 0;            // passed in this turn
  const Inbound* heard_ = nullptr;     // the text that this turn is about, as it came
  std::string_view said_;              // what is read of it
  flows::Expect listed_;               // a question's choices as its list has them (accepted)
  std::vector<std::string> noted_;     // what was taken without a question, to be said before the next text
};

}  // namespace answerback::engine
