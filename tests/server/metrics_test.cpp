#include "server/metrics.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <sstream>

using namespace answerback;
using namespace std::chrono_literals;
using server::Metrics;

namespace {

const engine::Instant scraped_at = *flows::parse_iso8601("2026-03-02T12:00:00Z");

// Prometheus' text format, version 0.0.4: comments that give each family its type, and one sample a line.
struct Scraped {
  explicit Scraped(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) read(line);
  }

  void read(const std::string& line) {
    if (line.starts_with("# TYPE ")) {
      const auto space = line.rfind(' ');
      CHECK(types.emplace(line.substr(7, space - 7), line.substr(space + 1)).second);
    } else if (line.starts_with("# HELP ")) {
      CHECK(line.size() > line.find(' ', 7) + 1);
    } else {
      const auto space = line.rfind(' ');
      REQUIRE(space != std::string::npos);
      CHECK(samples.emplace(line.substr(0, space), std::stod(line.substr(space + 1))).second);
    }
  }

  double at(const std::string& sample) const {
    const auto it = samples.find(sample);
    return it == samples.end() ? -1 : it->second;
  }

  std::map<std::string, std::string> types;
  std::map<std::string, double> samples;
};

Scraped scrape(Metrics& metrics, const storage::Gauges& gauges = {}) { return Scraped(metrics.text(gauges, scraped_at, 3, 5)); }

storage::Commit commit_with_outcome(engine::Life life) {
  storage::Commit commit;
  commit.decision.conversations.emplace_back().life = life;
  commit.decision.messages.emplace_back().direction = engine::Direction::in;
  commit.decision.messages.emplace_back().direction = engine::Direction::out;
  commit.decision.messages.emplace_back().direction = engine::Direction::out;
  commit.decision.ledger.emplace_back().status = engine::Consent::opted_out;
  return commit;
}

}  // namespace

TEST_CASE("every metric names the product, has a type, and its unit or `total` last") {
  Metrics metrics;
  metrics.request("/v1/inbound", 200, 1ms);
  const auto scraped = scrape(metrics);
  CHECK(scraped.types.size() >= 12);
  for (const auto& [name, type] : scraped.types) {
    INFO(name);
    CHECK(name.starts_with("answerback_"));
    CHECK((type == "counter") == name.ends_with("_total"));
    if (type == "histogram") CHECK((name.ends_with("_seconds") || name.ends_with("_size")));
  }
}

TEST_CASE("texts in, replies, outcomes and consent changes are counted") {
  Metrics metrics;
  metrics.inbound(false);
  metrics.inbound(false);
  metrics.inbound(true);
  metrics.committed(commit_with_outcome(engine::Life::completed));
  metrics.committed(commit_with_outcome(engine::Life::discarded));
  metrics.committed(commit_with_outcome(engine::Life::waiting));
  metrics.commit_failed();
  metrics.set_aside(2);
  metrics.turned_away();
  const auto scraped = scrape(metrics);
  CHECK(scraped.at("answerback_inbound_messages_total{result=\"new\"}") == 2);
  CHECK(scraped.at("answerback_inbound_messages_total{result=\"duplicate\"}") == 1);
  CHECK(scraped.at("answerback_replies_total") == 6);
  CHECK(scraped.at("answerback_conversation_outcomes_total{outcome=\"completed\"}") == 1);
  CHECK(scraped.at("answerback_conversation_outcomes_total{outcome=\"discarded\"}") == 1);
  CHECK(scraped.at("answerback_consent_changes_total{status=\"opted_out\"}") == 3);
  CHECK(scraped.at("answerback_commit_failures_total") == 1);
  CHECK(scraped.at("answerback_stimuli_set_aside_total") == 2);
  CHECK(scraped.at("answerback_turned_away_total") == 1);
}

TEST_CASE("webhook attempts and hand-overs are counted by what they came to") {
  Metrics metrics;
  for (const auto verdict : {webhooks::Verdict::delivered, webhooks::Verdict::retry, webhooks::Verdict::gone, webhooks::Verdict::give_up}) {
    webhooks::DeliverySettlement settlement;
    settlement.next.verdict = verdict;
    metrics.delivery(settlement);
  }
  using Result = engine::Handover::Result;
  for (const auto result : {Result::accepted, Result::refused, Result::unknown, Result::opted_out, Result::suppressed, Result::expired}) {
    webhooks::SendSettlement settlement;
    settlement.result = result;
    metrics.send(settlement);
  }
  webhooks::SendSettlement again;
  again.retry = true;
  metrics.send(again);
  const auto scraped = scrape(metrics);
  for (const std::string result : {"delivered", "retry", "gone", "dead"})
    CHECK(scraped.at("answerback_webhook_attempts_total{result=\"" + result + "\"}") == 1);
  for (const std::string result : {"accepted", "refused", "unknown", "opted_out", "suppressed", "expired", "retry"})
    CHECK(scraped.at("answerback_carrier_handovers_total{result=\"" + result + "\"}") == 1);
}

TEST_CASE("tasks of the writing thread are measured by kind, with 20 ms as a bound, and their waits for the disk apart") {
  Metrics metrics;
  metrics.loop_task(server::TaskKind::erase, 19ms, 0ms);
  metrics.loop_task(server::TaskKind::erase, 30ms, 400ms);
  metrics.loop_task(server::TaskKind::erase, 1ms, 0ms);
  const auto scraped = scrape(metrics);
  CHECK(scraped.at("answerback_loop_task_seconds_count{task=\"erase\"}") == 3);
  CHECK(scraped.at("answerback_loop_task_seconds_bucket{task=\"erase\",le=\"0.02\"}") == 2);
  CHECK(scraped.at("answerback_loop_task_seconds_bucket{task=\"erase\",le=\"0.05\"}") == 3);
  CHECK(scraped.at("answerback_loop_task_longest_seconds{task=\"erase\"}") == 0.03);
  CHECK(scraped.at("answerback_loop_disk_wait_seconds_count") == 1);
  CHECK(scraped.at("answerback_loop_disk_wait_seconds_sum") == 0.4);
}

TEST_CASE("every kind of task is there from the start under a name of its own") {
  Metrics metrics;
  const auto scraped = scrape(metrics);
  for (std::size_t i = 0; i < server::task_kinds; ++i)
    CHECK(scraped.at("answerback_loop_task_seconds_count{task=\"" + std::string(to_string(static_cast<server::TaskKind>(i))) + "\"}") == 0);
}

TEST_CASE("tries of calls are counted by what came of them") {
  Metrics metrics;
  const auto count = [&](int status, const std::string& error, bool again = false) {
    webhooks::CallSettlement settlement;
    settlement.status = status;
    settlement.error = error;
    if (status != 0) settlement.took = 20ms;
    if (again) settlement.retry_at = scraped_at;
    metrics.call(settlement);
  };
  count(200, "");
  count(503, "status", true);
  count(404, "status");
  count(200, "pointer");
  count(0, "timeout");
  count(0, "unknown_secret:crm_token");
  const auto scraped = scrape(metrics);
  for (const std::string result : {"ok", "retry", "status", "unreadable"})
    CHECK(scraped.at("answerback_call_attempts_total{result=\"" + result + "\"}") == 1);
  CHECK(scraped.at("answerback_call_attempts_total{result=\"unanswered\"}") == 2);
  CHECK(scraped.at("answerback_call_attempt_seconds_count") == 4);
}

TEST_CASE("how long things took goes into buckets that add up") {
  Metrics metrics;
  metrics.batch(1, 300us);
  metrics.batch(512, 20ms);
  metrics.batch(100'000, 1h);
  const auto scraped = scrape(metrics);
  CHECK(scraped.at("answerback_commit_seconds_bucket{le=\"0.0005\"}") == 1);
  CHECK(scraped.at("answerback_commit_seconds_bucket{le=\"0.025\"}") == 2);
  CHECK(scraped.at("answerback_commit_seconds_bucket{le=\"30\"}") == 2);
  CHECK(scraped.at("answerback_commit_seconds_bucket{le=\"+Inf\"}") == 3);
  CHECK(scraped.at("answerback_commit_seconds_count") == 3);
  CHECK(scraped.at("answerback_commit_batch_size_bucket{le=\"512\"}") == 2);
}

TEST_CASE("requests are told apart by route and by the first digit of their status") {
  Metrics metrics;
  metrics.request("/v1/contacts/{phone}", 200, 1ms);
  metrics.request("/v1/contacts/{phone}", 201, 1ms);
  metrics.request("/v1/contacts/{phone}", 404, 1ms);
  const auto scraped = scrape(metrics);
  CHECK(scraped.at("answerback_http_request_seconds_count{route=\"/v1/contacts/{phone}\",status=\"2xx\"}") == 2);
  CHECK(scraped.at("answerback_http_request_seconds_count{route=\"/v1/contacts/{phone}\",status=\"4xx\"}") == 1);
}

TEST_CASE("gauges show the store as it is when somebody asks; what is not due yet has no age") {
  Metrics metrics;
  storage::Gauges gauges{7, 2, 4, 9, scraped_at - 30s, scraped_at + 30s, 6, scraped_at - 2s};
  auto scraped = scrape(metrics, gauges);
  CHECK(scraped.at("answerback_contacts") == 7);
  CHECK(scraped.at("answerback_active_conversations") == 2);
  CHECK(scraped.at("answerback_queue_length{queue=\"loop\"}") == 3);
  CHECK(scraped.at("answerback_http_connections") == 5);
  CHECK(scraped.at("answerback_queue_oldest_age_seconds{queue=\"texts\"}") == 30);
  CHECK(scraped.at("answerback_queue_oldest_age_seconds{queue=\"webhooks\"}") == 0);
  CHECK(scraped.at("answerback_queue_length{queue=\"calls\"}") == 6);
  CHECK(scraped.at("answerback_queue_oldest_age_seconds{queue=\"calls\"}") == 2);
  scraped = scrape(metrics);
  CHECK(scraped.at("answerback_contacts") == 0);
  CHECK(scraped.at("answerback_queue_oldest_age_seconds{queue=\"texts\"}") == 0);
}

TEST_CASE("damaged rows that were read add up to what the store has counted, however often somebody asks") {
  Metrics metrics;
  storage::Gauges gauges;
  CHECK(scrape(metrics, gauges).at("answerback_damaged_rows_read_total") == 0);
  gauges.damaged_rows_read = 3;
  CHECK(scrape(metrics, gauges).at("answerback_damaged_rows_read_total") == 3);
  CHECK(scrape(metrics, gauges).at("answerback_damaged_rows_read_total") == 3);
  gauges.damaged_rows_read = 5;
  CHECK(scrape(metrics, gauges).at("answerback_damaged_rows_read_total") == 5);
}
