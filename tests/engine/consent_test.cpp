#include <catch2/catch.hpp>

#include "engine/consent.hpp"
#include "tests/engine/golden.hpp"

using namespace answerback::engine;
using answerback::tests::golden;

namespace {

constexpr std::array consents{Consent::unknown, Consent::pending, Consent::opted_in, Consent::opted_out};
constexpr std::array consent_signals{ConsentSignal::stop,      ConsentSignal::start,       ConsentSignal::trigger,    ConsentSignal::manual_out,
                             ConsentSignal::manual_in, ConsentSignal::carrier_out, ConsentSignal::ask_double, ConsentSignal::confirm};

}  // namespace

TEST_CASE("consent changes as its golden matrix says") {
  CHECK(answerback::tests::matrix(consents, consent_signals, [](Consent consent, ConsentSignal signal) {
          const auto step = advance(consent, signal);
          return step.changed ? to_string(step.to) : "-";
        }) == golden("consent.txt"));
}

TEST_CASE("consent that does not change stays what it was") {
  for (const auto consent : consents) {
    for (const auto signal : consent_signals) {
      const auto step = advance(consent, signal);
      CHECK(step.changed == (step.to != consent));
    }
  }
}

TEST_CASE("only START and recorded consent end an opt-out (47 CFR 64.1200(a)(10))") {
  for (const auto signal : consent_signals) {
    const bool may = signal == ConsentSignal::start || signal == ConsentSignal::manual_in;
    CHECK(advance(Consent::opted_out, signal).changed == may);
  }
}

TEST_CASE("consent is read back as it is spelled") {
  for (const auto consent : consents) CHECK(parse_consent(to_string(consent)) == consent);
  CHECK_FALSE(parse_consent("maybe"));
}
