// Notes of a flow's author: `//` and `/* */` between values, which the JSON reader passes over, and members called "$comment".
#pragma once

#include <string_view>

#include "flows/json/json.hpp"

namespace answerback::flows {

inline constexpr std::string_view comment_member = "$comment";

// Takes every "$comment" with a text out, but for those in the body of a `call`, which is sent as it stands.
void drop_comments(Json& json);
// False where there are none for certain: most files have none.
bool may_hold_comments(std::string_view source);

}  // namespace answerback::flows
