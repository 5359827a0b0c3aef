// Random histories of one contact: whatever comes in whatever order, the promises of docs/guarantees.md hold.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/engine/invariants.hpp"
#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::broken;
using answerback::tests::Rig;
using namespace std::chrono_literals;

namespace {

const std::vector<std::string> words{"STOP", "START",  "HELP", "YES",   "no",     "ROOF",  "BOOK", "CIRCLE", "1",  "inspection",
                                     "12",   "78701", "hm?",  "agent", "not interested", "please stop texting me", "", "👍", "techo"};

struct World {
  Rig rig;
  std::vector<TimerDue> old_timers;  // every timer that ever was, to fire again when it is void
};

Rig make_rig(bool catches_all) {
  Rig rig;
  for (const auto* flow : {"roof.json", "appointment.json", "techo.json"}) rig.publish(flow);
  rig.publish_circle();
  if (catches_all) rig.publish("welcome.json");
  rig.settings.max_turns = 12;
  return rig;
}

World make_world(const Rig& with_catch_all, const Rig& without) {
  World world{*rc::gen::arbitrary<bool>() ? with_catch_all : without, {}};
  const bool wished = *rc::gen::arbitrary<bool>();
  world.rig.wishes = {wished, wished, wished, wished};
  return world;
}

Stimulus text_stimulus(const World& world) {
  Inbound inbound;
  inbound.from = world.rig.contact.phone;
  inbound.text = *rc::gen::elementOf(words);
  inbound.received_at = world.rig.now;
  inbound.carrier_replied = *rc::gen::weightedElement<bool>({{9, false}, {1, true}});
  return inbound;
}

Stimulus start_stimulus() {
  const auto flow = *rc::gen::element<std::string>("roof-estimate", "circle", "attic");
  if (*rc::gen::arbitrary<bool>()) return Start{flow, "", {}, std::nullopt};
  return Start{flow, "", {}, Campaign{{*rc::gen::inRange<std::int64_t>(1, 4)}, "spring", flow, ""}};
}

Stimulus staff_stimulus(const World& world) {
  const auto kind = *rc::gen::inRange(0, 3);
  if (kind == 0) return UpsertContact{{{"vip", Value(*rc::gen::arbitrary<bool>())}}};
  if (kind == 1) return ManualConsent{*rc::gen::arbitrary<bool>(), "desk", "", "", "ana"};
  const auto number = *rc::gen::inRange<std::uint32_t>(1, world.rig.contact.conversations + 2);
  return OperatorEnd{{world.rig.contact.key, number}, *rc::gen::element(Outcome::completed, Outcome::bailed, Outcome::discarded), ""};
}

Stimulus carrier_stimulus(const World& world) {
  const auto& message = *rc::gen::elementOf(world.rig.messages);
  using Result = Handover::Result;
  if (message.direction == Direction::in) return text_stimulus(world);
  if (*rc::gen::arbitrary<bool>()) {
    const auto status = *rc::gen::element(MessageStatus::sent, MessageStatus::delivered, MessageStatus::failed);
    return Receipt{message, status, "", *rc::gen::weightedElement<bool>({{9, false}, {1, true}})};
  }
  const auto result = *rc::gen::weightedElement<Result>({{6, Result::accepted}, {1, Result::refused}, {1, Result::unknown},
                                                         {1, Result::opted_out}, {1, Result::suppressed}, {1, Result::expired}});
  return Handover{message, result, "SM1", ""};
}

Stimulus any_stimulus(const World& world) {
  const auto kind = *rc::gen::weightedElement<int>({{10, 0}, {2, 1}, {2, 2}, {5, 3}, {3, 4}});
  if (kind == 1) return start_stimulus();
  if (kind == 2) return staff_stimulus(world);
  if (kind == 3 && !world.rig.messages.empty()) return carrier_stimulus(world);
  if (kind == 4 && !world.old_timers.empty()) return *rc::gen::elementOf(world.old_timers);
  return text_stimulus(world);
}

void step(World& world) {
  auto& rig = world.rig;
  const auto stimulus = any_stimulus(world);
  const auto situation = rig.situation(stimulus);
  const auto once = decide(situation, stimulus, rig.flows, rig.settings, rig.wishes, rig.now);
  RC_ASSERT(answerback::tests::same(once, decide(situation, stimulus, rig.flows, rig.settings, rig.wishes, rig.now)));
  RC_ASSERT(broken(situation, once) == "");
  rig.apply(stimulus);
  if (!rig.conversations.empty()) world.old_timers.push_back({rig.last().id, rig.last().turn});
  RC_ASSERT(broken(rig) == "");
}

void pass_time(World& world) {
  world.rig.wait(*rc::gen::element<Duration>(0ms, 1min, 1h, 7h, 25h, 80h));
  RC_ASSERT(broken(world.rig) == "");
}

}  // namespace

TEST_CASE("whatever happens: one outcome each, no text after STOP but exempt ones, gapless sequences, and every conversation ends") {
  const auto with_catch_all = make_rig(true);
  const auto without = make_rig(false);
  const bool held = rc::check([&] {
    auto world = make_world(with_catch_all, without);
    const auto steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) {
      step(world);
      if (*rc::gen::inRange(0, 4) == 0) pass_time(world);
    }
    // Silence played out: 12 turns of at most three days each.
    world.rig.wait(24h * 3 * 13);
    RC_ASSERT(broken(world.rig) == "");
    RC_ASSERT(world.rig.contact.active == 0U);
  });
  CHECK(held);
}
