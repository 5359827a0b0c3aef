// Load, decide, fan out, commit: what is done with a batch of stimuli. No thread, no queue, no network; the loop, `chat`
// and `test` all run exactly this.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/decide.hpp"
#include "storage/store.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::server {

// A stimulus with whom it is about and what is to be known when it is answered.
struct Job {
  storage::Address address;
  engine::Stimulus stimulus;
  std::optional<storage::DedupKey> dedup;       // inbound with a provider id
  engine::Instant at;                           // when it arrived
  // A Twilio answer carries its replies itself; then nothing is queued for the lane.
  bool replies_in_answer = false;
  // Makes the stored answer of a POST with an Idempotency-Key; called before the commit.
  std::function<std::optional<storage::IdempotencyRecord>(const struct Handled&)> remember;
  // Called after the commit is on disk, or with an error when it could not be made. On the loop's thread.
  std::function<void(const struct Handled&)> done;
};

// What came of a job.
struct Handled {
  bool stored = false;                          // false: the store is broken, nothing was kept
  bool known_contact = true;                    // false: the address named nobody
  std::optional<engine::MessageId> duplicate_of;
  engine::Decision decision;
};

// Which lane a text takes.
struct Routing {
  // The carrier for a sender's number: "log", "http", "twilio".
  std::function<std::string(const std::string& sender)> carrier;
  // Minutes east of UTC at this instant, for this contact.
  std::function<std::chrono::minutes(const engine::Contact&, engine::Instant)> utc_offset;
  // True when the carrier's text needs no hand-over ("log").
  std::function<bool(const std::string& carrier)> stored_only;
  // Keyed hash of a phone number, for suppression that outlives an erased contact.
  std::function<std::string(const std::string& phone)> phone_hash;
};

class Turns {
 public:
  // `store` outlives this.
  Turns(storage::Store& store, engine::Settings settings, Routing routing);

  // Decides all jobs in order and commits once. Calls `done` of each. Never throws: a broken store is told to each job.
  struct Result {
    std::vector<webhooks::EndpointKey> endpoints_with_work;
    bool sends_with_work = false;
    std::vector<engine::ContactKey> opted_out;  // by this batch
  };
  // `before_commit` sees who opts out with this batch, before it is on disk.
  Result process(std::vector<Job>& jobs, const std::function<void(const std::vector<engine::ContactKey>&)>& before_commit = {});

  // Timers that are due, as jobs.
  std::vector<Job> due_timers(engine::Instant now, std::size_t limit);

  engine::FlowBook& flows() { return flows_; }
  webhooks::Subscriptions& subscriptions() { return subscriptions_; }
  void know_campaign(const engine::Campaign& campaign) { campaigns_[campaign.key.value] = campaign; }

  // Everything made since the last call, for those who look on (chat, tests, metrics).
  std::function<void(const storage::Commit&)> on_commit;

 private:
  struct Batch;
  storage::Store& store_;
  engine::Settings settings_;
  Routing routing_;
  engine::FlowBook flows_;
  webhooks::Subscriptions subscriptions_;
  std::unordered_map<std::int64_t, engine::Campaign> campaigns_;
};

}  // namespace answerback::server
