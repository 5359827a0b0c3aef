// The carrier by which texts leave: takes them, refuses them, says nothing, is too busy, and reports later, twice, or before it answered.
#pragma once

#include "tests/simulate/history.hpp"
#include "tests/simulate/net.hpp"

namespace answerback::simulate {

class Town;

class Carrier : public Server {
 public:
  explicit Carrier(Town& town) : town_(town) {}

  double refuse_chance = 0, busy_chance = 0, silent_chance = 0, error_chance = 0, late_chance = 0;
  bool is_down = false;

  int reachable() override { return is_down ? 0 : 1; }
  Reaction take(const webhooks::HttpRequest& request) override;

 private:
  void judge(const engine::MessageId& id, const std::string& to);
  void accept(const engine::MessageId& id, const std::string& to, const std::string& text);
  void report(const engine::MessageId& id);

  Town& town_;
  std::map<engine::ContactKey, std::int64_t> last_row_;
};

}  // namespace answerback::simulate
