// What a contact allows, as one small machine (Boost.MSM behind it) that is total over status x signal.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace answerback::engine {

enum class Consent : std::uint8_t { unknown, pending, opted_in, opted_out };

// What can happen to consent. `trigger` is a keyword that starts a flow: texting in is opting in, but never ends an opt-out.
enum class ConsentSignal : std::uint8_t { stop, start, trigger, manual_out, manual_in, carrier_out, ask_double, confirm };

struct ConsentStep {
  Consent to = Consent::unknown;
  bool changed = false;  // a ledger row and an event are due
  bool operator==(const ConsentStep&) const = default;
};

ConsentStep advance(Consent from, ConsentSignal signal);

std::string_view to_string(Consent consent);
std::string_view to_string(ConsentSignal signal);
std::optional<Consent> parse_consent(std::string_view text);

}  // namespace answerback::engine
