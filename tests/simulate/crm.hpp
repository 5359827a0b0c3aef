// A CRM that receives webhooks and answers the calls of flows: well, slowly, never, with errors, or with what is no HTTP.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/simulate/net.hpp"
#include "webhooks/signature.hpp"

namespace answerback::simulate {

inline bool is_outcome(std::string_view type) { return type == "conversation.completed" || type == "conversation.bailed" || type == "conversation.discarded"; }

enum class Mood : std::uint8_t { well, slow, hangs, fails, throttles, refuses, babbles, unreachable, lost_name, gone };

class Crm : public Server {
 public:
  Crm(World& world, std::string name);

  std::string url() const { return "https://" + name_ + ".example/hook"; }
  const webhooks::Secret& secret() const { return secret_; }
  void be(Mood mood);

  int reachable() override;
  Reaction take(const webhooks::HttpRequest& request) override;

  struct Seen {
    std::string type, body, contact, conversation;
    std::int64_t sequence = 0;
    std::size_t attempts = 0;
    bool accepted = false;
  };
  const std::map<std::string, Seen>& events() const { return events_; }  // by id
  const std::string& name() const { return name_; }
  bool keeps_order = true;   // no operator has sent anything out of turn
  bool keeps_bodies = true;  // nobody was erased

 private:
  Seen& note(const webhooks::HttpRequest& request);
  void accept(Seen& seen);
  Reaction answer();

  World& world_;
  std::string name_;
  webhooks::Secret secret_;
  Mood mood_ = Mood::well;
  std::map<std::string, Seen> events_;
  std::map<std::string, std::int64_t> last_of_;     // by contact
  std::map<std::string, std::string> outcome_of_;   // by conversation: the id of its outcome event
};

// Answers the call of the flow.
class PriceDesk : public Server {
 public:
  explicit PriceDesk(World& world) : world_(world) {}
  Mood mood = Mood::well;
  int reachable() override;
  Reaction take(const webhooks::HttpRequest& request) override;

 private:
  World& world_;
};

}  // namespace answerback::simulate
