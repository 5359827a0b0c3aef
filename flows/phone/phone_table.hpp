// Which numbers are in use, by a table that ages. Good for a doubt about what someone typed, never for refusing a text.
#pragma once

#include <string_view>

namespace answerback::flows {

// Does the numbering plan of its country have this E.164 number? False for calling codes that the table does not know.
bool is_in_numbering_plan(std::string_view e164);

}  // namespace answerback::flows
