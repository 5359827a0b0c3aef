// Counting how conversations went: whatever ways they took, at every step the sum fits.
#include "flows/drawing/traffic.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "flows/drawing/drawing.hpp"
#include "tests/flows/flow_files.hpp"

using namespace answerback;
using flows::StepIndex;

namespace {

flows::FlowPtr plumber() { return tests::load(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "examples/flows/plumber-lead.json")); }

// A conversation that takes any exit at every step, and stops waiting or ended from outside somewhere.
flows::Journey any_journey(const flows::Flow& flow) {
  flows::Journey journey;
  auto at = flow.start;
  const auto length = *rc::gen::inRange<std::size_t>(0, 30);
  while (journey.trail.size() < length) {
    const auto ways = flows::exits(flow.steps[at]);
    const auto anytime = flows::is_question(flow.steps[at]) ? flow.anytime.size() : 0;
    const auto pick = *rc::gen::inRange<std::size_t>(0, ways.size() + anytime + 1);
    const bool is_end = ways.empty() && pick == anytime;
    const auto exit = pick < ways.size() ? pick : pick < ways.size() + anytime ? flows::exit_anytime + pick - ways.size() : is_end ? flows::exit_end : flows::exit_outside;
    journey.trail.push_back({at, static_cast<flows::ExitNumber>(exit)});
    const auto* target = flows::target_of(flow, journey.trail.back());
    const auto* next = target == nullptr ? nullptr : std::get_if<StepIndex>(target);
    if (next == nullptr) {
      journey.ended = *rc::gen::element(flows::Outcome::completed, flows::Outcome::bailed, flows::Outcome::discarded);
      return journey;
    }
    at = *next;
  }
  journey.waiting_at = at;
  return journey;
}

// How often each step was come to, reckoned from where the exits lead and the starts.
std::vector<std::uint64_t> arrivals(const flows::Flow& flow, const std::vector<flows::Journey>& journeys) {
  std::vector<std::uint64_t> count(flow.steps.size());
  for (const auto& journey : journeys) {
    ++count[flow.start];
    for (const auto& passage : journey.trail) {
      const auto* target = flows::target_of(flow, passage);
      const auto* step = target == nullptr ? nullptr : std::get_if<StepIndex>(target);
      if (step != nullptr) ++count[*step];
    }
  }
  return count;
}

}  // namespace

TEST_CASE("whatever ways conversations take, what came to a step has gone on, waits there or has ended there") {
  const auto flow = plumber();
  rc::prop("the sum fits", [&] {
    std::vector<flows::Journey> journeys;
    const auto count = *rc::gen::inRange(0, 20);
    for (int i = 0; i < count; ++i) journeys.push_back(any_journey(*flow));
    flows::Traffic traffic(*flow);
    for (const auto& journey : journeys) traffic.add(journey);
    const auto came = arrivals(*flow, journeys);
    std::uint64_t waiting = 0, ended = 0;
    for (std::size_t i = 0; i < came.size(); ++i) {
      const auto& step = traffic.steps()[i];
      RC_ASSERT(step.entered() == came[i]);
      RC_ASSERT(step.passed + step.waiting + step.ended_here() == step.entered());
      waiting += step.waiting;
      ended += step.ended_here();
    }
    RC_ASSERT(waiting + ended == journeys.size());
    RC_ASSERT(traffic.conversations() == journeys.size());
    RC_ASSERT(traffic.lost() == 0U);
  });
}

TEST_CASE("a conversation that ended where no trail is written ended at the step it had come to") {
  const auto flow = plumber();
  const auto owner = *flow->find("owner"), urgent = *flow->find("urgent");
  flows::Traffic traffic(*flow);
  traffic.add({{{urgent, 0}}, true, std::nullopt, flows::Outcome::bailed});
  CHECK(traffic.steps()[urgent].passed == 1);
  CHECK(traffic.steps()[owner].ended[1] == 1);
  CHECK(traffic.lost() == 0);
}

TEST_CASE("a conversation whose trail was cut off is counted where it went, and its end is not invented") {
  const auto flow = plumber();
  flows::Traffic traffic(*flow);
  traffic.add({{{*flow->find("hello"), 0}}, false, std::nullopt, flows::Outcome::completed});
  CHECK(traffic.steps()[*flow->find("hello")].passed == 1);
  CHECK(traffic.lost() == 1);
}

TEST_CASE("counts stand on the drawing's steps and edges") {
  const auto flow = plumber();
  const auto zip = *flow->find("zip");
  flows::Traffic traffic(*flow);
  traffic.add({{{flow->start, 0}}, true, *flow->find("known"), std::nullopt});
  traffic.add({{{zip, flows::exit_outside}}, true, std::nullopt, flows::Outcome::discarded});
  auto drawing = flows::draw(*flow);
  flows::add_counts(drawing, traffic);
  const auto note = [&](StepIndex step) { return drawing.nodes[1 + step].note; };
  CHECK(note(flow->start) == "1 in, 1 on");
  CHECK(note(*flow->find("known")) == "1 in, 1 waiting");
  CHECK(note(zip) == "1 in, 1 discarded here");
  CHECK(drawing.edges.front().note == "2");
}
