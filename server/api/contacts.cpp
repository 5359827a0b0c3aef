#include <nlohmann/json.hpp>

#include "server/api/api.hpp"
#include "server/api/json_values.hpp"
#include "server/api/short_list.hpp"
#include "server/log/log.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_note = 2'000;
constexpr std::size_t max_evidence = 4'000;

ApiJson contact_whole(const engine::Contact& contact) {
  auto json = webhooks::contact_json(contact);
  json["created_at"] = webhooks::instant_json(contact.created_at);
  json["conversations"] = contact.conversations;
  json["active_conversation"] =
      contact.active == 0 ? ApiJson() : ApiJson(engine::to_string(engine::ConversationId{contact.key, contact.active}));
  return json;
}

ApiJson ledger_json(const engine::LedgerRow& row) {
  return {{"status", engine::to_string(row.status)},
          {"source", engine::to_string(row.source)},
          {"keyword", webhooks::or_null(row.keyword)},
          {"text", webhooks::or_null(row.text)},
          {"evidence", webhooks::or_null(row.evidence)},
          {"message_id", row.message ? ApiJson(engine::to_string(*row.message)) : ApiJson()},
          {"scope", row.scope},
          {"actor", webhooks::or_null(row.actor)},
          {"at", webhooks::instant_json(row.at)}};
}

// The phone of the path, or nothing after 404 was answered.
std::optional<std::string> phone_of(const Api& api, const Call& call) {
  auto phone = read_phone(api, call.param("phone"));
  if (!phone) call.respond(problem_for(call, 404, "invalid_phone", "the path names no phone number; give E.164 like +15125550142"));
  return phone;
}

void decide_for(Api& api, Call call, const std::string& phone, engine::Stimulus stimulus) {
  Job job;
  job.address = storage::ByPhone{phone};
  job.stimulus = std::move(stimulus);
  job.at = api.clock.now();
  answer_job(api, std::move(call), std::move(job),
             [](const Call& asked, const Handled& handled) {
               if (handled.decision.refusal == engine::Refusal::external_id_taken)
                 return problem_for(asked, 409, "external_id_taken", "another contact has that external id");
               return json_response(200, contact_whole(handled.decision.contact));
             });
}

void upsert(Api& api, Call call) {
  const auto phone = phone_of(api, call);
  if (!phone) return;
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  auto given = body->kind == flows::Json::Kind::object ? read_contact(*body, "", report) : ContactGiven{};
  if (body->kind != flows::Json::Kind::object) report.error("wrong_type", "the body must be an object", "", body->at);
  if (!accept(call, report)) return;
  decide_for(api, std::move(call), *phone, engine::UpsertContact{std::move(given.fields), std::move(given.references)});
}

void change_consent(Api& api, Call call, bool opt_in) {
  const auto phone = phone_of(api, call);
  if (!phone) return;
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  engine::ManualConsent wish;
  wish.opt_in = opt_in;
  wish.source = fields.string("source", 200).value_or("");
  wish.note = fields.string("note", max_note).value_or("");
  wish.evidence = fields.string("evidence", max_evidence).value_or("");
  wish.actor = call.key_id;
  fields.done();
  if (!accept(call, report)) return;
  decide_for(api, std::move(call), *phone, std::move(wish));
}

void list_contacts(Api& api, Call call) {
  Query query(call.request.query);
  storage::ContactFilter filter;
  filter.external_id = query.text("external_id").value_or("");
  filter.source = query.text("source").value_or("");
  const auto page = query.page(api.store.identity());
  if (!accept(call, query)) return;
  answer_query(api, std::move(call), [&api, filter, page](const Call&) {
    const auto found = api.store.list_contacts(filter, page);
    auto data = ApiJson::array();
    for (const auto& contact : found.items) data.push_back(contact_whole(contact));
    return json_response(200, page_json(api, std::move(data), found.next));
  });
}

// A query about the contact of the path.
void show_contact(Api& api, Call call, std::function<ApiJson(const engine::Contact&)> render) {
  const auto phone = phone_of(api, call);
  if (!phone) return;
  answer_query(api, std::move(call), [&api, phone = *phone, render = std::move(render)](const Call& asked) {
    const auto contact = api.store.find_contact(phone);
    return contact ? json_response(200, render(*contact)) : not_found(asked, "contact");
  });
}

ApiJson consent_json(Api& api, const engine::Contact& contact, const ListPage& page) {
  auto rows = ApiJson::array();
  for (const auto& row : api.store.ledger(contact.key)) rows.push_back(ledger_json(row));
  auto json = cut(api, rows, page);
  json["phone"] = contact.phone;
  json["status"] = engine::to_string(contact.consent);
  return json;
}

// Its outcome comes first: a conversation of nobody would never get one.
void end_conversation(Api& api, const engine::Contact& contact) {
  if (contact.active == 0) return;
  std::vector<Job> jobs(1);
  jobs[0].address = contact.key;
  jobs[0].stimulus = engine::OperatorEnd{{contact.key, contact.active}, engine::Outcome::discarded, ""};
  jobs[0].at = api.clock.now();
  jobs[0].done = [](const Handled& handled) {
    if (!handled.stored) throw storage::StoreError("the conversation of a contact to be erased could not be ended");
  };
  api.loop.process_now(jobs);
}

void erase(Api& api, Call call) {
  const auto phone = phone_of(api, call);
  if (!phone) return;
  auto told = std::make_shared<std::vector<webhooks::EndpointKey>>();
  answer_change(
      api, std::move(call),
      [&api, told, phone = *phone](const Call& asked) {
        const auto contact = api.store.find_contact(phone);
        if (!contact) return not_found(asked, "contact");
        end_conversation(api, *contact);
        const auto now = api.clock.now();
        const auto announcement = api.turns.announce_erasure(contact->key, now);
        api.store.erase_contact(contact->key, api.phone_hash(phone), now, announcement);
        if (announcement) *told = announcement->endpoints;
        log(LogLevel::info, "contact_erased", {{"contact", engine::to_string(contact->key)}});
        return HttpResponse{204, "", "", {}};
      },
      [&api, told] { api.loop.wake(*told); }, TaskKind::erase);
}

}  // namespace

void add_contact_routes(Router& router, Api& api) {
  const std::string path = "/v1/contacts/{phone}";
  router.add({"GET", "/v1/contacts", Scope::read, BodyKind::none, [&api](Call call) { list_contacts(api, std::move(call)); }});
  router.add({"PUT", path, Scope::operate, BodyKind::json, [&api](Call call) { upsert(api, std::move(call)); }});
  router.add({"GET", path, Scope::read, BodyKind::none, [&api](Call call) { show_contact(api, std::move(call), contact_whole); }});
  router.add({"DELETE", path, Scope::operate, BodyKind::none, [&api](Call call) { erase(api, std::move(call)); }});
  router.add({"POST", path + "/opt-out", Scope::operate, BodyKind::json, [&api](Call call) { change_consent(api, std::move(call), false); }});
  router.add({"POST", path + "/opt-in", Scope::operate, BodyKind::json, [&api](Call call) { change_consent(api, std::move(call), true); }});
  router.add({"GET", path + "/consent", Scope::read, BodyKind::none, [&api](Call call) {
                const auto page = read_list_page(api, call);
                if (page) show_contact(api, std::move(call), [&api, page = *page](const engine::Contact& contact) { return consent_json(api, contact, page); });
              }});
}

}  // namespace answerback::server
