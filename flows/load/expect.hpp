// Reads what a question accepts: `"yes_no"`, `{"number": {"min": 0}}`, `{"choice": {"repair": ["1", "fix"]}}`.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

Expect read_expect(Loading& loading, const Part& part);

// The options of a kind by themselves; `part` is what stands behind the kind's name.
Expect read_kind(Loading& loading, const std::string& kind, const Part& part);

// `"confirm"` among the options of any kind in `part`, an `expect`; nothing when it says nothing.
std::optional<bool> read_confirm(Loading& loading, const Part& part);

}  // namespace answerback::flows
