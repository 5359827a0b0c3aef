// What each stimulus does. One overload per alternative of Stimulus; all are total.
#pragma once

#include "engine/decide/turn.hpp"

namespace answerback::engine {

void handle(Turn& turn, const Inbound& inbound);
void handle(Turn& turn, const TimerDue& timer);
void handle(Turn& turn, const Start& start);
void handle(Turn& turn, const OperatorEnd& end);
void handle(Turn& turn, const ManualConsent& consent);
void handle(Turn& turn, const UpsertContact& upsert);
void handle(Turn& turn, const Handover& handover);
void handle(Turn& turn, const Receipt& receipt);
void handle(Turn& turn, const CallAnswered& answer);
void handle(Turn& turn, const Migrate& migrate);

// Of a text that could not be handled: it is filed, and heard if it asks to stop. Looks at no flow.
void salvage(Turn& turn, const Inbound& inbound);

}  // namespace answerback::engine
