#include "engine/consent.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "engine/matrix.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<4> consent_names{"unknown", "pending", "opted_in", "opted_out"};
constexpr Names<8> signal_names{"stop", "start", "trigger", "manual_out", "manual_in", "carrier_out", "ask_double", "confirm"};

template <ConsentSignal signal>
struct On {};

template <Consent consent>
struct In : boost::msm::front::state<> {
  template <typename Event, typename Machine>
  void on_entry(const Event&, Machine& machine) {
    machine.consent = consent;
  }
};

// MSM has no public way to put a machine into a stored state, so the state it begins in is a parameter of the machine.
template <Consent first>
struct Front : boost::msm::front::state_machine_def<Front<first>> {
  using initial_state = In<first>;
  using no_exception_thrown = int;
  using no_message_queue = int;

  template <Consent from, ConsentSignal signal, Consent to>
  using Row = boost::msm::front::Row<In<from>, On<signal>, In<to>>;

  // An opt-out ends by START or by recorded consent, by nothing else a contact may write (47 CFR 64.1200(a)(10) makes
  // the revocation binding; whatever could be read as consent "by the way" would undo it).
  using transition_table = boost::mpl::vector<
      Row<Consent::unknown, ConsentSignal::stop, Consent::opted_out>,
      Row<Consent::unknown, ConsentSignal::start, Consent::opted_in>,
      Row<Consent::unknown, ConsentSignal::trigger, Consent::opted_in>,
      Row<Consent::unknown, ConsentSignal::manual_out, Consent::opted_out>,
      Row<Consent::unknown, ConsentSignal::manual_in, Consent::opted_in>,
      Row<Consent::unknown, ConsentSignal::carrier_out, Consent::opted_out>,
      Row<Consent::unknown, ConsentSignal::ask_double, Consent::pending>,
      Row<Consent::pending, ConsentSignal::stop, Consent::opted_out>,
      Row<Consent::pending, ConsentSignal::start, Consent::opted_in>,
      Row<Consent::pending, ConsentSignal::manual_out, Consent::opted_out>,
      Row<Consent::pending, ConsentSignal::manual_in, Consent::opted_in>,
      Row<Consent::pending, ConsentSignal::carrier_out, Consent::opted_out>,
      Row<Consent::pending, ConsentSignal::confirm, Consent::opted_in>,
      Row<Consent::opted_in, ConsentSignal::stop, Consent::opted_out>,
      Row<Consent::opted_in, ConsentSignal::manual_out, Consent::opted_out>,
      Row<Consent::opted_in, ConsentSignal::carrier_out, Consent::opted_out>,
      Row<Consent::opted_out, ConsentSignal::start, Consent::opted_in>,
      Row<Consent::opted_out, ConsentSignal::manual_in, Consent::opted_in>>;

  // What no row names changes nothing; MSM would assert.
  template <typename Event, typename Machine>
  void no_transition(const Event&, Machine&, int) {}

  Consent consent = first;
};

struct Cell {
  template <std::size_t from, std::size_t signal>
  static ConsentStep run() {
    boost::msm::back::state_machine<Front<static_cast<Consent>(from)>> machine;
    machine.start();
    machine.process_event(On<static_cast<ConsentSignal>(signal)>{});
    return {machine.consent, machine.consent != static_cast<Consent>(from)};
  }
};

}  // namespace

ConsentStep advance(Consent from, ConsentSignal signal) {
  static const Matrix<ConsentStep, Cell, consent_names.size(), signal_names.size()> matrix;
  return matrix.at(from, signal);
}

std::string_view to_string(Consent consent) { return name_of(consent_names, consent); }
std::string_view to_string(ConsentSignal signal) { return name_of(signal_names, signal); }
std::optional<Consent> parse_consent(std::string_view text) { return named<Consent>(consent_names, text); }

}  // namespace answerback::engine
