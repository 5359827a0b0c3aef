#include "server/loop/loop_core.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "server/log/log.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_timers_at_once = 128;
// A round starts so many at once, again and again until its time is over: texts that come meanwhile wait no longer than that.
constexpr std::size_t max_campaign_starts_at_once = 32;
constexpr std::chrono::milliseconds campaigns_share{10};
constexpr std::size_t max_purged_at_once = 500;
constexpr std::chrono::seconds purge_pause{60};
constexpr std::chrono::seconds look_pause{1};
// Smaller ones are a clock's daily corrections; they move what is due by less than anybody notices.
constexpr std::chrono::seconds smallest_step{2};

// Why a flow could not go on, in words that nobody wrote to us.
void log_flow_error(const engine::Event& event) {
  if (event.detail.empty() || !event.conversation) return;
  const auto& conversation = *event.conversation;
  log(LogLevel::warning, "flow_error",
      {{"conversation", engine::to_string(conversation.id)}, {"flow", conversation.flow}, {"revision", std::to_string(conversation.revision)}, {"step", event.last_step}, {"why", event.detail}});
}

}  // namespace

LoopCore::LoopCore(storage::Store& store_, Turns& turns_, Clock& clock_, Metrics& metrics_, LoopOptions options_)
    : store(store_), turns(turns_), clock(clock_), metrics(metrics_), options(options_) {
  turns.on_commit = [this](const std::vector<storage::Commit>& commits) { watch_opt_outs(commits); };
}

bool LoopCore::push(LoopItem item, bool always) {
  {
    const std::scoped_lock lock(mutex);
    if (!always && (stopping || queue.size() >= options.max_waiting)) return false;
    queue.push_back(std::move(item));
  }
  wakeup.notify_one();
  return true;
}

// What starts goes first: what is settled may be what became of it. Then what is settled: a lease that waits among the items was asked
// for after them and must see what they released.
void LoopCore::step() {
  if (!std::exchange(clock_recalled, true)) recall_clock();
  auto round = take();
  look_at_clock();
  if (!round.starting.empty()) measured(TaskKind::start_sends, [&] { start_sends(round.starting); });
  settled_again(round.settled);
  if (!round.settled.deliveries.empty()) measured(TaskKind::settle_deliveries, [&] { settle(round.settled.deliveries); });
  if (!round.settled.calls.empty()) measured(TaskKind::settle_calls, [&] { settle_calls(round.settled.calls); });
  work(round.items, handovers(round.settled.sends));
  timers();
  campaigns();
  purge();
  look_around();
  if (nothing_waits()) run_task(TaskKind::tend, [this] { store.tend(); });
}

bool LoopCore::settles() const { return !settlements.empty() && clock.steady() >= settle_at; }

bool LoopCore::wait() {
  std::unique_lock lock(mutex);
  const auto due = [&] { return stopping || !queue.empty() || !starting.empty() || settles(); };
  if (!due()) wakeup.wait_for(lock, options.timer_poll, due);
  return !stopping || !queue.empty() || !starting.empty() || !settlements.empty();
}

LoopCore::Round LoopCore::take() {
  const std::scoped_lock lock(mutex);
  Round round;
  const auto count = std::min(queue.size(), batch_size.now());
  round.items.reserve(count);
  std::move(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(round.items));
  queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
  round.starting = std::exchange(starting, {});
  if (stopping || settles()) round.settled = std::exchange(settlements, {});
  if (!round.settled.empty() && !round.settled.again) settle_pause = {};
  return round;
}

// Timers and campaigns are due at any time: when the first is, the store knows; what somebody sent is there already.
Clock::Steady LoopCore::next_step() {
  const std::scoped_lock lock(mutex);
  if (!queue.empty() || !starting.empty()) return clock.steady();
  auto next = next_purge;
  if (!settlements.empty()) next = std::min(next, settle_at);
  const auto running = turns.running_campaigns();
  const auto waits = [this](const engine::Campaign& campaign) { return !store.waiting_entries(campaign.key, 1).empty(); };
  if (std::any_of(running.begin(), running.end(), waits)) next = std::min(next, next_campaigns);
  if (const auto timer = store.next_timer()) next = std::min(next, std::max(next_timers, clock.steady() + std::max(*timer - clock.now(), engine::Duration::zero())));
  return std::max(next, clock.steady());
}

bool LoopCore::nothing_waits() const {
  const std::scoped_lock lock(mutex);
  return queue.empty() && starting.empty() && settlements.empty();
}

// Jobs that stand together are one batch, `jobs` with the first; a task between them keeps its place, and sees and tells only what is on disk.
void LoopCore::work(std::vector<LoopItem>& items, std::vector<Job> jobs) {
  for (auto& item : items) {
    if (auto* job = std::get_if<Job>(&item)) {
      jobs.push_back(std::move(*job));
      continue;
    }
    work_off(jobs);
    if (const auto* lease = std::get_if<LeaseTask>(&item)) {
      run_task(lease->kind, lease->body);
      continue;
    }
    const auto& task = std::get<LoopTask>(item);
    run_task(task.kind, [&] {
      store.wait_for_disk();
      task.body();
    });
  }
  work_off(jobs);
}

void LoopCore::work_off(std::vector<Job>& jobs) {
  if (jobs.empty()) return;
  const auto count = jobs.size();
  batch_size.took(count, measured(TaskKind::stimuli, [&] { process_ahead(jobs); }));
}

Turns::OptOutGate LoopCore::opt_out_gate() {
  return [this](const std::vector<engine::ContactKey>& contacts, bool undo) {
    if (undo) {
      gate.open(contacts);
    } else {
      gate.close(contacts, engine::Instant(std::chrono::floor<engine::Duration>(clock.steady().time_since_epoch())));
    }
  };
}

void LoopCore::process(std::vector<Job>& jobs) {
  if (jobs.empty()) return;
  const auto began = clock.steady();
  note(turns.process(jobs, opt_out_gate()), began);
  jobs.clear();
}

void LoopCore::process_ahead(std::vector<Job>& jobs) {
  if (jobs.empty()) return;
  const auto began = clock.steady();
  turns.process_ahead(std::exchange(jobs, {}), opt_out_gate(), [this, began](const Turns::Result& result) { note(result, began); });
}

// What is on disk now is seen to: measured, and whoever has work by it is woken.
void LoopCore::note(const Turns::Result& result, Clock::Steady began) {
  if (result.failed) metrics.commit_failed();
  if (result.set_aside > 0) metrics.set_aside(result.set_aside);
  metrics.batch(result.committed, clock.steady() - began);
  auto* to_wake = dispatcher.load();
  if (to_wake && !result.endpoints_with_work.empty()) to_wake->wake_endpoints(result.endpoints_with_work);
  if (to_wake && result.sends_with_work) to_wake->wake_sends();
  if (to_wake && result.calls_with_work) to_wake->wake_calls();
}

void LoopCore::watch_opt_outs(const std::vector<storage::Commit>& commits) {
  std::map<engine::ContactKey, engine::Consent> last;  // one batch may hold START and then STOP
  for (const auto& commit : commits) {
    for (const auto& row : commit.decision.ledger) last[row.contact] = row.status;
    for (const auto& event : commit.decision.events) log_flow_error(event);
    metrics.committed(commit);
  }
  std::vector<engine::ContactKey> opted_in;
  for (const auto& [contact, consent] : last) {
    if (consent == engine::Consent::opted_in) opted_in.push_back(contact);
  }
  if (!opted_in.empty()) gate.open(opted_in);
}

void LoopCore::run_task(TaskKind kind, const std::function<void()>& body) {
  measured(kind, [&] { guarded(body); });
}

// The disk's own time is told apart: it is no task's fault, and no cutting makes it shorter.
std::chrono::nanoseconds LoopCore::measured(TaskKind kind, const std::function<void()>& body) {
  const auto waited = store.waited_for_disk();
  const auto began = clock.steady();
  body();
  const auto took = clock.steady() - began;
  const auto for_disk = store.waited_for_disk() - waited;
  metrics.loop_task(kind, took - for_disk, for_disk);
  return took - for_disk;
}

void LoopCore::guarded(const std::function<void()>& body) {
  try {
    body();
  } catch (const storage::StoreError& error) {
    metrics.commit_failed();
    log(LogLevel::error, "store_failed", {{"why", error.what()}});
  } catch (const std::exception& error) {
    // A fault of ours ends the task that has it, not the process: a stored timer would bring it back at every start.
    log(LogLevel::error, "task_failed", {{"why", error.what()}});
  }
}

void LoopCore::timers() {
  const auto began = clock.steady();
  if (began < next_timers) return;
  run_task(TaskKind::timers, [&] {
    auto jobs = turns.due_timers(clock.now(), max_timers_at_once);
    // A full page means that more may be due: look again at once.
    next_timers = jobs.size() < max_timers_at_once ? began + options.timer_poll : began;
    process_ahead(jobs);
  });
}

// True when more of its contacts may wait.
bool LoopCore::start_some(const engine::Campaign& campaign) {
  const auto contacts = store.waiting_entries(campaign.key, max_campaign_starts_at_once + turns.set_aside_count());
  std::vector<Job> jobs;
  for (const auto contact : contacts) {
    if (turns.is_set_aside(contact, clock.now())) continue;
    Job job;
    job.address = contact;
    job.stimulus = engine::Start{campaign.flow, campaign.sender, {}, campaign};
    job.at = clock.now();
    jobs.push_back(std::move(job));
  }
  const bool more = jobs.size() >= max_campaign_starts_at_once;
  process_ahead(jobs);
  return more;
}

void LoopCore::campaigns() {
  const auto began = clock.steady();
  if (began < next_campaigns) return;
  next_campaigns = began + options.timer_poll;
  const auto until = clock.steady() + campaigns_share;
  if (turns.running_campaigns().empty()) return;
  run_task(TaskKind::campaigns, [&] {
    auto running = turns.running_campaigns();
    std::rotate(running.begin(), running.begin() + static_cast<std::ptrdiff_t>(campaign_turn++ % running.size()), running.end());
    for (bool more = true; more;) {
      more = false;
      for (const auto& campaign : running) {
        if (clock.steady() >= until) return void(next_campaigns = began);  // go on in the next round
        if (start_some(campaign)) more = true;
      }
    }
  });
}

void LoopCore::purge() {
  const auto began = clock.steady();
  if (began < next_purge) return;
  run_task(TaskKind::purge, [&] {
    next_purge = began + purge_pause;
    store.remember_clock(clock.now());
    store.end_erasures(clock.now());
    if (options.retention.count() == 0) return;
    const auto gone = store.purge(clock.now() - options.retention, max_purged_at_once);
    if (gone == max_purged_at_once) next_purge = began;
  });
}

void LoopCore::recall_clock() {
  run_task(TaskKind::clock, [this] {
    const auto now = clock.now();
    const auto seen = store.remember_clock(now);
    if (seen && *seen - now > smallest_step) clock_set_back(*seen - now);
  });
}

void LoopCore::look_at_clock() {
  const auto ahead = clock.now().time_since_epoch() - std::chrono::floor<engine::Duration>(clock.steady().time_since_epoch());
  const auto before = std::exchange(wall_ahead, ahead);
  if (before && *before - ahead > smallest_step) run_task(TaskKind::clock, [&] { clock_set_back(*before - ahead); });
}

void LoopCore::clock_set_back(engine::Duration by) {
  const auto now = clock.now();
  store.clock_set_back(by, now);
  store.remember_clock(now);
  log(LogLevel::warning, "clock_set_back", {{"seconds", std::to_string(std::chrono::floor<std::chrono::seconds>(by).count())}});
  auto* awake = dispatcher.load();
  if (awake == nullptr) return;
  std::vector<webhooks::EndpointKey> endpoints;
  for (const auto& endpoint : store.endpoints()) endpoints.push_back(endpoint.key);
  awake->wake_endpoints(endpoints);
  awake->wake_sends();
  awake->wake_calls();
}

// Whoever it is about goes on in doubt, which an operator must hear of: once a look, however often the row is read.
void LoopCore::look_for_damage() {
  const auto damaged = store.damaged_rows_read();
  if (damaged == damage_told) return;
  log(LogLevel::error, "damaged_rows_read", {{"times", std::to_string(damaged - damage_told)}, {"next", "stop the server; db check names them, db mend mends them"}});
  damage_told = damaged;
}

void LoopCore::look_around() {
  const auto began = clock.steady();
  if (began < next_look) return;
  next_look = began + look_pause;
  measured(TaskKind::look, [this] {
    look_for_damage();
    look_for_file();
  });
}

// What is written to a file that nobody finds again is lost: the store refuses it from here on, and an operator must hear of it.
void LoopCore::look_for_file() {
  auto found = store.misplaced();
  if (found == misplaced) return;
  misplaced = std::move(found);
  if (misplaced.empty()) return log(LogLevel::warning, "store_found_again", {});
  log(LogLevel::error, "store_misplaced", {{"why", misplaced}, {"next", "put it back, or restart on a restored backup; until then nothing is written"}});
}

}  // namespace answerback::server
