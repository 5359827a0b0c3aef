// People with phones: they begin, answer, fall silent, say STOP, START and YES, late and twice; and the gateway that hands their texts over
// until somebody says 200.
#pragma once

#include <string>
#include <vector>

#include "tests/simulate/world.hpp"

namespace answerback::simulate {

class Town;

class Person {
 public:
  Person(Town& town, std::string phone) : town_(town), phone_(std::move(phone)) {}

  const std::string& phone() const { return phone_; }
  void plan(Duration until);               // what they will text of their own accord
  void hear(const std::string& text);      // one of ours
  void say(const std::string& text);
  void say_at_once(const std::string& text);  // it is there the same instant

 private:
  std::string write(const std::string& text);
  std::string reply_to(const std::string& text);
  void hand_over(const std::string& id, const std::string& text, Instant written_at);
  void acknowledged(const std::string& id, const std::string& text);

  Town& town_;
  std::string phone_;
  int texts_ = 0;
};

}  // namespace answerback::simulate
