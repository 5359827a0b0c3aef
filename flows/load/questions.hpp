// Reads `ask` steps: the question, what it accepts, and what follows replies that are not understood and silence.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// What holds where a question says nothing itself.
struct QuestionDefaults {
  Unclear unclear{{}, {}, 2, Ending{Outcome::bailed, "not_understood"}};
  Silent silent{{}, std::chrono::hours(72), Ending{Outcome::discarded, "no_reply"}};
  bool confirm = false;
};

// The flow's own `defaults`, over those of the format.
QuestionDefaults read_defaults(Loading& loading, Fields& flow);

// `fields` is the step's object; the caller reports what is left over in it.
Ask read_ask(Loading& loading, Fields& fields, const std::string& step, const QuestionDefaults& defaults);

}  // namespace answerback::flows
