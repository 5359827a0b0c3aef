// The invariants, each judged by what the world outside has seen and what the store says: docs/guarantees.md in the words of a checker.
#pragma once

#include <set>
#include <string>

namespace answerback::simulate {

class Town;

// When a machine has ended: of the texts that its disk knows as under way, each stood before its first byte or was behind it.
void check_marks(Town& town, const std::set<std::string>& standing);
// While much still waits: no news of consent waits behind what fails, and none of an opt-out behind anything else.
void check_consent_news(Town& town);
// When all has healed and the world has long been quiet.
void check_end(Town& town);

}  // namespace answerback::simulate
