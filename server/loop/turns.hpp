// Load, decide, fan out, commit: what is done with a batch of stimuli. No thread, no queue, no network; the loop, `chat`
// and `test` all run exactly this.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "storage/store.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::server {

// What came of a job.
struct Handled {
  bool stored = false;                          // false: nothing was kept, since the store is broken or
  bool contradicts = false;                     // since it contradicts what is kept about its contact: a damaged row
  bool known_contact = true;                    // false: the address named nobody
  std::optional<engine::MessageId> duplicate_of;
  bool clash = false;  // the message's id was another number's before: nothing but an opt-out was kept
  engine::Decision decision;
};

// A stimulus with whom it is about and what is to be known when it is answered.
struct Job {
  storage::Address address;
  engine::Stimulus stimulus;
  engine::Instant at;                           // when it arrived
  std::optional<storage::DedupKey> dedup;       // inbound with a provider's id
  // The carrier whose own request is answered with the replies; then nothing is queued for a lane. "" = none.
  std::string answered_by;
  // A Handover that was definitely not accepted and may be tried again: back to the queue, nothing is decided.
  std::optional<engine::Instant> retry_at;
  // The call whose answer this is; settled in the same commit, also when the conversation has moved on since.
  std::optional<webhooks::CallKey> settles;
  // Makes the stored answer of a POST with an Idempotency-Key; called before the commit.
  std::function<std::optional<storage::IdempotencyRecord>(const Handled&)> remember;
  // Called after the commit is on disk, or with `stored` false when it could not be made. By process() before it returns, by
  // process_ahead() perhaps on another thread.
  std::function<void(const Handled&)> done;
};

// What the process knows and the engine must not look up by itself.
struct Routing {
  // The carrier for one of our numbers: "log", "http", "twilio".
  std::function<std::string(const std::string& sender)> carrier;
  // This contact's local time.
  std::function<engine::ClockPtr(const engine::Contact&)> clock;
  // Keyed hash of a phone number: suppression that outlives an erased contact.
  std::function<std::string(const std::string& phone)> phone_hash;
};

// Texts on this carrier are stored and visible, and nothing leaves.
inline constexpr std::string_view stored_only_carrier = "log";

class Turns {
 public:
  // `store` outlives this.
  Turns(storage::Store& store, engine::Settings settings, Routing routing);

  struct Result {
    std::vector<webhooks::EndpointKey> endpoints_with_work;
    bool sends_with_work = false;
    bool calls_with_work = false;
    std::size_t committed = 0;
    bool failed = false;  // of some jobs nothing was kept: each has heard so
    std::size_t set_aside = 0;  // jobs that failed by themselves, while the store took others or could have
  };
  // Sees who opts out with a batch, before it is on disk (committed = false) and again if that failed (true).
  using OptOutGate = std::function<void(const std::vector<engine::ContactKey>&, bool failed)>;

  // Decides all jobs in order and commits once, then calls `done` of each. A broken store is told to each job.
  Result process(std::vector<Job>& jobs, const OptOutGate& gate = {});
  // The same without waiting for the disk: once the commit is there, the jobs' `done` and then `after` are called, now or later.
  void process_ahead(std::vector<Job> jobs, const OptOutGate& gate, std::function<void(const Result&)> after);

  // Timers that are due, as jobs.
  std::vector<Job> due_timers(engine::Instant now, std::size_t limit);

  // Whose own timers and starts failed a moment ago: not to be tried before a while, so that they hold nobody else up.
  bool is_set_aside(engine::ContactKey contact, engine::Instant now) const;
  std::size_t set_aside_count() const { return set_aside_.size(); }

  engine::FlowBook& flows() { return flows_; }
  webhooks::Subscriptions& subscriptions() { return subscriptions_; }
  const webhooks::Subscriptions& subscriptions() const { return subscriptions_; }
  void know_campaign(const engine::Campaign& campaign, bool running);
  // What is to be told when the contact is erased, and whom. Nothing when the contact is not known.
  std::optional<storage::Store::OperationalEvent> announce_erasure(engine::ContactKey contact, engine::Instant now);
  std::vector<engine::Campaign> running_campaigns() const;
  std::string campaign_name(engine::CampaignKey key) const;

  // Called with everything that was committed, for those who look on (chat, tests, metrics).
  std::function<void(const std::vector<storage::Commit>&)> on_commit;

 private:
  class Batch;
  enum class Disk : std::uint8_t { waited_for, later };
  Result decide_and_commit(std::vector<Job>& jobs, const OptOutGate& gate, Disk disk, std::vector<Handled>& handled);
  // All of them in one commit; an exception when that can't be made, and then nothing was kept.
  Result attempt(std::span<Job> jobs, const OptOutGate& gate, Disk disk, std::span<Handled> handled);
  Result kept(Batch& batch, std::span<Handled> handled) noexcept;
  // The same, and in halves where it can't be made, until the jobs at fault stand alone. `patience`: how many in a row may fail
  // alone before the store is taken to be what fails.
  Result attempt_in_parts(std::span<Job> jobs, const OptOutGate& gate, Disk disk, std::span<Handled> handled, int& patience);
  void set_aside(const Job& job, const char* why);

  storage::Store& store_;
  const engine::Origin origin_;  // the store's
  engine::Settings settings_;
  Routing routing_;
  engine::FlowBook flows_;
  webhooks::Subscriptions subscriptions_;
  struct KnownCampaign {
    engine::Campaign campaign;
    bool running = false;
  };
  std::map<std::int64_t, KnownCampaign> campaigns_;
  // Contacts whose own timers or campaign starts failed: they are tried again later and later, and hold nobody else up.
  struct SetAside {
    engine::Instant until;
    flows::Duration wait{0};
  };
  std::map<engine::ContactKey, SetAside> set_aside_;
};

}  // namespace answerback::server
