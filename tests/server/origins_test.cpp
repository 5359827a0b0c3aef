// No id of any kind is given twice: not by two installations, nor by a store and what was restored from its backups, whatever they do.
#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>

#include "storage/memory_store.hpp"
#include "storage/sqlite_store.hpp"
#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"
#include "webhooks/call.hpp"

using namespace answerback;
using namespace answerback::tests;

namespace {

using Ids = std::set<std::string>;

std::unique_ptr<storage::Store> open_at(const std::string& folder, std::uint64_t drawn) {
  storage::SqliteOptions options{folder, 1u << 20, false};
  options.random = [drawn] { return drawn; };
  return storage::open_sqlite_store(options);
}

// A server on a store, at which the same things happen by chance. It keeps every id that its store gave.
class House {
 public:
  House(std::unique_ptr<storage::Store> store, std::uint32_t seed)
      : store_(std::move(store)), turns_(*store_, {}, {}), random_(seed), now_(*flows::parse_iso8601("2026-03-02T15:00:00Z")) {
    turns_.flows().publish(example_flow("roof-estimate"), 1);
    turns_.flows().publish(price_check(), 1);
    for (const auto& endpoint : store_->endpoints()) turns_.subscriptions().set(endpoint);
    turns_.on_commit = [this](const auto& commits) {
      for (const auto& commit : commits) note(commit);
    };
  }

  void live_on(int moves) {
    for (int i = 0; i < moves; ++i) {
      now_ += std::chrono::minutes(7);
      move();
    }
    note_deliveries();
  }

  void back_up_to(const std::string& folder) { store_->backup_to(folder + "/answerback.db"); }
  storage::Store& store() { return *store_; }

  // Given by this house, each once.
  Ids ids;
  std::vector<std::string> twice;
  // What was there before is not given any more.
  void forget() {
    note_deliveries();
    known_.insert(ids.begin(), ids.end());
    ids.clear();
  }
  void knows(const Ids& before) { known_ = before; }
  const Ids& known() const { return known_; }

 private:
  void give(const std::string& id) {
    if (known_.contains(id)) return;
    if (!ids.insert(id).second) twice.push_back(id);
  }

  void note(const storage::Commit& commit) {
    const auto& decision = commit.decision;
    if (decision.is_new) give(engine::to_string(decision.contact.key));
    for (const auto& conversation : decision.conversations) {
      const auto id = engine::to_string(conversation.id);
      if (!ids.contains(id)) give(id);  // it comes with every turn
    }
    for (const auto& message : decision.messages) give(engine::to_string(message.id));
    for (const auto& event : commit.events) give(event.id);
    for (const auto& call : decision.calls) give(webhooks::to_string(webhooks::key_of(call)));
  }

  void note_deliveries() {
    storage::PageRequest page{500, 0};
    do {
      const auto found = store_->list_deliveries({}, page);
      for (const auto& delivery : found.items) {
        const auto id = webhooks::to_string(delivery.key);
        if (noted_.insert(id).second) give(id);
      }
      page.after = found.next;
    } while (page.after != 0);
  }

  std::uint32_t any(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }
  std::string someone() { return "+1512555" + std::to_string(1000 + any(6)); }

  void happen(server::Job job) {
    job.at = now_;
    std::vector<server::Job> jobs;
    jobs.push_back(std::move(job));
    turns_.process(jobs);
  }

  void text(const std::string& words) {
    engine::Inbound inbound;
    inbound.carrier = "http";
    inbound.from = someone();
    inbound.text = words;
    inbound.received_at = now_;
    server::Job job;
    job.address = storage::ByPhone{inbound.from};
    job.stimulus = inbound;
    happen(std::move(job));
  }

  void subscribe() {
    webhooks::Endpoint endpoint;
    endpoint.url = "https://crm.example/";
    endpoint.events = {"*"};
    endpoint.created_at = now_;
    endpoint.key = store_->add_endpoint(endpoint);
    turns_.subscriptions().set(endpoint);
    give(webhooks::to_string(endpoint.key));
  }

  void drop_endpoint() {
    const auto all = store_->endpoints();
    if (all.empty()) return;
    note_deliveries();
    const auto key = all[any(static_cast<std::uint32_t>(all.size()))].key;
    store_->remove_endpoint(key);
    turns_.subscriptions().remove(key);
  }

  void disable_endpoint() {
    for (auto& endpoint : store_->endpoints()) {
      const auto event = webhooks::render_endpoint_disabled(endpoint.key.value, ++disabled_[endpoint.key.value], store_->identity().origin, endpoint.url, "gone", now_);
      if (store_->find_event(event.id)) continue;  // the count stands in the store, which this test does not keep
      store_->add_event({event, {}}, now_);
      give(event.id);
    }
  }

  void erase() {
    const auto contact = store_->find_contact(someone());
    if (!contact) return;
    note_deliveries();
    store_->erase_contact(contact->key, "hash of " + contact->phone, now_, {});
  }

  void end_what_is_due() {
    now_ += std::chrono::hours(80);
    auto jobs = turns_.due_timers(now_, 100);
    turns_.process(jobs);
  }

  void move() {
    switch (any(14)) {
      case 0: return subscribe();
      case 1: return give(engine::to_string(store_->add_campaign({{}, "spring", "roof-estimate", ""}, now_)));
      case 2: return drop_endpoint();
      case 3: return erase();
      case 4: return end_what_is_due();
      case 5: return disable_endpoint();
      case 6: return text("PRICE");
      case 7: return text("78701");
      case 8: return text("STOP");
      case 9: return text("START");
      case 10: return text("hello");
      case 11: return text("its leaking");
      default: return text("ROOF");
    }
  }

  std::unique_ptr<storage::Store> store_;
  server::Turns turns_;
  std::mt19937 random_;
  engine::Instant now_;
  Ids known_, noted_;
  std::map<std::int64_t, std::uint32_t> disabled_;
};

void check_apart(const std::vector<const House*>& houses) {
  Ids all;
  for (const auto* house : houses) {
    CHECK(house->twice.empty());
    CHECK_FALSE(house->ids.empty());
    for (const auto& id : house->ids) {
      INFO(id);
      CHECK(all.insert(id).second);
    }
  }
}

constexpr int many_moves = 150;

}  // namespace

TEST_CASE("two installations that do the very same give no id twice") {
  const TemporaryFolder here, there;
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    House memory(storage::make_memory_store(7 + seed), seed), other(storage::make_memory_store(100 + seed), seed);
    House file(open_at(here.path() + "/" + std::to_string(seed), 1'000 + seed), seed), another(open_at(there.path() + "/" + std::to_string(seed), 2'000 + seed), seed);
    for (auto* house : {&memory, &other, &file, &another}) house->live_on(many_moves);
    check_apart({&memory, &other, &file, &another});
    CHECK(file.ids.size() == another.ids.size());
    CHECK(file.store().check().empty());
  }
}

TEST_CASE("a store and what was restored from its backup, twice, and again from there, give no id twice") {
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    const TemporaryFolder first, second, third, fourth;
    House original(open_at(first.path(), 41), seed);
    original.live_on(many_moves);
    for (const auto* folder : {&second, &third}) original.back_up_to(folder->path());
    original.forget();
    House restored(open_at(second.path(), 11 * seed), seed + 1), again(open_at(third.path(), 11 * seed + 5), seed + 1);
    restored.knows(original.known());
    again.knows(original.known());
    for (auto* house : {&original, &restored, &again}) house->live_on(many_moves);
    check_apart({&original, &restored, &again});

    restored.back_up_to(fourth.path());
    restored.forget();
    House grandchild(open_at(fourth.path(), 3), seed + 1);
    grandchild.knows(restored.known());
    for (auto* house : {&restored, &grandchild}) house->live_on(many_moves);
    check_apart({&original, &restored, &again, &grandchild});
    CHECK(grandchild.store().check().empty());
  }
}
