#include "engine/consent.hpp"

#include "engine/machine_impl.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<4> consent_names{"unknown", "pending", "opted_in", "opted_out"};
constexpr Names<8> consent_signal_names{"stop", "start", "trigger", "manual_out", "manual_in", "carrier_out", "ask_double", "confirm"};

// An opt-out ends by START or by recorded consent, by nothing else a contact may write (47 CFR 64.1200(a)(10) makes
// the revocation binding; whatever could be read as consent "by the way" would undo it).
struct ConsentTable {
  using State = Consent;
  using Signal = ConsentSignal;
  using Rows = boost::mpl::vector<
      Row<State::unknown, Signal::stop, State::opted_out>,
      Row<State::unknown, Signal::start, State::opted_in>,
      Row<State::unknown, Signal::trigger, State::opted_in>,
      Row<State::unknown, Signal::manual_out, State::opted_out>,
      Row<State::unknown, Signal::manual_in, State::opted_in>,
      Row<State::unknown, Signal::carrier_out, State::opted_out>,
      Row<State::unknown, Signal::ask_double, State::pending>,
      Row<State::pending, Signal::stop, State::opted_out>,
      Row<State::pending, Signal::start, State::opted_in>,
      Row<State::pending, Signal::manual_out, State::opted_out>,
      Row<State::pending, Signal::manual_in, State::opted_in>,
      Row<State::pending, Signal::carrier_out, State::opted_out>,
      Row<State::pending, Signal::confirm, State::opted_in>,
      Row<State::opted_in, Signal::stop, State::opted_out>,
      Row<State::opted_in, Signal::manual_out, State::opted_out>,
      Row<State::opted_in, Signal::carrier_out, State::opted_out>,
      Row<State::opted_out, Signal::start, State::opted_in>,
      Row<State::opted_out, Signal::manual_in, State::opted_in>>;
};

}  // namespace

ConsentStep advance(Consent from, ConsentSignal signal) {
  static const Machine<ConsentTable, consent_names.size(), consent_signal_names.size()> machine;
  const auto move = machine.move(from, signal);
  return {move.to, move.to != from};
}

std::string_view to_string(Consent consent) { return name_of(consent_names, consent); }
std::string_view to_string(ConsentSignal signal) { return name_of(consent_signal_names, signal); }
std::optional<Consent> parse_consent(std::string_view text) { return named<Consent>(consent_names, text); }

}  // namespace answerback::engine
