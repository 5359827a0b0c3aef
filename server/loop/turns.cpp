#include "server/loop/turns.hpp"

#include <algorithm>
#include <iterator>

#include "server/log/log.hpp"
#include "server/loop/batch.hpp"

namespace answerback::server {

namespace {

constexpr int most_failing_alone = 3;
constexpr std::chrono::seconds first_set_aside{1};
constexpr std::chrono::minutes longest_set_aside{10};
constexpr std::size_t most_set_aside = 10'000;

constexpr std::string_view stimulus_names[] = {"text",   "timer",    "start",   "operator_end",  "manual_consent",
                                               "upsert", "handover", "receipt", "call_answered", "migrate"};
static_assert(std::size(stimulus_names) == std::variant_size_v<engine::Stimulus>);

void merge(Turns::Result& to, Turns::Result from) {
  to.endpoints_with_work.insert(to.endpoints_with_work.end(), from.endpoints_with_work.begin(), from.endpoints_with_work.end());
  to.sends_with_work = to.sends_with_work || from.sends_with_work;
  to.calls_with_work = to.calls_with_work || from.calls_with_work;
  to.committed += from.committed;
  to.set_aside += from.set_aside;
  to.failed = to.failed || from.failed;
}

void tell(const std::vector<Job>& jobs, const std::vector<Handled>& handled) {
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].done) jobs[i].done(handled[i]);
  }
}

}  // namespace

Turns::Turns(storage::Store& store, engine::Settings settings, Routing routing)
    : store_(store), origin_(store.identity().origin), settings_(std::move(settings)), routing_(std::move(routing)) {}

std::string Turns::campaign_name(engine::CampaignKey key) const {
  const auto it = campaigns_.find(key.value);
  return it == campaigns_.end() ? "" : it->second.campaign.name;
}

std::optional<storage::Store::OperationalEvent> Turns::announce_erasure(engine::ContactKey contact, engine::Instant now) {
  const storage::Address address = contact;
  const auto state = store_.load(std::span(&address, 1)).front();
  if (!state) return std::nullopt;
  engine::Event event;
  event.type = engine::Event::Type::contact_erased;
  event.id = {contact, state->contact.sequence + 1, origin_};
  event.at = now;
  event.contact = state->contact;
  auto rendered = webhooks::render(event, {});
  auto endpoints = subscriptions_.wanting(rendered);
  return storage::Store::OperationalEvent{std::move(rendered), std::move(endpoints)};
}

void Turns::know_campaign(const engine::Campaign& campaign, bool running) { campaigns_[campaign.key.value] = {campaign, running}; }

std::vector<engine::Campaign> Turns::running_campaigns() const {
  std::vector<engine::Campaign> running;
  for (const auto& [key, known] : campaigns_) {
    if (known.running) running.push_back(known.campaign);
  }
  return running;
}

Turns::Result Turns::attempt(std::span<Job> jobs, const OptOutGate& gate, Disk disk, std::span<Handled> handled) {
  std::vector<engine::ContactKey> opted_out;
  try {
    Batch batch(*this, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) handled[i] = batch.handle(jobs[i], i);
    opted_out = batch.opted_out;
    if (gate && !opted_out.empty()) gate(opted_out, false);
    if (!batch.commits.empty()) disk == Disk::later ? store_.commit_ahead(batch.commits) : store_.commit(batch.commits);
    return kept(batch, handled);
  } catch (...) {
    if (gate && !opted_out.empty()) gate(opted_out, true);
    std::fill(handled.begin(), handled.end(), Handled{});
    throw;
  }
}

// From here on nothing may fail: what is committed must not be taken for lost and decided once more.
Turns::Result Turns::kept(Batch& batch, std::span<Handled> handled) noexcept {
  auto result = std::move(batch.result);
  result.committed = batch.commits.size();
  for (auto& each : handled) each.stored = true;
  try {
    if (on_commit && !batch.commits.empty()) on_commit(batch.commits);
  } catch (const std::exception& error) {
    log(LogLevel::error, "watching_failed", {{"why", error.what()}});
  }
  if (!set_aside_.empty()) {
    for (const auto& commit : batch.commits) set_aside_.erase(commit.decision.contact.key);
  }
  batch.give_back(handled);
  return result;
}

namespace {

bool contradicts_its_row(const std::exception& error) { return dynamic_cast<const storage::Contradiction*>(&error) != nullptr; }

// Rather than the job that it was asked to take.
bool store_may_be_at_fault(const std::exception& error) { return dynamic_cast<const storage::StoreError*>(&error) != nullptr && !contradicts_its_row(error); }

}  // namespace

Turns::Result Turns::attempt_in_parts(std::span<Job> jobs, const OptOutGate& gate, Disk disk, std::span<Handled> handled, int& patience) {
  Result result;
  if (jobs.empty()) return result;
  try {
    result = attempt(jobs, gate, disk, handled);
    patience = most_failing_alone;
    return result;
  } catch (const std::exception& error) {
    result.failed = true;
    if (jobs.size() == 1) {
      if (store_may_be_at_fault(error)) --patience;
      result.set_aside = 1;
      handled.front().contradicts = contradicts_its_row(error);
      set_aside(jobs.front(), error.what());
      return result;
    }
  }
  const auto half = jobs.size() / 2;
  merge(result, attempt_in_parts(jobs.first(half), gate, disk, handled.first(half), patience));
  if (patience > 0) merge(result, attempt_in_parts(jobs.subspan(half), gate, disk, handled.subspan(half), patience));
  return result;
}

Turns::Result Turns::decide_and_commit(std::vector<Job>& jobs, const OptOutGate& gate, Disk disk, std::vector<Handled>& handled) {
  handled.resize(jobs.size());
  int patience = most_failing_alone;
  return attempt_in_parts(jobs, gate, disk, handled, patience);
}

// Named by what it is and whom it is about, never by what it says.
void Turns::set_aside(const Job& job, const char* why) {
  const auto* contact = std::get_if<engine::ContactKey>(&job.address);
  log(LogLevel::error, "stimulus_set_aside",
      {{"kind", std::string(stimulus_names[job.stimulus.index()])}, {"contact", contact != nullptr ? engine::to_string(*contact) : std::string("by phone")}, {"why", why}});
  if (contact == nullptr) return;
  auto& aside = set_aside_[*contact];
  aside.wait = std::clamp<flows::Duration>(aside.wait * 2, first_set_aside, longest_set_aside);
  aside.until = job.at + aside.wait;
  if (set_aside_.size() > most_set_aside) set_aside_.erase(set_aside_.begin());
}

bool Turns::is_set_aside(engine::ContactKey contact, engine::Instant now) const {
  const auto found = set_aside_.find(contact);
  // A clock that was set back prolongs nothing.
  return found != set_aside_.end() && now < found->second.until && found->second.until - now <= longest_set_aside;
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
  for (const auto& timer : store_.due_timers(now, limit + set_aside_.size())) {
    if (is_set_aside(timer.conversation.contact, now)) continue;
    Job job;
    job.address = timer.conversation.contact;
    job.stimulus = engine::TimerDue{timer.conversation, timer.turn};
    job.at = now;
    jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace answerback::server
