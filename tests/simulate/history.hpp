// What the world outside has seen of the machine: the one witness that no fault of the machine can bend.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/ids.hpp"
#include "tests/simulate/world.hpp"

namespace answerback::simulate {

struct History {
  struct Acknowledged {
    std::string phone, text;
  };
  std::map<std::string, Acknowledged> acknowledged;   // by the carrier's id of the inbound text
  std::map<std::string, std::set<std::string>> sent;  // by phone: ids of texts that ever went towards us
  std::map<std::string, Steady> stopped;              // by phone: when we said that their STOP was heard; a later START takes it away
  std::set<std::string> erased;                       // phones
  std::set<engine::MessageId> reached_carrier;
  std::set<engine::MessageId> accepted_texts;
};

}  // namespace answerback::simulate
