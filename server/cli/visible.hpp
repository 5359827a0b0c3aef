// Text from a flow or a caller as a terminal may show it: what would move the cursor, change colours or turn the direction of the
// letters is shown as a picture of itself.
#pragma once

#include <string>
#include <string_view>

namespace answerback::server {

// Line feeds stay, unless `one_line`. "\x1b[2J" -> "␛[2J", U+202E -> "<U+202E>", a byte that is no UTF-8 -> "�".
std::string visible(std::string_view text, bool one_line = false);

}  // namespace answerback::server
