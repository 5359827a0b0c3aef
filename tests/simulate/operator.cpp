#include "tests/simulate/operator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "flows/load/load.hpp"
#include "server/config/flow_rules.hpp"
#include "tests/simulate/town.hpp"

namespace answerback::simulate {

namespace {

using server::TaskKind;

std::string roof_flow() {
  static const auto source = [] {
    std::ifstream in(std::string(TESTS_DIR) + "/simulate/data/roof.json", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return source;
}

}  // namespace

void Operator::publish(const std::string& greeting) {
  town_.machine->on_loop(TaskKind::change, [this, greeting] {
    auto source = roof_flow();
    source.replace(source.find("Acme Roofing here."), 18, greeting);
    auto loaded = flows::load_flow(source, server::flow_rules());
    if (!loaded.flow) return town_.world.broken("the flow", loaded.issues.empty() ? "?" : loaded.issues.front().message);
    const auto revision = town_.disk.publish_flow(loaded.flow->name, source, town_.world.now());
    town_.machine->turns.flows().publish(std::move(loaded.flow), revision);
    if (revision > 1) town_.world.met("a flow was published while conversations ran");
  });
}

void Operator::subscribe(Crm& crm) {
  town_.machine->on_loop(TaskKind::change, [this, &crm] {
    for (const auto& known : town_.disk.endpoints()) {
      if (known.url == crm.url()) return;
    }
    webhooks::Endpoint endpoint;
    endpoint.url = crm.url();
    endpoint.events = {"*"};
    endpoint.secrets = {crm.secret()};
    endpoint.created_at = town_.world.now();
    endpoint.key = town_.disk.add_endpoint(endpoint);
    town_.machine->endpoint_changed(endpoint);
    town_.world.tell(fmt::format("{} subscribes as {}", crm.name(), webhooks::to_string(endpoint.key)));
  });
}

void Operator::set_up() {
  publish("Acme Roofing here.");
  subscribe(*town_.crms[0]);
  subscribe(*town_.crms[1]);
}

void Operator::plan(Duration until) {
  auto& world = town_.world;
  for (auto left = world.dice.between(0, 8); left > 0; --left) world.after(world.dice.span(Duration(0), until), [this] { do_something(); });
}

void Operator::do_something() {
  auto& world = town_.world;
  if (!town_.machine) return;
  switch (world.dice.between(0, 8)) {
    case 0: return publish(fmt::format("Acme Roofing, for the {}th time.", world.dice.between(2, 99)));
    case 1: return subscribe(*town_.crms[2]);
    case 2: return delete_endpoint();
    case 3: return erase_somebody();
    case 4: return begin_campaign();
    case 5: return end_a_conversation();
    case 6: return opt_somebody(world.dice.chance(0.5));
    case 7: return redeliver();
    default: return enable_all();
  }
}

std::string Operator::somebody() { return town_.world.dice.one_of(town_.people)->phone(); }

// Its CRM is slow, so that answers are under way; and subscribes again at once, sometimes while all names are gone.
void Operator::delete_endpoint() {
  auto& world = town_.world;
  auto* crm = world.dice.one_of(town_.crms).get();
  crm->be(Mood::slow);
  const auto speak = [this] {
    for (const auto& person : town_.people) person->say_at_once("hello?");
  };
  world.after(std::chrono::seconds(1), speak);
  world.after(std::chrono::milliseconds(2'500), [this, crm, speak] {
    if (!town_.machine) return;
    if (town_.world.dice.chance(0.5)) {
      for (const auto& each : town_.crms) each->be(Mood::lost_name);
      town_.world.after(std::chrono::seconds(40), [this] {
        for (const auto& each : town_.crms) each->be(Mood::well);
      });
    }
    delete_endpoint_of(*crm);
    if (town_.world.dice.chance(0.7)) subscribe(*crm);
    speak();
  });
}

void Operator::delete_endpoint_of(Crm& slow) {
  town_.machine->on_loop(TaskKind::remove_endpoint, [this, &slow] {
    const auto endpoints = town_.disk.endpoints();
    const auto found = std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& each) { return each.url == slow.url(); });
    if (found == endpoints.end() || endpoints.size() < 2) return;
    const auto key = found->key;
    town_.world.tell(fmt::format("{} is deleted", webhooks::to_string(key)));
    town_.world.met("an endpoint was deleted");
    for (const auto& crm : town_.crms) crm->keeps_order = false;  // what it gets when it comes back is another line
    for (bool first = true; town_.disk.remove_endpoint(key); first = false) {
      if (first) town_.machine->endpoint_removed(key);
    }
  });
}

// As DELETE /v1/contacts does (server/api/contacts.cpp).
void Operator::erase_somebody() {
  town_.machine->on_loop(TaskKind::erase, [this, phone = somebody()] {
    const auto contact = town_.disk.find_contact(phone);
    if (!contact || contact->key == town_.disk.poisoned) return;
    if (contact->active != 0) {
      std::vector<server::Job> jobs(1);
      jobs[0].address = contact->key;
      jobs[0].stimulus = engine::OperatorEnd{{contact->key, contact->active}, engine::Outcome::discarded, "erased"};
      jobs[0].at = town_.world.now();
      bool stored = false;
      jobs[0].done = [&stored](const server::Handled& handled) { stored = handled.stored; };
      town_.machine->core.process(jobs);
      if (!stored) return;
    }
    const auto announcement = town_.machine->turns.announce_erasure(contact->key, town_.world.now());
    town_.disk.erase_contact(contact->key, phone_hash(phone), town_.world.now(), announcement);
    if (announcement) town_.machine->wake(announcement->endpoints);
    town_.history.erased.insert(phone);
    for (const auto& crm : town_.crms) crm->keeps_bodies = false;
    town_.world.tell(phone + " is erased");
    town_.world.met("a contact was erased");
  });
}

void Operator::begin_campaign() {
  town_.machine->on_loop(TaskKind::change, [this] {
    std::vector<engine::ContactKey> contacts;
    for (const auto& each : town_.disk.list_contacts({}, {}).items) {
      if (!each.phone.empty()) contacts.push_back(each.key);
    }
    engine::Campaign campaign{{}, fmt::format("push {}", town_.world.dice.between(1, 1'000'000)), "roof", our_number};
    campaign.key = town_.disk.add_campaign(campaign, town_.world.now());
    town_.disk.add_campaign_entries(campaign.key, contacts);
    town_.disk.set_campaign_state(campaign.key, "running");
    town_.machine->turns.know_campaign(campaign, true);
    town_.world.met("a campaign began");
  });
}

void Operator::end_a_conversation() {
  const auto contact = town_.disk.find_contact(somebody());
  if (!contact || contact->active == 0) return;
  server::Job job;
  job.address = contact->key;
  job.stimulus = engine::OperatorEnd{{contact->key, contact->active}, engine::Outcome::bailed, "taken_over"};
  job.at = town_.world.now();
  town_.machine->submit(std::move(job));
  town_.world.met("an operator ended a conversation");
}

void Operator::opt_somebody(bool in) {
  const auto phone = somebody();
  if (!town_.disk.find_contact(phone)) return;
  if (in) town_.history.stopped.erase(phone);
  server::Job job;
  job.address = storage::ByPhone{phone};
  job.stimulus = engine::ManualConsent{in, "staff", "", "on paper", "Eva"};
  job.at = town_.world.now();
  town_.machine->submit(std::move(job));
  town_.world.met(in ? "staff opted somebody in" : "staff opted somebody out");
}

void Operator::redeliver() {
  town_.machine->on_loop(TaskKind::change, [this] {
    storage::DeliveryFilter filter;
    filter.state = webhooks::DeliveryState::dead;
    const auto dead = town_.disk.list_deliveries(filter, {}).items;
    if (dead.empty()) return;
    const auto& one = town_.world.dice.one_of(dead);
    if (!town_.disk.find_endpoint(one.endpoint)) return;  // 409 endpoint_gone
    for (const auto& crm : town_.crms) crm->keeps_order = false;
    town_.disk.redeliver(one.key, town_.world.now());
    town_.machine->wake({one.endpoint});
    town_.world.met("a dead delivery was sent again");
  });
}

void Operator::enable_all() {
  if (!town_.machine) return;
  town_.machine->on_loop(TaskKind::change, [this] {
    for (auto endpoint : town_.disk.endpoints()) {
      if (endpoint.health.state != webhooks::HealthState::disabled) continue;
      endpoint.health = webhooks::after_operator(endpoint.health, true, town_.world.now());
      town_.disk.update_endpoint(endpoint);
      town_.machine->endpoint_changed(endpoint);
      town_.world.met("a disabled endpoint was enabled");
    }
  });
}

}  // namespace answerback::simulate
