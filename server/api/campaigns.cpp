#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flows/phone.hpp"
#include "server/api/api.hpp"
#include "server/json_values.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_contacts_at_once = 10'000;

ApiJson campaign_json(const storage::CampaignRecord& record) {
  return {{"id", engine::to_string(record.campaign.key)},
          {"name", record.campaign.name},
          {"flow", record.campaign.flow},
          {"from", webhooks::or_null(record.campaign.sender)},
          {"status", record.state},
          {"created_at", webhooks::instant_json(record.created_at)},
          {"contacts",
           {{"waiting", record.waiting},
            {"started", record.started},
            {"entered", record.entered},
            {"skipped_opted_out", record.skipped_opted_out},
            {"skipped_active", record.skipped_active},
            {"failed", record.failed}}}};
}

void create_campaign(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  engine::Campaign campaign;
  campaign.name = fields.required_string("name", 200);
  campaign.flow = fields.required_string("flow", 64);
  campaign.sender = fields.string("from", 64).value_or("");
  if (!campaign.sender.empty() && !flows::is_sender(campaign.sender)) fields.error("from", "invalid_phone", "from is no phone number or short code");
  fields.done();
  if (!accept(call, report)) return;
  auto made = std::make_shared<engine::Campaign>(std::move(campaign));
  answer_change(
      api, std::move(call),
      [&api, made](const Call& asked) {
        if (!api.turns.flows().latest(made->flow)) return problem_for(asked, 404, "unknown_flow", "no flow of that name is published");
        const auto now = api.clock.now();
        made->key = api.store.add_campaign(*made, now);
        storage::CampaignRecord record;
        record.campaign = *made;
        record.created_at = now;
        return json_response(201, campaign_json(record));
      },
      [&api, made] { api.turns.know_campaign(*made, false); });
}

struct Addressee {
  std::string phone;
  flows::Values fields;
};

// "+1512…" or {"phone": "+1512…", "fields": {…}}.
Addressee read_addressee(const Api& api, const flows::Json& json, const std::string& pointer, flows::Report& report) {
  Addressee found;
  std::string phone = json.string;
  if (json.kind == flows::Json::Kind::object) {
    flows::Fields fields(json, pointer, report);
    phone = fields.required_string("phone", 64);
    if (const auto* given = fields.object("fields")) found.fields = read_values(*given, pointer + "/fields", report);
    fields.done();
  } else if (json.kind != flows::Json::Kind::string) {
    report.error("wrong_type", "a contact is a phone number or an object with one", pointer, json.at);
  }
  found.phone = read_phone(api, phone).value_or("");
  if (found.phone.empty()) report.error("invalid_phone", "this is no phone number; give E.164 like +15125550142", pointer, json.at);
  return found;
}

std::vector<Addressee> read_addressees(const Api& api, flows::Fields& fields) {
  std::vector<Addressee> addressees;
  const auto* contacts = fields.array("contacts");
  if (!contacts) {
    fields.missing("contacts");
    return addressees;
  }
  if (contacts->items.size() > max_contacts_at_once) fields.error("contacts", "limit", fmt::format("at most {} contacts at once", max_contacts_at_once));
  for (std::size_t i = 0; i < contacts->items.size() && i < max_contacts_at_once; ++i) {
    addressees.push_back(read_addressee(api, contacts->items[i], fmt::format("/contacts/{}", i), fields.report()));
  }
  return addressees;
}

// Makes the contacts known, in one commit; nothing when the store is broken.
std::optional<std::vector<engine::ContactKey>> introduce(Api& api, const std::vector<Addressee>& addressees) {
  std::vector<engine::ContactKey> keys;
  bool stored = true;
  std::vector<Job> jobs;
  for (const auto& addressee : addressees) {
    Job job;
    job.address = storage::ByPhone{addressee.phone};
    job.stimulus = engine::UpsertContact{addressee.fields};
    job.at = api.clock.now();
    job.done = [&](const Handled& handled) {
      stored = stored && handled.stored;
      keys.push_back(handled.decision.contact.key);
    };
    jobs.push_back(std::move(job));
  }
  api.loop.process_now(jobs);
  return stored ? std::optional(keys) : std::nullopt;
}

void add_contacts(Api& api, Call call) {
  const auto key = engine::parse_campaign_key(call.param("id"));
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  auto addressees = std::make_shared<std::vector<Addressee>>(read_addressees(api, fields));
  fields.done();
  if (!accept(call, report)) return;
  answer_change(api, std::move(call), [&api, key, addressees](const Call& asked) {
    if (!key || !api.store.find_campaign(*key)) return not_found(asked, "campaign");
    const auto contacts = introduce(api, *addressees);
    if (!contacts) throw storage::StoreError("contacts could not be stored");
    const auto added = api.store.add_campaign_entries(*key, *contacts);
    return json_response(200, {{"added", added}, {"already_there", contacts->size() - added}});
  });
}

void set_state(Api& api, Call call, bool running) {
  const auto key = engine::parse_campaign_key(call.param("id"));
  auto known = std::make_shared<engine::Campaign>();
  answer_change(
      api, std::move(call),
      [&api, key, known, running](const Call& asked) {
        auto record = key ? api.store.find_campaign(*key) : std::nullopt;
        if (!record) return not_found(asked, "campaign");
        record->state = running ? "running" : "paused";
        api.store.set_campaign_state(*key, record->state);
        *known = record->campaign;
        return json_response(200, campaign_json(*record));
      },
      [&api, known, running] { api.turns.know_campaign(*known, running); });
}

void list_campaigns(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call&) {
    auto data = ApiJson::array();
    for (const auto& record : api.store.campaigns()) data.push_back(campaign_json(record));
    return json_response(200, page_json(std::move(data), 0));
  });
}

void show_campaign(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto key = engine::parse_campaign_key(asked.param("id"));
    const auto record = key ? api.store.find_campaign(*key) : std::nullopt;
    return record ? json_response(200, campaign_json(*record)) : not_found(asked, "campaign");
  });
}

}  // namespace

void add_campaign_routes(Router& router, Api& api) {
  const std::string one = "/v1/campaigns/{id}";
  router.add({"POST", "/v1/campaigns", Scope::operate, BodyKind::json, [&api](Call call) { create_campaign(api, std::move(call)); }});
  router.add({"GET", "/v1/campaigns", Scope::read, BodyKind::none, [&api](Call call) { list_campaigns(api, std::move(call)); }});
  router.add({"GET", one, Scope::read, BodyKind::none, [&api](Call call) { show_campaign(api, std::move(call)); }});
  router.add({"POST", one + "/contacts", Scope::operate, BodyKind::json, [&api](Call call) { add_contacts(api, std::move(call)); }});
  router.add({"POST", one + "/start", Scope::operate, BodyKind::json, [&api](Call call) { set_state(api, std::move(call), true); }});
  router.add({"POST", one + "/pause", Scope::operate, BodyKind::json, [&api](Call call) { set_state(api, std::move(call), false); }});
}

}  // namespace answerback::server
