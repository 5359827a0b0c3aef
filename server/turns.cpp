#include "server/turns.hpp"

#include <algorithm>

#include "server/batch.hpp"

namespace answerback::server {

namespace {

void tell(const std::vector<Job>& jobs, const std::vector<Handled>& handled) {
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].done) jobs[i].done(handled[i]);
  }
}

}  // namespace

Turns::Turns(storage::Store& store, engine::Settings settings, Routing routing)
    : store_(store), settings_(std::move(settings)), routing_(std::move(routing)) {}

std::string Turns::campaign_name(engine::CampaignKey key) const {
  const auto it = campaigns_.find(key.value);
  return it == campaigns_.end() ? "" : it->second.campaign.name;
}

void Turns::know_campaign(const engine::Campaign& campaign, bool running) { campaigns_[campaign.key.value] = {campaign, running}; }

std::vector<engine::Campaign> Turns::running_campaigns() const {
  std::vector<engine::Campaign> running;
  for (const auto& [key, known] : campaigns_) {
    if (known.running) running.push_back(known.campaign);
  }
  return running;
}

Turns::Result Turns::decide_and_commit(std::vector<Job>& jobs, const OptOutGate& gate, Disk disk, std::vector<Handled>& handled) {
  handled.resize(jobs.size());
  Result result;
  std::vector<engine::ContactKey> opted_out;
  try {
    Batch batch(*this, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) handled[i] = batch.handle(jobs[i], i);
    opted_out = batch.opted_out;
    if (gate && !opted_out.empty()) gate(opted_out, false);
    if (!batch.commits.empty()) disk == Disk::later ? store_.commit_ahead(batch.commits) : store_.commit(batch.commits);
    result = std::move(batch.result);
    result.committed = batch.commits.size();
    for (auto& each : handled) each.stored = true;
    if (on_commit && !batch.commits.empty()) on_commit(batch.commits);
    batch.give_back(handled);
  } catch (const storage::StoreError&) {
    if (gate && !opted_out.empty()) gate(opted_out, true);
    result = {};
    result.failed = true;
  }
  return result;
}

Turns::Result Turns::process(std::vector<Job>& jobs, const OptOutGate& gate) {
  std::vector<Handled> handled;
  auto result = decide_and_commit(jobs, gate, Disk::waited_for, handled);
  tell(jobs, handled);
  return result;
}

void Turns::process_ahead(std::vector<Job> jobs, const OptOutGate& gate, std::function<void(const Result&)> after) {
  struct Made {
    std::vector<Job> jobs;
    std::vector<Handled> handled;
    Result result;
  };
  auto made = std::make_shared<Made>();
  made->jobs = std::move(jobs);
  made->result = decide_and_commit(made->jobs, gate, Disk::later, made->handled);
  // Also when nothing was stored: what was found, such as a text that came before, may be on its way to the disk.
  store_.when_on_disk([made, after = std::move(after)](bool on_disk) {
    if (!on_disk) {
      for (auto& each : made->handled) each.stored = false;
      made->result = {};
      made->result.failed = true;
    }
    tell(made->jobs, made->handled);
    after(made->result);
  });
}

std::vector<Job> Turns::due_timers(engine::Instant now, std::size_t limit) {
  std::vector<Job> jobs;
  for (const auto& timer : store_.due_timers(now, limit)) {
    Job job;
    job.address = timer.conversation.contact;
    job.stimulus = engine::TimerDue{timer.conversation, timer.turn};
    job.at = now;
    jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace answerback::server
