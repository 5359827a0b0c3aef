// The life of a conversation, as one small machine (Boost.MSM behind it) that is total over state x signal. An ended
// conversation accepts nothing: that is how exactly one outcome is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace answerback::engine {

enum class Life : std::uint8_t { fresh, running, waiting, completed, bailed, discarded };

enum class LifeSignal : std::uint8_t { begin, ask, reply, silence, complete, bail, discard };

struct LifeStep {
  Life to = Life::fresh;
  bool accepted = false;
  bool operator==(const LifeStep&) const = default;
};

LifeStep advance(Life from, LifeSignal signal);

bool ended(Life life);
std::string_view to_string(Life life);
std::string_view to_string(LifeSignal signal);
std::optional<Life> parse_life(std::string_view text);

}  // namespace answerback::engine
