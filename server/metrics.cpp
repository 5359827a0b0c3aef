#include "server/metrics.hpp"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "server/log/log.hpp"

namespace answerback::server {

namespace {

std::string_view to_string(FrontTrouble what) {
  switch (what) {
    case FrontTrouble::full_closed_idle: return "closed_idle";
    case FrontTrouble::full_turned_away: return "turned_away";
    case FrontTrouble::no_descriptors: return "accept_failed";
    case FrontTrouble::closed_unread: return "closed_unread";
    case FrontTrouble::failed: return "failed";
  }
  return "failed";
}

const prometheus::Histogram::BucketBoundaries seconds_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
// The rule: no task of the loop is longer than 20 ms.
const prometheus::Histogram::BucketBoundaries task_buckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1};
const prometheus::Histogram::BucketBoundaries size_buckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

double seconds(std::chrono::nanoseconds took) { return std::chrono::duration<double>(took).count(); }

double age(std::optional<engine::Instant> due, engine::Instant now) {
  return due && *due < now ? std::chrono::duration<double>(now - *due).count() : 0.0;
}

std::string_view result_of(const webhooks::DeliverySettlement& settlement) {
  switch (settlement.next.verdict) {
    case webhooks::Verdict::delivered: return "delivered";
    case webhooks::Verdict::retry: return "retry";
    case webhooks::Verdict::gone: return "gone";
    case webhooks::Verdict::give_up: return "dead";
  }
  return "dead";
}

std::string_view result_of(const webhooks::SendSettlement& settlement) {
  if (settlement.retry) return "retry";
  switch (settlement.result) {
    case engine::Handover::Result::accepted: return "accepted";
    case engine::Handover::Result::refused: return "refused";
    case engine::Handover::Result::unknown: return "unknown";
    case engine::Handover::Result::opted_out: return "opted_out";
    case engine::Handover::Result::suppressed: return "suppressed";
    case engine::Handover::Result::expired: return "expired";
  }
  return "unknown";
}

std::string_view result_of(const webhooks::CallSettlement& settlement) {
  if (settlement.error.empty()) return "ok";
  if (settlement.retry_at) return "retry";
  if (settlement.error == "status") return "status";
  return settlement.status == 0 ? "unanswered" : "unreadable";
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;

  prometheus::Family<prometheus::Counter>& counters(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  prometheus::Family<prometheus::Gauge>& gauges(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }
  prometheus::Family<prometheus::Histogram>& histograms(const char* name, const char* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  }

  prometheus::Family<prometheus::Counter>& inbound = counters("answerback_inbound_messages_total", "Texts received, by whether they were new.");
  prometheus::Counter& inbound_new = inbound.Add({{"result", "new"}});
  prometheus::Counter& inbound_duplicate = inbound.Add({{"result", "duplicate"}});
  prometheus::Counter& replies = counters("answerback_replies_total", "Texts that the engine decided to send.").Add({});
  prometheus::Family<prometheus::Counter>& outcomes = counters("answerback_conversation_outcomes_total", "Conversations ended, by outcome.");
  prometheus::Family<prometheus::Counter>& consent = counters("answerback_consent_changes_total", "Consent changes, by new status.");
  prometheus::Family<prometheus::Counter>& deliveries = counters("answerback_webhook_attempts_total", "Webhook attempts, by result.");
  prometheus::Histogram& delivery_seconds =
      histograms("answerback_webhook_attempt_seconds", "How long webhook attempts took.").Add({}, seconds_buckets);
  prometheus::Family<prometheus::Counter>& sends = counters("answerback_carrier_handovers_total", "Texts handed to carriers, by result.");
  prometheus::Family<prometheus::Counter>& calls = counters("answerback_call_attempts_total", "Tries of the calls that flows make, by result.");
  prometheus::Histogram& call_seconds = histograms("answerback_call_attempt_seconds", "How long tries of calls took.").Add({}, seconds_buckets);
  prometheus::Histogram& commit_seconds = histograms("answerback_commit_seconds", "How long commits took.").Add({}, seconds_buckets);
  prometheus::Histogram& commit_size = histograms("answerback_commit_batch_size", "Stimuli per commit.").Add({}, size_buckets);
  prometheus::Counter& commit_failures = counters("answerback_commit_failures_total", "Commits that the store refused.").Add({});
  prometheus::Counter& aside = counters("answerback_stimuli_set_aside_total", "Stimuli that could not be loaded, decided or stored, and were set aside alone.").Add({});
  prometheus::Counter& refused = counters("answerback_turned_away_total", "Requests refused because too much was waiting.").Add({});
  prometheus::Family<prometheus::Counter>& front = counters("answerback_http_trouble_total", "What the HTTP front could not do as it should, by kind.");
  prometheus::Counter& log_dropped = counters("answerback_log_lines_dropped_total", "Log lines that nobody read in time.").Add({});
  // A family's Add looks its labels up by hashing them all; requests are too many for that.
  std::mutex requests_mutex;
  std::map<std::pair<std::string, int>, prometheus::Histogram*, std::less<>> known_requests;
  prometheus::Histogram& requests_of(std::string_view route, int status_class);

  prometheus::Family<prometheus::Histogram>& requests = histograms("answerback_http_request_seconds", "HTTP requests, by route and status class.");
  struct LoopTasks {
    prometheus::Histogram* seconds = nullptr;
    prometheus::Gauge* longest = nullptr;
  };
  std::array<LoopTasks, task_kinds> loop_tasks = make_loop_tasks();
  std::array<LoopTasks, task_kinds> make_loop_tasks();
  prometheus::Histogram& loop_disk_seconds =
      histograms("answerback_loop_disk_wait_seconds", "How long tasks of the writing thread waited for the disk, if they did.").Add({}, seconds_buckets);
  prometheus::Family<prometheus::Gauge>& queue_age = gauges("answerback_queue_oldest_age_seconds", "Age of the oldest due work, by queue.");
  prometheus::Family<prometheus::Gauge>& queue_length = gauges("answerback_queue_length", "Unfinished work, by queue.");
  prometheus::Gauge& contacts = gauges("answerback_contacts", "Contacts known.").Add({});
  prometheus::Gauge& conversations = gauges("answerback_active_conversations", "Conversations that have not ended.").Add({});
  prometheus::Gauge& misplaced = gauges("answerback_store_misplaced", "1: the store's file was removed, renamed or replaced.").Add({});
  prometheus::Counter& damaged = counters("answerback_damaged_rows_read_total", "Rows of the store that were damaged and read in doubt.").Add({});
  prometheus::Gauge& connections = gauges("answerback_http_connections", "Open HTTP connections.").Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::inbound(bool duplicate) { (duplicate ? impl_->inbound_duplicate : impl_->inbound_new).Increment(); }

void Metrics::batch(std::size_t commits, std::chrono::nanoseconds took) {
  impl_->commit_seconds.Observe(seconds(took));
  impl_->commit_size.Observe(static_cast<double>(commits));
}

void Metrics::committed(const storage::Commit& commit) {
  const auto& decision = commit.decision;
  const auto out = std::count_if(decision.messages.begin(), decision.messages.end(),
                                 [](const auto& message) { return message.direction == engine::Direction::out; });
  if (out > 0) impl_->replies.Increment(static_cast<double>(out));
  for (const auto& conversation : decision.conversations) {
    const auto outcome = engine::outcome_of(conversation.life);
    if (outcome) impl_->outcomes.Add({{"outcome", std::string(flows::to_string(*outcome))}}).Increment();
  }
  for (const auto& row : decision.ledger) impl_->consent.Add({{"status", std::string(engine::to_string(row.status))}}).Increment();
}

void Metrics::commit_failed() { impl_->commit_failures.Increment(); }

// All are there from the start: nothing is looked up by its label while others wait.
std::array<Metrics::Impl::LoopTasks, task_kinds> Metrics::Impl::make_loop_tasks() {
  auto& times = histograms("answerback_loop_task_seconds", "How long tasks of the writing thread took, without the disk, by kind.");
  auto& longest = gauges("answerback_loop_task_longest_seconds", "The longest task of the writing thread since the start, without the disk, by kind.");
  std::array<LoopTasks, task_kinds> made;
  for (std::size_t i = 0; i < task_kinds; ++i) {
    const prometheus::Labels labels{{"task", std::string(to_string(static_cast<TaskKind>(i)))}};
    made[i] = {&times.Add(labels, task_buckets), &longest.Add(labels)};
  }
  return made;
}

void Metrics::loop_task(TaskKind kind, std::chrono::nanoseconds worked, std::chrono::nanoseconds waited_for_disk) {
  const auto& tasks = impl_->loop_tasks[static_cast<std::size_t>(kind)];
  tasks.seconds->Observe(seconds(worked));
  if (seconds(worked) > tasks.longest->Value()) tasks.longest->Set(seconds(worked));
  if (waited_for_disk.count() > 0) impl_->loop_disk_seconds.Observe(seconds(waited_for_disk));
}

void Metrics::set_aside(std::size_t stimuli) { impl_->aside.Increment(static_cast<double>(stimuli)); }

void Metrics::delivery(const webhooks::DeliverySettlement& settlement) {
  impl_->deliveries.Add({{"result", std::string(result_of(settlement))}}).Increment();
  impl_->delivery_seconds.Observe(seconds(settlement.took));
}

void Metrics::send(const webhooks::SendSettlement& settlement) {
  impl_->sends.Add({{"result", std::string(result_of(settlement))}}).Increment();
}

void Metrics::call(const webhooks::CallSettlement& settlement) {
  impl_->calls.Add({{"result", std::string(result_of(settlement))}}).Increment();
  if (settlement.took.count() > 0) impl_->call_seconds.Observe(seconds(settlement.took));  // not those that never left
}

prometheus::Histogram& Metrics::Impl::requests_of(std::string_view route, int status_class) {
  const std::scoped_lock lock(requests_mutex);
  auto& known = known_requests[{std::string(route), status_class}];
  if (!known) known = &requests.Add({{"route", std::string(route)}, {"status", fmt::format("{}xx", status_class)}}, seconds_buckets);
  return *known;
}

void Metrics::request(std::string_view route, int status, std::chrono::nanoseconds took) {
  impl_->requests_of(route, status / 100).Observe(seconds(took));
}

void Metrics::turned_away() { impl_->refused.Increment(); }

void Metrics::front_trouble(FrontTrouble what, std::size_t how_many) {
  impl_->front.Add({{"kind", std::string(to_string(what))}}).Increment(static_cast<double>(how_many));
}

std::string Metrics::text(const storage::Gauges& gauges, engine::Instant now, std::size_t waiting, std::size_t connections) {
  impl_->log_dropped.Increment(static_cast<double>(log_lines_dropped()) - impl_->log_dropped.Value());
  impl_->contacts.Set(static_cast<double>(gauges.contacts));
  impl_->conversations.Set(static_cast<double>(gauges.active_conversations));
  impl_->damaged.Increment(static_cast<double>(gauges.damaged_rows_read) - impl_->damaged.Value());
  impl_->misplaced.Set(gauges.misplaced ? 1 : 0);
  impl_->connections.Set(static_cast<double>(connections));
  impl_->queue_length.Add({{"queue", "loop"}}).Set(static_cast<double>(waiting));
  impl_->queue_length.Add({{"queue", "texts"}}).Set(static_cast<double>(gauges.queued_sends));
  impl_->queue_length.Add({{"queue", "webhooks"}}).Set(static_cast<double>(gauges.unfinished_deliveries));
  impl_->queue_length.Add({{"queue", "calls"}}).Set(static_cast<double>(gauges.unfinished_calls));
  impl_->queue_age.Add({{"queue", "texts"}}).Set(age(gauges.oldest_send_due, now));
  impl_->queue_age.Add({{"queue", "webhooks"}}).Set(age(gauges.oldest_delivery_due, now));
  impl_->queue_age.Add({{"queue", "calls"}}).Set(age(gauges.oldest_call_due, now));
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace answerback::server
