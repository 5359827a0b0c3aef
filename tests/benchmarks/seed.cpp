// Fills a store with what a benchmark starts from, by the road that live texts take: load, decide, fan out, commit.
//   bench_seed FOLDER FLOW underway COUNT                      contacts at every turn of a conversation alike: number n has sent
//                                                              the first n % 5 texts
//   bench_seed FOLDER FLOW idle COUNT                          contacts with a conversation that waits for its first answer
//   bench_seed FOLDER FLOW deliveries COUNT HEALTHY_URL ENDPOINTS HANGING_URL HANGING
//       COUNT conversations completed, each owed to every endpoint; the last HANGING of the ENDPOINTS have the other URL
//   bench_seed FOLDER FLOW house COUNT URL ENDPOINTS HOURS
//       a house in full use as it was HOURS ago (less than none: as it will be, by a clock that was set back since): contact n has sent
//       the first n % 6 texts, and every endpoint is owed every event
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "server/config/flow_rules.hpp"
#include "server/loop/turns.hpp"
#include "storage/dedup.hpp"
#include "storage/sqlite_store.hpp"

namespace answerback {

namespace {

constexpr std::size_t jobs_per_commit = 2'000;
constexpr std::size_t cache_bytes = 512u << 20;
constexpr std::array<const char*, 5> texts{"ROOF", "its leaking", "yes", "about 12 years", "78701"};

flows::Duration seeded_ago{0};

engine::Instant now() { return std::chrono::floor<flows::Duration>(std::chrono::system_clock::now()) - seeded_ago; }

// The same numbers as inbound.lua and paced_load.cpp make.
std::string phone(std::size_t contact) { return fmt::format("+1512{}", 2'000'000 + contact); }

std::string whole_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t number(const std::string& text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) throw std::runtime_error("no whole number: " + text);
  return value;
}

class Seeding {
 public:
  Seeding(const std::string& folder, const std::string& flow_file)
      : store_(storage::open_sqlite_store({folder, cache_bytes, false})), turns_(*store_, {}, {}) {
    const auto source = whole_file(flow_file);
    auto loaded = flows::load_flow(source, server::flow_rules());
    if (!loaded.flow) throw std::runtime_error("the flow has errors");
    const auto revision = store_->publish_flow(loaded.flow->name, source, now());
    turns_.flows().publish(std::move(loaded.flow), revision);
  }

  void contacts(std::size_t count) {
    each(1, count, 1, [](std::size_t contact) {
      server::Job job;
      job.address = storage::ByPhone{phone(contact)};
      job.stimulus = engine::UpsertContact{{{"first_name", std::string("Ana")}}};
      return job;
    });
  }

  // Text number `turn` of every contact from `first` to `last` in steps; text 0 starts the conversation.
  void texts_of(std::size_t first, std::size_t last, std::size_t step, std::size_t turn) {
    each(first, last, step, [turn](std::size_t contact) {
      engine::Inbound inbound;
      inbound.carrier = "seed";
      inbound.from = phone(contact);
      inbound.text = texts.at(turn);
      inbound.received_at = now();
      server::Job job;
      job.address = storage::ByPhone{inbound.from};
      job.dedup = storage::dedup_key("seed", fmt::format("{}-{}", contact, turn));
      job.stimulus = std::move(inbound);
      return job;
    });
  }

  void subscribe(const std::string& url, std::size_t count, const char* events = "conversation.completed") {
    for (std::size_t i = 0; i < count; ++i) {
      webhooks::Endpoint endpoint;
      endpoint.url = fmt::format("{}/{}", url, i);
      endpoint.events = {events};
      endpoint.secrets = {webhooks::Secret::random()};
      endpoint.created_at = now();
      endpoint.key = store_->add_endpoint(endpoint);
      turns_.subscriptions().set(endpoint);
    }
  }

  void look_at_clock() { store_->remember_clock(now()); }

 private:
  template <class MakeJob>
  void each(std::size_t first, std::size_t last, std::size_t step, MakeJob make) {
    bool stored = true;
    for (auto contact = first; contact <= last && stored;) {
      std::vector<server::Job> jobs;
      for (; contact <= last && jobs.size() < jobs_per_commit; contact += step) {
        jobs.push_back(make(contact));
        jobs.back().at = now();
        jobs.back().done = [&](const server::Handled& handled) { stored = stored && handled.stored; };
      }
      turns_.process(jobs);
      store_->tend();
    }
    if (!stored) throw std::runtime_error("the store refused a commit");
  }

  std::unique_ptr<storage::Store> store_;
  server::Turns turns_;
};

// Contact n sends the first n % `stages` texts.
void converse(Seeding& seeding, std::size_t count, std::size_t stages) {
  seeding.contacts(count);
  for (std::size_t turn = 0; turn + 1 < stages; ++turn) {
    for (auto sent = turn + 1; sent < stages; ++sent) seeding.texts_of(sent, count, stages, turn);
  }
}

void underway(Seeding& seeding, std::size_t count) { converse(seeding, count, texts.size()); }

void house(Seeding& seeding, std::size_t count, const std::string& url, std::size_t endpoints) {
  seeding.subscribe(url, endpoints, "*");
  converse(seeding, count, texts.size() + 1);
  // Of the last run's clock; seen again while something waits for its time.
  if (seeded_ago.count() < 0) seeding.look_at_clock();
}

void seed(const std::vector<std::string>& arguments) {
  if (arguments.size() < 4) throw std::runtime_error("usage: see the head of seed.cpp");
  const auto& what = arguments[2];
  const bool is_house = what == "house" && arguments.size() == 7;
  if (is_house) seeded_ago = std::chrono::hours(std::stoi(arguments[6]));
  Seeding seeding(arguments[0], arguments[1]);
  const auto count = number(arguments[3]);
  if (is_house) return house(seeding, count, arguments[4], number(arguments[5]));
  if (what == "underway") return underway(seeding, count);
  if (what == "idle") return seeding.texts_of(1, count, 1, 0);
  if (what != "deliveries" || arguments.size() != 8) throw std::runtime_error("usage: see the head of seed.cpp");
  const auto endpoints = number(arguments[5]);
  const auto hanging = number(arguments[7]);
  seeding.subscribe(arguments[4], endpoints - hanging);
  seeding.subscribe(arguments[6], hanging);
  for (std::size_t turn = 0; turn < texts.size(); ++turn) seeding.texts_of(1, count, 1, turn);
}

}  // namespace

}  // namespace answerback

int main(int count, char** arguments) {
  try {
    answerback::seed({arguments + 1, arguments + count});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_seed: {}\n", error.what());
    return 1;
  }
}
