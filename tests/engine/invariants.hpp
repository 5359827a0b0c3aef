// What must hold of a contact's whole history, whatever happened. Returns what is broken, "" when nothing is.
#pragma once

#include <string>

#include "tests/engine/rig.hpp"

namespace answerback::tests {

std::string broken(const Rig& rig);

// Is this decision fit for this situation: does it speak to nobody who has opted out, and only in conversations it may touch?
std::string broken(const engine::Situation& before, const engine::Decision& decision);

// Equal in everything that is stored or sent.
bool same(const engine::Decision& a, const engine::Decision& b);

}  // namespace answerback::tests
