#include "tests/simulate/town.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "tests/simulate/checks.hpp"
#include "tests/simulate/operator.hpp"

namespace answerback::simulate {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration with_faults = hours(3), at_rest = hours(24 * 5);

std::string phone_of(std::int64_t number) { return fmt::format("+1512555{:04}", 200 + number); }

}  // namespace

Town::Town(std::uint64_t seed, Sabotage sabotage_) : world(seed), sabotage(sabotage_), disk(world, sabotage), carrier(*this), price_desk(world) {}

void Town::hear(const std::string& phone, const std::string& text) {
  for (const auto& person : people) {
    if (person->phone() == phone) person->hear(text);
  }
}

// As the carriers' routes take one (server/api/twilio.cpp).
void Town::take_receipt(const engine::MessageId& id) {
  if (!machine) return;
  machine->on_loop(server::TaskKind::receipt, [this, id] {
    const auto message = disk.message(id);
    if (!message) return;
    std::vector<server::Job> jobs(1);
    jobs[0].address = id.contact;
    jobs[0].stimulus = engine::Receipt{*message, engine::MessageStatus::delivered, "", false};
    jobs[0].at = world.now();
    machine->core.process(jobs);
  });
}

void Town::not_stored(const std::string& phone) {
  const auto contact = disk.find_contact(phone);
  // Whoever is new may get the number of somebody whom a crash took before anyone had heard of them.
  const bool is_poisoned = contact ? contact->key == damaged_ : !disk.find_contact(damaged_);
  world.met(is_poisoned ? "somebody whose row is damaged was refused" : "a text was refused while the disk was full");
  if (disk.works() && !is_poisoned) world.broken("one harms one", phone + " is refused, and neither their row nor the disk is to blame");
}

void Town::start() {
  if (!disk.works() && !disk.is_full) disk.lose_power();
  try {
    machine = std::make_unique<Machine>(world, disk, servers, sabotage);
    world.tell("the machine starts");
    ++lives_;
  } catch (const Crash&) {
    crash();
  } catch (const storage::StoreError&) {
    world.met("a machine could not start, since its disk was full");
    world.after(seconds(10), [this] { start(); });
  }
}

void Town::stop() {
  const auto standing = machine->carriers_out.announced();
  machine.reset();
  disk.lose_power();
  check_marks(*this, standing);
}

void Town::crash() {
  world.tell("the machine crashes");
  world.met(machine ? "a machine crashed" : "a machine crashed while it started");
  machine ? stop() : disk.lose_power();
  world.after(world.dice.span(seconds(1), minutes(3)), [this] { start(); });
}

// Whoever watches over it starts it again when its disk has failed.
void Town::watch_disk() {
  world.after(minutes(1), [this] {
    if (machine && !disk.works() && !disk.is_full) {
      world.tell("the machine is started again");
      stop();
      start();
    }
    watch_disk();
  });
}

void Town::run_until(Steady end) {
  while (world.steady() < end) {
    try {
      while (world.run_due()) {
      }
      if (machine) machine->run();
    } catch (const Crash&) {
      crash();
    }
    auto next = end;
    if (!world.is_empty()) next = std::min(next, world.next());
    if (machine) next = std::min(next, machine->next());
    world.advance(next);
  }
}

void Town::plan_moods() {
  static const std::vector<Mood> moods{Mood::well, Mood::well, Mood::well, Mood::slow, Mood::hangs, Mood::fails, Mood::throttles, Mood::refuses, Mood::babbles, Mood::unreachable, Mood::lost_name, Mood::gone};
  for (const auto& crm : crms) {
    for (auto left = world.dice.between(0, 6); left > 0; --left) {
      const auto mood = world.dice.one_of(moods);
      if (mood == Mood::gone && !world.dice.chance(0.3)) continue;
      world.after(world.dice.span(Duration(0), with_faults), [crm = crm.get(), mood] { crm->be(mood); });
    }
  }
  world.after(world.dice.span(Duration(0), with_faults), [this, mood = world.dice.one_of(moods)] { price_desk.mood = mood; });
  if (world.dice.chance(0.4)) {
    const auto from = world.dice.span(Duration(0), with_faults);
    world.after(from, [this] { carrier.is_down = true, world.met("the carrier was down"); });
    world.after(from + world.dice.span(seconds(5), minutes(30)), [this] { carrier.is_down = false; });
  }
}

void Town::plan_disk() {
  if (world.dice.chance(0.3)) {
    const auto from = world.dice.span(Duration(0), with_faults);
    world.after(from, [this] { disk.is_full = true, world.tell("the disk is full"), world.met("the disk was full"); });
    world.after(from + world.dice.span(seconds(1), minutes(10)), [this] { disk.is_full = false; });
  }
  if (world.dice.chance(0.2)) disk.sync_failure_chance = 0.002;
  if (world.dice.chance(0.3)) {
    world.after(world.dice.span(minutes(1), with_faults), [this] {
      const auto contacts = disk.list_contacts({}, {}).items;
      if (contacts.empty()) return;
      disk.poisoned = damaged_ = world.dice.one_of(contacts).key;
      for (int crowd = 1; crowd <= 3; ++crowd) {
        world.after(crowd * minutes(1), [this] {
          for (const auto& person : people) person->say_at_once("hello?");
        });
      }
    });
  }
  if (world.dice.chance(0.5)) crash_chance_ = 0.0005 * static_cast<double>(world.dice.between(1, 10));
}

void Town::plan_clock() {
  if (!world.dice.chance(0.25)) return;
  world.after(world.dice.span(Duration(0), with_faults), [this] {
    const auto by = world.dice.span(-hours(2), hours(2));
    world.set_clock(by);
    world.tell(fmt::format("the clock is set by {} s", by.count() / 1000));
    world.met(by < Duration(0) ? "the clock was set back" : "the clock was set forward");
  });
}

// How bad it is, each seed draws anew: most know a few faults only.
void Town::draw_faults() {
  plan_moods();
  plan_disk();
  plan_clock();
  servers.is_bad_day = world.dice.chance(0.4);
  if (world.dice.chance(0.6)) carrier.busy_chance = 0.2;
  if (world.dice.chance(0.4)) carrier.silent_chance = 0.1;
  if (world.dice.chance(0.4)) carrier.error_chance = 0.1;
  if (world.dice.chance(0.4)) carrier.refuse_chance = 0.05;
  if (world.dice.chance(0.4)) carrier.late_chance = 0.3;
}

void Town::heal() {
  check_consent_news(*this);
  world.tell("all heals, and nobody writes any more");
  is_quiet = true;
  disk.crash_chance = disk.sync_failure_chance = 0;
  disk.is_full = false;
  disk.poisoned = {-1};
  servers.is_bad_day = carrier.is_down = false;
  carrier.busy_chance = carrier.silent_chance = carrier.error_chance = carrier.refuse_chance = carrier.late_chance = 0;
  price_desk.mood = Mood::well;
  for (const auto& crm : crms) crm->be(Mood::well);
  if (machine && !disk.works()) {
    stop();
    start();
  }
}

void Town::live() {
  servers.by_url[carrier_url] = &carrier;
  servers.by_url["https://crm.example/price"] = &price_desk;
  for (int i = 0; i < 3; ++i) {
    crms.push_back(std::make_unique<Crm>(world, fmt::format("crm{}", i + 1)));
    servers.by_url[crms.back()->url()] = crms.back().get();
  }
  for (std::int64_t i = 0, count = world.dice.between(2, 6); i < count; ++i) people.push_back(std::make_unique<Person>(*this, phone_of(i)));
  start();
  Operator staff(*this);
  staff.set_up();
  draw_faults();
  disk.crash_chance = crash_chance_;
  for (const auto& person : people) person->plan(with_faults);
  staff.plan(with_faults);
  watch_disk();
  const auto begun = world.steady();
  run_until(begun + with_faults);
  heal();
  run_until(begun + with_faults + minutes(20));
  staff.enable_all();
  run_until(begun + with_faults + at_rest);
  check_end(*this);
}

}  // namespace answerback::simulate
