// What was expected beside what came, line by line, for people.
#pragma once

#include <string>
#include <vector>

namespace answerback::server {

// Lines that both have stand once behind two blanks; others behind `-` and `+`, and where such a pair begins alike, a line below
// shows how far.
std::vector<std::string> text_diff(const std::vector<std::string>& expected, const std::vector<std::string>& got);

}  // namespace answerback::server
