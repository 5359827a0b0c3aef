#include "tests/server/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "flows/load/load.hpp"
#include "server/cli/flow_family.hpp"
#include "server/config/flow_rules.hpp"

namespace answerback::tests {

namespace {

engine::Settings office_settings() {
  engine::Settings settings;
  settings.senders = {{our_number, "Acme Roofing", "", "", ""}};
  return settings;
}

}  // namespace

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

flows::FlowPtr flow_in(const std::string& file) {
  auto loaded = flows::load_flow(read_text(file), server::flow_rules());
  for (const auto& issue : loaded.issues) UNSCOPED_INFO(flows::to_line(issue, file));
  REQUIRE(loaded.flow);
  return loaded.flow;
}

}  // namespace

flows::FlowPtr example_flow(const std::string& name) { return flow_in(std::string(SOURCE_DIR) + "/examples/flows/" + name + ".json"); }

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(SOURCE_DIR) + "/examples/flows")) {
    const auto file = entry.path().filename().string();
    if (file.ends_with(".json") && !file.ends_with(".test.json")) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<flows::FlowPtr> example_family(const std::string& name) {
  int exit = 0;
  return server::load_flow_family(std::string(SOURCE_DIR) + "/examples/flows/" + name + ".json", exit);
}

std::vector<std::string> example_sources(const std::vector<flows::FlowPtr>& family) {
  std::vector<std::string> sources;
  for (const auto& flow : family) sources.push_back(read_text(std::string(SOURCE_DIR) + "/examples/flows/" + flow->name + ".json"));
  return sources;
}

flows::FlowPtr price_check() { return flow_in(std::string(TESTS_DIR) + "/support/price_check.json"); }

std::string hash_of(const std::string& phone) { return "hash of " + phone; }

std::vector<std::string> texts(const engine::Decision& decision) {
  std::vector<std::string> said;
  for (const auto& message : decision.messages) {
    if (message.direction == engine::Direction::out) said.push_back(message.text);
  }
  return said;
}

Office::Office() : turns(store, office_settings(), routing()), now(*flows::parse_iso8601("2026-03-02T15:00:00Z")) {
  turns.flows().publish(example_flow("roof-estimate"), 1);
}

server::Routing Office::routing() {
  server::Routing routing;
  routing.carrier = [this](const std::string&) { return carrier; };
  routing.phone_hash = hash_of;
  return routing;
}

server::Job Office::text(const std::string& from, const std::string& text, const std::string& provider_id) {
  engine::Inbound inbound;
  inbound.carrier = "twilio";
  inbound.from = from;
  inbound.to = our_number;
  inbound.text = text;
  inbound.received_at = now;
  auto job = about(from, std::move(inbound));
  if (!provider_id.empty()) job.dedup = storage::dedup_key("twilio", provider_id);
  return job;
}

server::Job Office::about(const std::string& phone, engine::Stimulus stimulus) {
  server::Job job;
  job.address = storage::ByPhone{phone};
  job.stimulus = std::move(stimulus);
  job.at = now;
  return job;
}

server::Job Office::about(engine::ContactKey contact, engine::Stimulus stimulus) {
  auto job = about("", std::move(stimulus));
  job.address = contact;
  return job;
}

std::vector<server::Handled> Office::handle(std::vector<server::Job> jobs) {
  std::vector<server::Handled> handled(jobs.size());
  std::vector<int> called(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].done = [&, i](const server::Handled& each) {
      handled[i] = each;
      ++called[i];
    };
  }
  gate.clear();
  result = turns.process(jobs, [this](const auto& contacts, bool failed) { gate.emplace_back(contacts, failed); });
  CHECK(called == std::vector<int>(jobs.size(), 1));
  return handled;
}

server::Handled Office::handle_one(server::Job job) {
  std::vector<server::Job> jobs;
  jobs.push_back(std::move(job));
  return handle(std::move(jobs)).front();
}

engine::Contact Office::contact(const std::string& phone) {
  const auto found = store.find_contact(phone);
  REQUIRE(found);
  return *found;
}

std::vector<engine::Message> Office::messages(const std::string& phone) {
  storage::MessageFilter filter;
  filter.contact = contact(phone).key;
  auto items = store.list_messages(filter, {500, 0}).items;
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return items;
}

std::vector<engine::Message> Office::outgoing(const std::string& phone) {
  auto all = messages(phone);
  std::erase_if(all, [](const auto& message) { return message.direction != engine::Direction::out; });
  return all;
}

std::vector<std::string> Office::event_types() {
  auto items = store.list_events("*", {500, 0}).items;
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.cursor < b.cursor; });
  std::vector<std::string> types;
  for (const auto& event : items) types.push_back(event.type);
  return types;
}

engine::Campaign Office::campaign_for(const std::vector<std::string>& phones) {
  engine::Campaign campaign{{}, "spring", "roof-estimate", our_number};
  campaign.key = store.add_campaign(campaign, now);
  std::vector<engine::ContactKey> keys;
  for (const auto& phone : phones) {
    handle_one(about(phone, engine::UpsertContact{}));
    keys.push_back(contact(phone).key);
  }
  CHECK(store.add_campaign_entries(campaign.key, keys) == keys.size());
  store.set_campaign_state(campaign.key, "running");
  turns.know_campaign(campaign, true);
  return campaign;
}

webhooks::EndpointKey Office::subscribe(std::vector<std::string> events, const std::string& filter) {
  webhooks::Endpoint endpoint;
  endpoint.url = "https://crm.example.org/hooks";
  endpoint.events = std::move(events);
  endpoint.filter = filter;
  endpoint.created_at = now;
  endpoint.key = store.add_endpoint(endpoint);
  turns.subscriptions().set(endpoint);
  return endpoint.key;
}

}  // namespace answerback::tests
