// What a conversation test names of something that has more to it: a call that was made, an outcome. It is compared by members;
// what a test does not name may be anything.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/decide.hpp"
#include "server/rehearsal/conversation_script.hpp"

namespace answerback::server {

using TestJson = nlohmann::ordered_json;

// Objects agree when each member that `wanted` names does; null stands for a member that is not there; all else must be equal.
bool agrees(const TestJson& wanted, const TestJson& got);

// What `got` has for the members that `wanted` names.
TestJson told(const TestJson& wanted, const TestJson& got);

// {"method","url","headers","body"}: as the turn names them, and as the call was made. Of a header that holds a secret there is
// the secret's name.
TestJson expected_call(const ScriptTurn& turn);
TestJson made_call(const engine::CallRequest& call);

}  // namespace answerback::server
