#include "tests/webhooks/support/rig.hpp"

#include <algorithm>

#include "tests/support/eventually.hpp"

namespace answerback::tests {

using namespace webhooks;

void HandClient::send(HttpRequest request, std::function<void(HttpAnswer)> done) {
  const std::scoped_lock lock(mutex_);
  calls_.push_back({std::move(request), std::move(done)});
}

std::size_t HandClient::count() const {
  const std::scoped_lock lock(mutex_);
  return calls_.size();
}

std::size_t HandClient::count_to(const std::string& url) const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(calls_.begin(), calls_.end(), [&](const Call& each) { return each.request.url == url; }));
}

std::size_t HandClient::open_to(const std::string& url) const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(calls_.begin(), calls_.end(), [&](const Call& each) { return each.request.url == url && each.done; }));
}

HttpRequest HandClient::request(std::size_t index) const {
  const std::scoped_lock lock(mutex_);
  return calls_.at(index).request;
}

bool HandClient::wait_for(std::size_t requests) const {
  return eventually([&] { return count() >= requests; });
}

void HandClient::answer(std::size_t index, HttpAnswer answer) {
  std::function<void(HttpAnswer)> done;
  {
    const std::scoped_lock lock(mutex_);
    done = std::exchange(calls_.at(index).done, nullptr);
  }
  done(std::move(answer));
}

void HandClient::answer_all(const std::string& url, int code) {
  std::vector<std::size_t> open;
  {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < calls_.size(); ++i)
      if (calls_[i].done && calls_[i].request.url == url) open.push_back(i);
  }
  for (const auto index : open) answer(index, status(code));
}

Endpoint endpoint(std::int64_t key, const std::string& url) {
  Endpoint made;
  made.key.value = key;
  made.url = url.empty() ? url_of(key) : url;
  made.secrets = {*Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  made.health.ramp = 10;
  return made;
}

engine::Message text(std::int64_t contact, const std::string& carrier) {
  engine::Message message;
  message.id.contact.value = contact;
  message.id.number = 1;
  message.direction = engine::Direction::out;
  message.to = "+15125550142";
  message.text = "Hi there";
  message.status = engine::MessageStatus::sending;
  message.carrier = carrier;
  return message;
}

namespace {

CarrierLane test_lane(const std::string& url) {
  CarrierLane lane;
  lane.request = [url](const DueSend& send) {
    HttpRequest request;
    request.url = url;
    request.body = send.message.text;
    request.timeout = std::chrono::milliseconds(500);
    return request;
  };
  lane.read = [](const HttpAnswer& answer, SendSettlement& settled) {
    settled.retry = answer.status == 503;
    settled.result = answer.status / 100 == 2 ? engine::Handover::Result::accepted : engine::Handover::Result::refused;
    settled.provider_id = answer.body;
  };
  return lane;
}

}  // namespace

engine::CallRequest call_to(const std::string& url, std::int64_t contact) {
  engine::CallRequest call;
  call.conversation = {{contact}, 1};
  call.turn = 3;
  call.method = "GET";
  call.url = url;
  call.give_up_at = rig_start + std::chrono::seconds(10);
  return call;
}

Rig::Rig(DispatcherOptions options, HttpClient* other_client, const std::string& carrier_url)
    : lane(test_lane(carrier_url)),
      dispatcher(
          std::move(options), outbox.port(), other_client == nullptr ? client : *other_client,
          other_client == nullptr ? client : *other_client, [this] { return now(); },
          [this](const std::string& name) { return name == "test" ? &lane : nullptr; },
          [this](const engine::Message&) { return may_start.load(); }) {
  outbox.set_now([this] { return now(); });
}

void Rig::advance(flows::Duration by) {
  now_ms_ += by.count();
  dispatcher.wake_endpoints(known);
  dispatcher.wake_sends();
  dispatcher.wake_calls();
}

// Woken, the dispatcher ends one more turn at least; what it was told before is part of the second one at the latest.
bool Rig::takes_a_turn() {
  const auto before = dispatcher.counters().turns;
  advance({});
  return eventually([&] { return dispatcher.counters().turns > before; });
}

bool Rig::comes_to_rest() {
  constexpr int longest_chain = 8;  // asked, leased, started, answered, settled, each a turn later than the one before
  constexpr int most_turns = 1'000;
  int quiet = 0;
  auto requests = client.count();
  for (int turn = 0; turn < most_turns && quiet < longest_chain; ++turn) {
    if (!takes_a_turn()) return false;
    quiet = client.count() == requests ? quiet + 1 : 0;
    requests = client.count();
  }
  return quiet == longest_chain;
}

bool Rig::begins_to_stop() const {
  return eventually([&] { return dispatcher.counters().is_stopping; });
}

bool Rig::settles(std::size_t count) const {
  return eventually([&] { return outbox.settled().size() >= count; });
}

bool Rig::settles_texts(std::size_t count) const {
  return eventually([&] { return outbox.settled_texts().size() >= count; });
}

bool Rig::settles_calls(std::size_t count) const {
  return eventually([&] { return outbox.settled_calls().size() >= count; });
}

void Rig::know(const Endpoint& endpoint) {
  known.push_back(endpoint.key);
  dispatcher.set_endpoint(endpoint);
}

}  // namespace answerback::tests
