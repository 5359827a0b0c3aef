// Staff who publish flows, add and delete endpoints, erase people, start campaigns and end conversations in the middle of it all, by what
// the API would have the loop do.
#pragma once

#include <string>

#include "tests/simulate/world.hpp"

namespace answerback::simulate {

class Town;
class Crm;

class Operator {
 public:
  explicit Operator(Town& town) : town_(town) {}
  void set_up();               // a flow, and the first endpoints
  void plan(Duration until);
  void enable_all();           // endpoints that were disabled meanwhile

 private:
  void do_something();
  void publish(const std::string& greeting);
  void subscribe(Crm& crm);
  void delete_endpoint();
  void delete_endpoint_of(Crm& slow);
  void erase_somebody();
  void begin_campaign();
  void end_a_conversation();
  void opt_somebody(bool in);
  void redeliver();
  std::string somebody();

  Town& town_;
};

}  // namespace answerback::simulate
