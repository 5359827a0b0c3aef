#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "flows/phone/phone.hpp"
#include "server/api/api.hpp"
#include "server/api/json_values.hpp"
#include "server/api/short_list.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_contacts_at_once = 10'000;
constexpr std::size_t enrolled_at_once = 200;

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
  ContactGiven given;
};

// "+1512…" or {"phone": "+1512…", "fields": {…}, "external_id": …, "source": …}.
Addressee read_addressee(const Api& api, const flows::Json& json, const std::string& pointer, flows::Report& report) {
  Addressee found;
  std::string phone = json.string;
  if (json.kind == flows::Json::Kind::object) {
    flows::Fields fields(json, pointer, report);
    phone = fields.required_string("phone", 64);
    if (const auto* given = fields.object("fields")) found.given.fields = read_values(*given, pointer + "/fields", report);
    found.given.references = read_references(json, pointer, report);
    for (const auto* name : {"external_id", "source"}) fields.allow(name);
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

// Makes the contacts known, or throws what the store would. Nobody is added whose external id is another contact's.
void introduce(Api& api, std::span<const Addressee> addressees, std::vector<engine::ContactKey>& keys, std::vector<std::size_t>& refused) {
  bool stored = true, contradicts = false;
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < addressees.size(); ++i) {
    const auto& addressee = addressees[i];
    Job job;
    job.address = storage::ByPhone{addressee.phone};
    job.stimulus = engine::UpsertContact{addressee.given.fields, addressee.given.references};
    job.at = api.clock.now();
    job.done = [&, i](const Handled& handled) {
      stored = stored && handled.stored;
      contradicts = contradicts || handled.contradicts;
      if (handled.decision.refusal != engine::Refusal::none) return refused.push_back(i);
      keys.push_back(handled.decision.contact.key);
    };
    jobs.push_back(std::move(job));
  }
  api.loop.process_now(jobs);
  if (contradicts) throw storage::Contradiction("a contact contradicts what is kept about it");
  if (!stored) throw storage::StoreError("contacts could not be stored");
}

// The contacts of one request on their way into a campaign: some with each task, so that texts which come meanwhile need not wait for
// all of them. A failure leaves those that are in; the same request again brings the others.
struct Enrolment {
  Call call;
  std::optional<engine::CampaignKey> campaign;
  std::vector<Addressee> addressees;
  std::size_t taken = 0;
  std::size_t added = 0;
  struct Refused {
    std::size_t index;
    const char* code;  // their external id is another contact's, or they can't be stored (a damaged row)
  };
  std::vector<Refused> refused;
};

// In one transaction: all of them, or an exception and nobody.
std::vector<std::size_t> enrol_together(Api& api, Enrolment& enrolment, std::span<const Addressee> some) {
  std::vector<engine::ContactKey> keys;
  std::vector<std::size_t> refused;
  std::size_t added = 0;
  api.store.transaction([&] {
    introduce(api, some, keys, refused);
    added = api.store.add_campaign_entries(*enrolment.campaign, keys);
  });
  enrolment.added += added;
  return refused;
}

// Whoever can't be stored stands alone: the others are in. So many in a row, or all, mean that the store takes nobody, unless it says that
// it is they.
constexpr int most_failing_in_a_row = 3;

void enrol_singly(Api& api, Enrolment& enrolment, std::span<const Addressee> some) {
  int failing = 0;
  for (std::size_t i = 0; i < some.size(); ++i) {
    try {
      if (!enrol_together(api, enrolment, some.subspan(i, 1)).empty()) enrolment.refused.push_back({enrolment.taken + i, "external_id_taken"});
      failing = 0;
    } catch (const storage::Contradiction&) {
      enrolment.refused.push_back({enrolment.taken + i, "not_stored"});
      failing = 0;
    } catch (const storage::StoreError&) {
      if (++failing > most_failing_in_a_row || failing == static_cast<int>(some.size())) throw;
      enrolment.refused.push_back({enrolment.taken + i, "not_stored"});
    }
  }
}

void enrol_some(Api& api, Enrolment& enrolment) {
  const auto some = std::span(enrolment.addressees).subspan(enrolment.taken).first(std::min(enrolled_at_once, enrolment.addressees.size() - enrolment.taken));
  const auto before = enrolment.refused.size();
  try {
    for (const auto index : enrol_together(api, enrolment, some)) enrolment.refused.push_back({enrolment.taken + index, "external_id_taken"});
  } catch (const storage::StoreError&) {
    enrolment.refused.resize(before);
    enrol_singly(api, enrolment, some);
  }
  enrolment.taken += some.size();
}

ApiJson refused_json(const std::vector<Enrolment::Refused>& refused) {
  auto all = ApiJson::array();
  for (const auto& each : refused) all.push_back({{"pointer", fmt::format("/contacts/{}", each.index)}, {"code", each.code}});
  return all;
}

void finish_enrolment(Api& api, Enrolment& enrolment) {
  auto call = std::move(enrolment.call);
  answer_change(api, std::move(call), [&api, campaign = enrolment.campaign, added = enrolment.added, refused = std::move(enrolment.refused), all = enrolment.addressees.size()](const Call& asked) {
    if (!campaign || api.turns.campaign_name(*campaign).empty()) return not_found(asked, "campaign");
    ApiJson counts{{"added", added}, {"already_there", all - added - refused.size()}};
    if (!refused.empty()) counts["refused"] = refused_json(refused);
    return json_response(200, counts);
  }, {}, TaskKind::enrol);
}

void enrol(Api& api, const std::shared_ptr<Enrolment>& enrolment) {
  try {
    const bool is_known = enrolment->campaign && !api.turns.campaign_name(*enrolment->campaign).empty();
    if (!is_known || (enrolment->taken == 0 && is_answered_already(api, enrolment->call))) return finish_enrolment(api, *enrolment);
    enrol_some(api, *enrolment);
  } catch (const storage::StoreError&) {
    return answer_change(api, std::move(enrolment->call), [](const Call&) -> HttpResponse { throw storage::StoreError("contacts could not be stored"); });
  }
  if (enrolment->taken == enrolment->addressees.size()) return finish_enrolment(api, *enrolment);
  if (!api.loop.submit_task(TaskKind::enrol, [&api, enrolment] { enrol(api, enrolment); })) enrolment->call.respond(problem_for(enrolment->call, 503, "busy", "too much waits; some contacts are in, send the request again"));
}

void add_contacts(Api& api, Call call) {
  auto enrolment = std::make_shared<Enrolment>();
  enrolment->campaign = engine::parse_campaign_key(call.param("id"));
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  enrolment->addressees = read_addressees(api, fields);
  fields.done();
  if (!accept(call, report)) return;
  enrolment->call = std::move(call);
  if (!api.loop.submit_task(TaskKind::enrol, [&api, enrolment] { enrol(api, enrolment); })) enrolment->call.respond(problem_for(enrolment->call, 503, "busy", "too much waits; try again"));
}

void set_state(Api& api, Call call, bool running) {
  if (!accept_no_fields(call)) return;
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
  answer_list(api, std::move(call), "campaign", [&api](const Call&) {
    auto data = ApiJson::array();
    for (const auto& record : api.store.campaigns()) data.push_back(campaign_json(record));
    return data;
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
