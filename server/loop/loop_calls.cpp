// The dispatcher's port for the calls of flows.
#include <iterator>

#include "server/log/log.hpp"
#include "server/loop/loop_core.hpp"

namespace answerback::server {

namespace {

// The host alone: a URL's path and query may hold what the contact wrote.
void log_call(const webhooks::CallSettlement& settled) {
  const auto& request = settled.call.request;
  if (settled.error.empty()) return;
  log(settled.retry_at ? LogLevel::info : LogLevel::warning, settled.retry_at ? "call_retried" : "call_failed",
      {{"call", webhooks::to_string(webhooks::key_of(request))},
       {"host", webhooks::host_of(request)},
       {"why", settled.error},
       {"status", std::to_string(settled.status)},
       {"attempt", std::to_string(settled.call.attempt)}});
}

}  // namespace

bool LoopCore::retry_calls(const std::vector<webhooks::CallSettlement>& settled) {
  bool stored = false;
  guarded([&] {
    store.retry_calls(settled);
    stored = true;
  });
  return stored;
}

// Each answer is a stimulus, and the call's row goes in the commit that takes it: neither lost nor taken twice.
bool LoopCore::take_answers(const std::vector<webhooks::CallSettlement>& settled) {
  bool stored = true;
  std::vector<Job> jobs;
  for (const auto& each : settled) {
    Job job;
    job.address = each.answer.conversation.contact;
    job.stimulus = each.answer;
    job.at = clock.now();
    job.settles = webhooks::key_of(each.call.request);
    job.done = [&stored](const Handled& handled) { stored = stored && handled.stored; };
    jobs.push_back(std::move(job));
  }
  process(jobs);
  return stored;
}

// What the store could not take is settled later: an answer that came must not be asked for again.
void LoopCore::settle_calls(std::vector<webhooks::CallSettlement>& settled) {
  std::vector<webhooks::CallSettlement> again, answers;
  for (auto& each : settled) (each.retry_at ? again : answers).push_back(std::move(each));
  Settled left;
  const auto finish = [&](std::vector<webhooks::CallSettlement>& some, bool stored) {
    if (!stored) return std::move(some.begin(), some.end(), std::back_inserter(left.calls)), void();
    for (const auto& each : some) {
      metrics.call(each);
      log_call(each);
    }
  };
  if (!again.empty()) finish(again, retry_calls(again));
  if (!answers.empty()) finish(answers, take_answers(answers));
  if (!left.empty()) put_back(std::move(left));
}

void LoopCore::add_calls(webhooks::Outbox& port) {
  port.lease_calls = [this](std::uint32_t slots, std::uint32_t per_host, std::function<void(webhooks::LeasedCalls)> done) {
    push(LeaseTask{TaskKind::lease_calls, [this, slots, per_host, done = std::move(done)] {
           auto leased = std::make_shared<webhooks::LeasedCalls>();
           leased->failed = true;
           guarded([&] { *leased = store.lease_calls(clock.now(), slots, per_host); });
           store.when_on_disk([leased, done](bool on_disk) { done(on_disk ? std::move(*leased) : webhooks::LeasedCalls{{}, {}, true}); });
         }},
         true);
  };
  port.settle_calls = [this](std::vector<webhooks::CallSettlement> settled) {
    {
      const std::scoped_lock lock(mutex);
      std::move(settled.begin(), settled.end(), std::back_inserter(settlements.calls));
    }
    wakeup.notify_one();
  };
}

}  // namespace answerback::server
