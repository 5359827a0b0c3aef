#include "webhooks/subscription.hpp"

#include <catch2/catch.hpp>

#include "webhooks/filter.hpp"

using namespace answerback;
using namespace answerback::webhooks;

namespace {

Endpoint subscriber(std::int64_t key, std::vector<std::string> events, std::string filter = "") {
  Endpoint made;
  made.key = {key};
  made.events = std::move(events);
  made.filter = std::move(filter);
  return made;
}

RenderedEvent completed(std::string flow = "roof-estimate", std::string campaign = "") {
  RenderedEvent event;
  event.type = "conversation.completed";
  event.flow = std::move(flow);
  event.outcome = "completed";
  event.reason = "estimate_requested";
  event.campaign = std::move(campaign);
  return event;
}

RenderedEvent of_type(std::string type) {
  RenderedEvent event;
  event.type = std::move(type);
  return event;
}

bool lets_pass(const std::string& filter, const RenderedEvent& event) { return passes(parse_filter(filter).value(), event); }

std::string complaint(const std::string& filter) {
  const auto issues = check_filter(filter);
  return issues.empty() ? "" : issues[0].code + " " + issues[0].pointer;
}

}  // namespace

TEST_CASE("a pattern is a type, a group of types, or all") {
  CHECK(matches("*", "conversation.completed"));
  CHECK(matches("conversation.*", "conversation.completed"));
  CHECK(matches("conversation.completed", "conversation.completed"));
  for (const char* pattern : {"", "conversation", "conversation.", "conversation.complete", "conversation.completed.*", "contact.*",
                              "*.completed", ".*", "conv*", "CONVERSATION.*"}) {
    INFO(pattern);
    CHECK_FALSE(matches(pattern, "conversation.completed"));
  }
}

TEST_CASE("patterns that match none of the known types are slips") {
  CHECK(event_types().size() == 15);
  for (const auto& type : event_types()) CHECK(is_known_pattern(type));
  for (const char* good : {"*", "conversation.*", "contact.*", "message.*", "endpoint.*"}) CHECK(is_known_pattern(good));
  for (const char* bad : {"", "conversation", "conversation.finished", "contacts.*", "*.*", "**", "contact.optedout"}) CHECK_FALSE(is_known_pattern(bad));
}

TEST_CASE("an event goes to the endpoints that want it, in the order of their keys") {
  Subscriptions subscriptions;
  subscriptions.set(subscriber(9, {"*"}));
  subscriptions.set(subscriber(2, {"contact.*", "conversation.completed"}));
  subscriptions.set(subscriber(5, {"message.received"}));
  CHECK(subscriptions.wanting(completed()) == std::vector<EndpointKey>{{2}, {9}});
  CHECK(subscriptions.wanting(of_type("contact.opted_out")) == std::vector<EndpointKey>{{2}, {9}});
  CHECK(subscriptions.wanting(of_type("message.sent")) == std::vector<EndpointKey>{{9}});
}

TEST_CASE("an endpoint that matches twice gets an event once") {
  Subscriptions subscriptions;
  subscriptions.set(subscriber(1, {"*", "conversation.*", "conversation.completed"}));
  CHECK(subscriptions.wanting(completed()) == std::vector<EndpointKey>{{1}});
}

TEST_CASE("a changed endpoint replaces what it wanted; a removed and a disabled one want nothing") {
  Subscriptions subscriptions;
  auto changing = subscriber(1, {"message.received"});
  subscriptions.set(changing);
  CHECK(subscriptions.anyone_wants("message.received"));
  changing.events = {"message.sent"};
  subscriptions.set(changing);
  CHECK_FALSE(subscriptions.anyone_wants("message.received"));
  CHECK(subscriptions.anyone_wants("message.sent"));
  changing.health.state = HealthState::disabled;
  subscriptions.set(changing);
  CHECK_FALSE(subscriptions.anyone_wants("message.sent"));
  changing.health.state = HealthState::failing;
  subscriptions.set(changing);
  CHECK(subscriptions.anyone_wants("message.sent"));
  subscriptions.remove(changing.key);
  subscriptions.remove({77});
  CHECK_FALSE(subscriptions.anyone_wants("message.sent"));
}

TEST_CASE("a filter compares flow, outcome, reason and campaign") {
  CHECK(lets_pass("{}", completed()));
  CHECK(lets_pass(R"({"flow":"roof-estimate"})", completed()));
  CHECK_FALSE(lets_pass(R"({"flow":"gutters"})", completed()));
  CHECK(lets_pass(R"({"flow":["gutters","roof-estimate"],"outcome":"completed"})", completed()));
  CHECK_FALSE(lets_pass(R"({"flow":"roof-estimate","outcome":"bailed"})", completed()));
  CHECK(lets_pass(R"({"reason":"estimate_requested"})", completed()));
  CHECK(lets_pass(R"({"campaign":"autumn"})", completed("roof-estimate", "autumn")));
  CHECK(lets_pass(R"({"any":[{"flow":"gutters"},{"outcome":"completed"}]})", completed()));
  CHECK_FALSE(lets_pass(R"({"not":{"any":[{"flow":"gutters"},{"all":[{"outcome":"completed"}]}]}})", completed()));
}

TEST_CASE("an event without what a filter names does not pass") {
  CHECK_FALSE(lets_pass(R"({"campaign":"autumn"})", completed()));
  CHECK_FALSE(lets_pass(R"({"flow":"roof-estimate"})", of_type("contact.created")));
  CHECK(lets_pass(R"({"campaign":{"exists":false}})", completed()));
}

TEST_CASE("subscriptions apply their filter") {
  Subscriptions subscriptions;
  subscriptions.set(subscriber(1, {"*"}, R"({"flow":"gutters"})"));
  subscriptions.set(subscriber(2, {"*"}, R"({"flow":"roof-estimate"})"));
  CHECK(subscriptions.wanting(completed()) == std::vector<EndpointKey>{{2}});
}

TEST_CASE("a filter that can't be read lets everything pass rather than lose events") {
  Subscriptions subscriptions;
  subscriptions.set(subscriber(1, {"*"}, "{"));
  CHECK(subscriptions.wanting(completed()) == std::vector<EndpointKey>{{1}});
}

TEST_CASE("what is wrong with a filter is named where it stands") {
  CHECK(complaint("{}") == "");
  CHECK(complaint(R"({"flow":"a","any":[{"outcome":["completed"]}]})") == "");
  CHECK(complaint(R"({"flwo":"a"})") == "unknown_field /flwo");
  CHECK(complaint(R"({"any":[{"flow":"a"},{"answers.zip":"78701"}]})") == "unknown_field /any/1/answers.zip");
  CHECK(complaint(R"({"vars.flow":"a"})") == "unknown_field /vars.flow");
  CHECK(complaint(R"({"not":{"sender":"a"}})") == "unknown_field /not/sender");
  CHECK(complaint("{").substr(0, 4) == "json");
  CHECK_FALSE(check_filter("[]").empty());
  CHECK_FALSE(check_filter("7").empty());
  CHECK_FALSE(check_filter(R"({"flow":{"like":"a"}})").empty());
  CHECK_FALSE(check_filter("{\"flow\":\"" + std::string(5'000, 'a') + "\"}").empty());
  CHECK(check_filter(R"({"flwo":"a"})")[0].message.find("did you mean \"flow\"?") != std::string::npos);
}
