// The books of the webhooks' lane against a store, on a clock that only the test moves: random outages, 429s, hangs, deletions and
// pauses, busy at first and then quiet. Whatever is due and allowed is started soon, also when nothing else ever happens.
#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <queue>
#include <random>

#include "tests/storage/conformance/support.hpp"
#include "webhooks/dispatch/delivery_book.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using namespace std::chrono_literals;
using webhooks::DeliveryState;
using webhooks::dispatch::DeliveryBook;

namespace {

constexpr unsigned worlds = 150;
constexpr int most_events = 60'000;
constexpr auto busy_for = 120s;
constexpr auto heals_at = 240s;
constexpr auto longest_wait = 10s;  // of what is due and allowed, for its start

struct Receiver {
  std::vector<std::pair<Instant, Instant>> down;  // when it fails
  int failure = 503;                              // 0 = it hangs
  flows::Duration latency = 20ms;
  bool removed = false;
  int under_way = 0;
};

class World {
 public:
  explicit World(unsigned seed, StoreKind kind = StoreKind::memory) : random_(seed), store_(kind) {
    const auto count = 1 + below(5);
    for (std::size_t i = 0; i < count; ++i) add_receiver();
    for (int i = 0; i < 20; ++i) people_.emplace_back(*store_, "+151255501" + std::to_string(10 + i));
    for (std::size_t i = 0, messages = 20 + below(120); i < messages; ++i) plan(at(0) + random_time(busy_for), [this] { speak(); });
    if (below(3) == 0) plan(at(0) + random_time(busy_for), [this] { remove_one(); });
    if (below(3) == 0) plan(at(0) + random_time(busy_for), [this] { disable_and_enable(); });
    if (below(4) == 0) store_fails_until_ = at(0) + random_time(busy_for);
  }

  void run() {
    for (int i = 0; i < most_events && step(); ++i) look_for_what_waits();
    CHECK(events_.empty());
  }

  std::size_t unfinished_of_healthy() const {
    std::size_t left = 0;
    for (const auto& delivery : store_->list_deliveries({}, {500, 0}).items) left += webhooks::unfinished(delivery.state) ? 1U : 0U;
    return left;
  }
  Instant now() const { return now_; }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  flows::Duration random_time(flows::Duration bound) { return flows::Duration(static_cast<std::int64_t>(below(static_cast<std::size_t>(bound.count())))); }

  void plan(Instant when, std::function<void()> what) { events_.push({when, ++planned_, std::move(what)}); }

  void add_receiver() {
    const auto key = store_->add_endpoint(an_endpoint("https://crm" + std::to_string(receivers_.size()) + ".example.com/hook"));
    Receiver receiver;
    receiver.latency = 1ms + random_time(300ms);
    const int failures[] = {503, 500, 0, 429, 200};
    receiver.failure = failures[below(5)];
    for (std::size_t i = below(3); i > 0; --i) {
      const auto begin = at(0) + random_time(busy_for);
      receiver.down.emplace_back(begin, std::min(begin + random_time(100s), at(0) + heals_at));
    }
    receivers_[key] = receiver;
    book_.set(*store_->find_endpoint(key), now_);
  }

  void speak() {
    auto& person = people_[below(people_.size())];
    auto made = !person.active ? person.begin(0) : below(4) == 0 ? person.opt_out(1) : below(3) == 0 ? person.end(1, engine::Life::completed, "x") : person.turn(1, "hm");
    made.at = now_;
    for (auto& event : made.events) event.at = now_;
    std::vector<webhooks::EndpointKey> with_work;
    for (const auto& [key, receiver] : receivers_) {
      if (receiver.removed) continue;
      for (std::size_t i = 0; i < made.events.size(); ++i) made.deliveries.push_back({key, i});
      with_work.push_back(key);
    }
    store_->commit(std::span(&made, 1));
    book_.wake(with_work, now_);
  }

  void remove_one() {
    auto& [key, receiver] = *std::next(receivers_.begin(), static_cast<std::ptrdiff_t>(below(receivers_.size())));
    receiver.removed = true;
    store_->remove_endpoint(key);
    book_.remove(key);
  }

  void disable_and_enable() {
    const auto key = std::next(receivers_.begin(), static_cast<std::ptrdiff_t>(below(receivers_.size())))->first;
    change(key, false);
    plan(now_ + 10s, [this, key] { change(key, true); });
  }
  void change(webhooks::EndpointKey key, bool enabled) {
    auto endpoint = store_->find_endpoint(key);
    if (!endpoint) return;
    endpoint->health = webhooks::after_operator(endpoint->health, enabled, now_);
    store_->update_endpoint(*endpoint);
    book_.set(*endpoint, now_);
  }

  // What happens at the earliest instant: an event, or the book's own appointment. False when nothing will ever happen again.
  bool step() {
    const auto look = book_.next_look();
    if (events_.empty() && !look) return false;
    const bool event_first = !events_.empty() && (!look || events_.top().when <= *look);
    now_ = std::max(now_, event_first ? events_.top().when : *look);
    if (now_ > at(0) + 400h) return false;
    if (event_first) {
      const auto what = events_.top().what;
      events_.pop();
      what();
    }
    // As the lane's turn does it.
    start();
    settle();
    ask();
    start();
    return true;
  }

  void start() {
    for (auto& start : book_.start(now_)) {
      auto& receiver = receivers_.at(start.due.endpoint);
      ++receiver.under_way;
      waits_since_.erase(start.due.endpoint);
      webhooks::HttpAnswer answer;
      auto took = receiver.latency;
      const bool is_down = std::any_of(receiver.down.begin(), receiver.down.end(), [&](const auto& one) { return one.first <= now_ && now_ < one.second; });
      answer.status = is_down ? receiver.failure : 204;
      if (answer.status == 0) {
        answer.error = "timeout";
        took = 15s;
      }
      if (answer.status == 429) answer.headers = {{"retry-after", "7"}};
      answer.took = took;
      plan(now_ + took, [this, due = start.due, began = now_, answer] {
        --receivers_.at(due.endpoint).under_way;
        if (auto settled = book_.answered(due, began, answer, now_)) settled_.push_back(std::move(*settled));
      });
    }
  }

  void settle() {
    if (settled_.empty()) return;
    book_.handed_over(settled_, now_);
    store_->settle_deliveries(settled_, {});
    settled_.clear();
  }

  void ask() {
    auto wants = book_.ask(now_);
    if (wants.empty()) return;
    if (now_ < store_fails_until_ && below(2) == 0) {
      plan(now_ + 1ms, [this] { book_.leased({{}, {}, {}, true}, now_); });
      return;
    }
    plan(now_ + 1ms, [this, wants = std::move(wants)] { book_.leased(store_->lease_deliveries(now_, wants), now_); });
  }

  void look_for_what_waits() {
    if (now_ < next_check_) return;
    next_check_ = now_ + 500ms;
    for (const auto& [key, receiver] : receivers_) {
      const auto endpoint = receiver.removed ? std::nullopt : store_->find_endpoint(key);
      const bool allowed = endpoint && webhooks::allowed_in_flight(endpoint->health, now_ - longest_wait, 1) > 0 && endpoint->health.state != webhooks::HealthState::failing;
      if (!allowed || receiver.under_way > 0) {
        waits_since_.erase(key);
        continue;
      }
      DeliveryFilter filter;
      filter.endpoint = key;
      filter.state = DeliveryState::pending;
      bool waits = false;
      for (const auto& delivery : store_->list_deliveries(filter, {100, 0}).items) waits = waits || *delivery.due_at + longest_wait < now_;
      if (!waits) {
        waits_since_.erase(key);
        continue;
      }
      const auto since = waits_since_.try_emplace(key, now_).first->second;
      INFO(webhooks::to_string(key) << ", " << (now_ - at(0)).count() << " ms after the beginning");
      CHECK(now_ - since < longest_wait);
    }
  }

  struct Event {
    Instant when;
    std::uint64_t ticket;
    std::function<void()> what;
    bool operator<(const Event& other) const { return std::tie(other.when, other.ticket) < std::tie(when, ticket); }  // the earliest on top
  };

  std::mt19937 random_;
  Opened store_;
  webhooks::DispatcherOptions options_;
  DeliveryBook book_{options_};
  Instant now_ = at(0), next_check_ = at(0), store_fails_until_ = at(0);
  std::map<webhooks::EndpointKey, Receiver> receivers_;
  std::vector<Person> people_;
  std::priority_queue<Event> events_;
  std::uint64_t planned_ = 0;
  std::vector<webhooks::DeliverySettlement> settled_;
  std::map<webhooks::EndpointKey, Instant> waits_since_;
};

}  // namespace

TEST_CASE("whatever is due and allowed starts soon, on a system where nothing else happens", "[model]") {
  for (unsigned seed = 1; seed <= worlds; ++seed) {
    INFO("seed " << seed);
    World world(seed);
    world.run();
    CHECK(world.unfinished_of_healthy() == 0);
  }
}

TEST_CASE("the same on SQLite", "[model]") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    World world(seed, StoreKind::sqlite);
    world.run();
    CHECK(world.unfinished_of_healthy() == 0);
  }
}
