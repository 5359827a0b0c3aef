// Everything together: a machine, its disk, its network, people, a carrier, CRMs, an operator, and what goes wrong. First with faults, then
// all heals and falls quiet, and what is due must happen.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tests/simulate/carrier.hpp"
#include "tests/simulate/crm.hpp"
#include "tests/simulate/machine.hpp"
#include "tests/simulate/people.hpp"
#include "tests/simulate/sabotaged_disk.hpp"

namespace answerback::simulate {

class Town {
 public:
  Town(std::uint64_t seed, Sabotage sabotage);
  void live();

  void hear(const std::string& phone, const std::string& text);
  void take_receipt(const engine::MessageId& id);
  // Somebody was told 503.
  void not_stored(const std::string& phone);

  World world;
  Sabotage sabotage;
  SabotagedDisk disk;
  Servers servers;
  History history;
  Carrier carrier;
  PriceDesk price_desk;
  std::vector<std::unique_ptr<Crm>> crms;
  std::vector<std::unique_ptr<Person>> people;
  std::unique_ptr<Machine> machine;
  bool is_quiet = false;  // nobody writes any more

 private:
  void draw_faults();
  void plan_moods();
  void plan_disk();
  void plan_clock();
  void start();
  void stop();
  void crash();
  void watch_disk();
  void run_until(Steady end);
  void heal();

  double crash_chance_ = 0;
  engine::ContactKey damaged_{-1};  // whose row was damaged for a while
  std::uint64_t lives_ = 0;
};

}  // namespace answerback::simulate
