// A server without its network: turns over a store in memory that can break, the roof-estimate flow published, and short
// ways to say what happens. Nothing here has a thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/loop/turns.hpp"
#include "storage/dedup.hpp"
#include "storage/memory_store.hpp"
#include "tests/server/broken_store.hpp"

namespace answerback::tests {

inline const std::string ana = "+15125550142";
inline const std::string ben = "+15125550143";
inline const std::string our_number = "+15125550100";

std::string read_text(const std::string& path);
flows::FlowPtr example_flow(const std::string& name);  // examples/flows/<name>.json
std::vector<std::string> example_names();                    // of every flow there
std::vector<flows::FlowPtr> example_family(const std::string& name);  // the flow, then those that it runs
std::vector<std::string> example_sources(const std::vector<flows::FlowPtr>& family);
flows::FlowPtr price_check();                          // asks the CRM what a roof costs: tests/support/price_check.json

class Office {
 public:
  Office();

  server::Job text(const std::string& from, const std::string& text, const std::string& provider_id = "");
  server::Job about(const std::string& phone, engine::Stimulus stimulus);
  server::Job about(engine::ContactKey contact, engine::Stimulus stimulus);

  // Processes the jobs as one batch. Fails the test unless each `done` is called exactly once.
  std::vector<server::Handled> handle(std::vector<server::Job> jobs);
  server::Handled handle_one(server::Job job);

  engine::Contact contact(const std::string& phone);
  std::vector<engine::Message> messages(const std::string& phone);     // oldest first
  std::vector<engine::Message> outgoing(const std::string& phone);
  std::vector<std::string> event_types();                              // oldest first
  engine::Campaign campaign_for(const std::vector<std::string>& phones);  // running, its entries waiting
  webhooks::EndpointKey subscribe(std::vector<std::string> events, const std::string& filter = "");

  std::unique_ptr<storage::Store> memory = storage::make_memory_store();
  BrokenStore store{*memory};
  std::string carrier = "log";
  server::Turns turns;
  engine::Instant now;
  server::Turns::Result result;                                    // of the last batch
  std::vector<std::pair<std::vector<engine::ContactKey>, bool>> gate;  // what the gate was told

 private:
  server::Routing routing();
};

std::vector<std::string> texts(const engine::Decision& decision);  // outgoing ones
std::string hash_of(const std::string& phone);

}  // namespace answerback::tests
