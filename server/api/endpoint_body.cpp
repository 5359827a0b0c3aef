// What an endpoint is in JSON, and how a request's JSON becomes one.
#include "server/api/endpoint_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/text/letter_case.hpp"
#include "webhooks/filter_check.hpp"
#include "webhooks/json.hpp"
#include "webhooks/shown_url.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_patterns = 50;
constexpr std::size_t max_headers = 20;
constexpr const char* mask = "***";

// A header's value may be a credential: it can be set and replaced, not read back.
ApiJson headers_json(const webhooks::Endpoint& endpoint) {
  auto headers = ApiJson::object();
  for (const auto& [name, value] : endpoint.headers) headers[name] = mask;
  return headers;
}

bool has_header(const std::vector<std::pair<std::string, std::string>>& headers, const std::string& name) {
  const auto wanted = flows::to_lower_ascii(name);
  return std::any_of(headers.begin(), headers.end(), [&](const auto& each) { return flows::to_lower_ascii(each.first) == wanted; });
}

// The value to store: a masked one, as reading gives it, means what is stored under that name.
std::optional<std::string> header_value(flows::Report& report, const flows::JsonMember& member, const webhooks::Endpoint& stored) {
  const auto pointer = flows::pointer_append("/headers", member.key);
  if (member.value.kind != flows::Json::Kind::string) {
    report.error("wrong_type", "a header's value is a string", pointer, member.value.at);
    return std::nullopt;
  }
  if (const auto problem = webhooks::header_problem(member.key, member.value.string)) {
    report.error("invalid_header", *problem, pointer, member.value.at);
    return std::nullopt;
  }
  if (member.value.string != mask) return member.value.string;
  if (const auto* kept = webhooks::find_header(stored, member.key)) return *kept;
  report.error("masked_value", "*** stands for a value that is stored, and none is stored under this name", pointer, member.value.at);
  return std::nullopt;
}

void read_headers(flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto* given = fields.object("headers");
  if (!given) return;
  std::vector<std::pair<std::string, std::string>> headers;
  if (given->members.size() > max_headers) fields.error("headers", "limit", fmt::format("at most {} headers", max_headers));
  for (const auto& member : given->members) {
    if (has_header(headers, member.key))
      fields.report().error("duplicate_header", "a header's name is given twice; capital letters make no other name",
                            flows::pointer_append("/headers", member.key), member.key_at);
    if (auto value = header_value(fields.report(), member, endpoint)) headers.emplace_back(member.key, std::move(*value));
  }
  endpoint.headers = std::move(headers);
}

void read_events(flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto events = fields.strings("events", max_patterns);
  if (!events) return;
  endpoint.events = *events;
  if (events->empty()) fields.error("events", "invalid_value", "name at least one event, or \"*\" for all");
  for (std::size_t i = 0; i < events->size(); ++i) {
    if (webhooks::is_known_pattern((*events)[i])) continue;
    const auto hint = flows::did_you_mean((*events)[i], webhooks::event_types());
    fields.report().error("unknown_event", fmt::format("there is no event \"{}\"{}", (*events)[i], hint), fmt::format("/events/{}", i), {});
  }
}

// A URL that comes back as it was shown means the one that is stored, with what was left out of it.
void read_url(const Api& api, flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto url = fields.string("url", 2'048);
  if (!url || (!endpoint.url.empty() && *url == webhooks::shown_url(endpoint.url))) return;
  endpoint.url = *url;
  const auto verdict = webhooks::vet_url(*url, api.config.url_rules);
  if (!verdict.url) fields.error("url", verdict.code, verdict.message);
}

void read_filter(flows::Fields& fields, webhooks::Endpoint& endpoint, const ApiJson& body) {
  const auto* filter = fields.any("filter");
  if (filter) endpoint.filter = filter->kind == flows::Json::Kind::null ? "" : webhooks::dump(body["filter"]);
  if (endpoint.filter.empty() || (!filter && !fields.has("events"))) return;
  for (const auto& issue : webhooks::check_filter_for(endpoint.filter, endpoint.events)) {
    fields.report().error(issue.code, issue.message, "/filter" + issue.pointer, issue.at);
  }
}

}  // namespace

ApiJson endpoint_json(const webhooks::Endpoint& endpoint, bool is_admin) {
  const auto& health = endpoint.health;
  return {{"id", webhooks::to_string(endpoint.key)},
          {"url", is_admin ? endpoint.url : webhooks::shown_url(endpoint.url)},
          {"events", endpoint.events},
          {"description", endpoint.description},
          {"headers", headers_json(endpoint)},
          {"filter", endpoint.filter.empty() ? ApiJson() : ApiJson::parse(endpoint.filter)},
          {"status", webhooks::to_string(health.state)},
          {"reason", webhooks::or_null(health.reason)},
          {"failures", health.failures},
          {"created_at", webhooks::instant_json(endpoint.created_at)}};
}

std::vector<flows::Issue> apply(const Api& api, const flows::Json& body, const std::string& text, EndpointWish& wish) {
  flows::Report report;
  flows::Fields fields(body, "", report);
  const bool is_new = wish.endpoint.key.value == 0;
  read_url(api, fields, wish.endpoint);
  read_events(fields, wish.endpoint);
  read_headers(fields, wish.endpoint);
  read_filter(fields, wish.endpoint, ApiJson::parse(text, nullptr, false));
  if (const auto description = fields.string("description", 500)) wish.endpoint.description = *description;
  if (!is_new) wish.enabled = fields.boolean("enabled");
  if (is_new && !fields.has("url")) fields.missing("url");
  if (is_new && !fields.has("events")) fields.missing("events");
  fields.done();
  return report.ok() ? std::vector<flows::Issue>{} : report.issues();
}

}  // namespace answerback::server
