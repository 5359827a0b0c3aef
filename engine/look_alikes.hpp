// Letters of other scripts that look Latin, and styled Latin letters that Unicode's own folding leaves alone.
#pragma once

#include <string>
#include <string_view>

namespace answerback::engine {

// "ѕтор" in Cyrillic becomes "stop". Everything else stays as it is.
std::string latinised(std::string_view text);

}  // namespace answerback::engine
