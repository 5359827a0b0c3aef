#include "server/turns.hpp"

#include <algorithm>

#include "server/batch.hpp"

namespace answerback::server {

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

Turns::Result Turns::process(std::vector<Job>& jobs, const OptOutGate& gate) {
  std::vector<Handled> handled(jobs.size());
  Result result;
  std::vector<engine::ContactKey> opted_out;
  try {
    Batch batch(*this, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) handled[i] = batch.handle(jobs[i], i);
    opted_out = batch.opted_out;
    if (gate && !opted_out.empty()) gate(opted_out, false);
    if (!batch.commits.empty()) store_.commit(batch.commits);
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
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].done) jobs[i].done(handled[i]);
  }
  return result;
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
