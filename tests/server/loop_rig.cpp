#include "tests/server/loop_rig.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <thread>

namespace answerback::tests {

namespace {

constexpr std::chrono::seconds patience{20};
constexpr int max_looks = 2'000;

template <typename T>
T answer(std::future<T> future) {
  const auto status = future.wait_for(patience);
  REQUIRE(status == std::future_status::ready);
  return future.get();
}

}  // namespace

LoopRig::LoopRig(server::LoopOptions options)
    : clock(office.now), loop(office.store, office.turns, clock, metrics, options), outbox(loop.outbox()) {}

server::Handled LoopRig::send(server::Job job) {
  auto promise = std::make_shared<std::promise<server::Handled>>();
  job.at = clock.now();
  job.done = [promise](const server::Handled& handled) { promise->set_value(handled); };
  REQUIRE(loop.submit(std::move(job)));
  return answer(promise->get_future());
}

void LoopRig::on_loop(const std::function<void()>& task) {
  auto promise = std::make_shared<std::promise<bool>>();
  // The task may assert: nothing is asserted here until it has.
  const bool is_taken = loop.submit_task(server::TaskKind::change, [promise, task] {
    task();
    promise->set_value(true);
  });
  if (!is_taken) FAIL("the loop took no task");
  answer(promise->get_future());
}

bool LoopRig::eventually(const std::function<bool()>& holds) {
  for (int look = 0; look < max_looks; ++look) {
    bool held = false;
    on_loop([&] { held = holds(); });
    if (held) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

std::vector<webhooks::DueSend> LoopRig::lease_texts(int slots) {
  auto promise = std::make_shared<std::promise<std::vector<webhooks::DueSend>>>();
  outbox.lease_sends(slots, [promise](webhooks::LeasedTexts leased) { promise->set_value(std::move(leased.due)); });
  return answer(promise->get_future());
}

webhooks::SendStart LoopRig::start(const webhooks::DueSend& send) {
  auto promise = std::make_shared<std::promise<webhooks::SendStart>>();
  outbox.start_send(send, [promise](webhooks::SendStart start) { promise->set_value(start); });
  return answer(promise->get_future());
}

std::vector<webhooks::DueSend> LoopRig::start_texts(int slots) {
  std::vector<webhooks::DueSend> going;
  for (auto& each : lease_texts(slots)) {
    if (start(each) == webhooks::SendStart::go) going.push_back(std::move(each));
  }
  return going;
}

void LoopRig::settle(const webhooks::DueSend& send, engine::Handover::Result result, bool retry) {
  webhooks::SendSettlement settlement;
  settlement.send = send;
  settlement.result = result;
  settlement.retry = retry;
  settlement.retry_at = clock.now();
  settlement.provider_id = retry ? "" : "SM1";
  outbox.settle_sends({settlement});
}

std::string LoopRig::metrics_text() { return metrics.text({}, clock.now(), 0, 0); }

}  // namespace answerback::tests
