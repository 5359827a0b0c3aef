// Makes the request of a `call` step: everything rendered but the secrets, which are put in when it leaves.
#pragma once

#include "engine/decide/scope.hpp"

namespace answerback::engine {

// Placeholders in the URL are percent-encoded (RFC 3986), those in header values lose their line breaks.
CallRequest request_of(const flows::Call& call, const Scope& scope, const Conversation& conversation, Origin origin, Instant now);

}  // namespace answerback::engine
