// Choices that come from a list, which a call brought: {"choice": {"from": "vars.slots", "keys": "vars.slot_ids"}}.
#pragma once

#include "flows/expect.hpp"

namespace answerback::flows {

bool is_listed(const Expect& expect);

// The choices as the list holds them now, 100 at most: each entry by its own words, or by the key that stands at its place. None when
// nothing is there.
ExpectChoice listed_choices(const ExpectChoice& expect, const Lookup& lookup);

}  // namespace answerback::flows
