// Where a step can lead, each exit with a number that stays the same as long as the revision lives: what the checks walk along,
// what a conversation's trail is written in, what coverage and drawings count.
#pragma once

#include <cstdint>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

struct Exit {
  enum class Kind : std::uint8_t { next, unclear, silent, failed, reply, way };
  Kind kind = Kind::next;
  const Target* to = nullptr;
  const Condition* when = nullptr;  // of `next` and `reply`: the branch's condition
  const Way* way = nullptr;         // of `way`
  const Run::Failure* failure = nullptr;  // of `failed` of a run
};

// In the order of their numbers.
std::vector<Exit> exits(const Step& step);

using ExitNumber = std::uint16_t;
// The number of the `nth` exit of a kind.
ExitNumber exit_number(const Step& step, Exit::Kind kind, std::size_t nth = 0);

// Numbers of what is no exit of the step itself.
inline constexpr ExitNumber exit_anytime = 10'000;  // + the entry's index
inline constexpr ExitNumber exit_outside = 20'000;  // something from outside the flow ended the conversation there
inline constexpr ExitNumber exit_error = 20'001;    // it ended there with flow_error
inline constexpr ExitNumber exit_end = 20'002;      // the step is an outcome by itself

// One step passed: the way out of it that was taken.
struct Passage {
  StepIndex step = 0;
  ExitNumber exit = 0;
  bool operator==(const Passage&) const = default;
};

const Branches& next_of(const Step& step);

std::vector<const Target*> ways(const Step& step);

// Only those taken without a word from the contact: of a question, the way that silence takes.
std::vector<const Target*> ways_without_reply(const Step& step);

// The steps among the targets.
std::vector<StepIndex> steps_among(const std::vector<const Target*>& targets);

// The same where nobody ever replies: another flow then does not complete.
std::vector<const Target*> ways_in_silence(const Step& step);

bool is_question(const Step& step);
// What a step keeps as an answer: a question's reply, or what was understood during a pause.
struct Answer {
  const std::string& name;
  const Expect& expect;
};
std::optional<Answer> answer_of(const Step& step);
// Does the conversation wait there, so that time passes before it goes on?
bool is_pause(const Step& step);
// May a phrase of `anytime` be heard there? Wherever a text may come while the conversation stands at it, inside another flow too.
bool hears_phrases(const Step& step);

}  // namespace answerback::flows
