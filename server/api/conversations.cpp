#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flows/load/names.hpp"
#include "flows/phone/phone.hpp"
#include "server/api/api.hpp"
#include "server/api/inbound.hpp"
#include "server/api/json_values.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

ApiJson listed(const engine::Conversation& conversation) {
  auto json = webhooks::conversation_json(conversation);
  json["status"] = conversation.is_over() ? "ended" : "active";
  json["contact"] = engine::to_string(conversation.id.contact);
  json["campaign"] = conversation.campaign ? ApiJson(engine::to_string(*conversation.campaign)) : ApiJson();
  return json;
}

ApiJson whole(storage::Store& store, const engine::Conversation& conversation) {
  auto json = listed(conversation);
  const auto contact = store.find_contact(conversation.id.contact);
  json["contact"] = contact ? webhooks::contact_json(*contact) : ApiJson();
  json["step"] = webhooks::or_null(conversation.step);
  json["answers"] = webhooks::to_json(conversation.answers);
  json["vars"] = webhooks::to_json(conversation.vars);
  json["language"] = webhooks::or_null(conversation.language);
  json["our_number"] = webhooks::or_null(conversation.sender);
  json["interactions"] = ApiJson::array();
  for (const auto& interaction : conversation.interactions) json["interactions"].push_back(webhooks::to_json(interaction));
  json["transcript"] = ApiJson::array();
  for (const auto& message : store.transcript(conversation.id)) json["transcript"].push_back(webhooks::message_json(message));
  return json;
}

HttpResponse refused(const Call& call, engine::Refusal refusal) {
  const std::string code(engine::to_string(refusal));
  switch (refusal) {
    case engine::Refusal::active_conversation: return problem_for(call, 409, code, "the contact is in a conversation already");
    case engine::Refusal::opted_out: return problem_for(call, 409, code, "the contact has opted out");
    case engine::Refusal::unknown_flow: return problem_for(call, 404, code, "no flow of that name is published");
    case engine::Refusal::unknown_conversation: return problem_for(call, 404, code, "there is no such conversation");
    case engine::Refusal::no_image: return problem_for(call, 409, code, "the other revision has no such step");
    case engine::Refusal::external_id_taken: return problem_for(call, 409, code, "another contact has that external id");
    case engine::Refusal::already_ended: return problem_for(call, 409, code, "the conversation has its outcome already");
    case engine::Refusal::none: break;
  }
  return problem_for(call, 500, "internal", "the request could not be answered");
}

HttpResponse answer_touched(int status, const Call& call, const Handled& handled) {
  const auto& decision = handled.decision;
  if (decision.refusal != engine::Refusal::none) return refused(call, decision.refusal);
  auto json = touched_json(decision.touched());
  json["contact_id"] = engine::to_string(decision.contact.key);
  json["replies"] = ApiJson::array();
  for (const auto& message : decision.messages) json["replies"].push_back({{"id", engine::to_string(message.id)}, {"text", message.text}});
  return json_response(status, json);
}

struct StartRequest {
  std::string to;
  engine::Start start;
  std::optional<engine::CampaignKey> campaign;
};

StartRequest read_start(const Api& api, flows::Fields& fields) {
  StartRequest wish;
  wish.start.flow = fields.required_string("flow", 64);
  const auto to = fields.required_string("to", 64);
  if (const auto phone = read_phone(api, to)) {
    wish.to = *phone;
  } else if (fields.has("to")) {
    fields.error("to", "invalid_phone", "to is no phone number; give E.164 like +15125550142");
  }
  wish.start.sender = fields.string("from", 64).value_or("");
  if (!wish.start.sender.empty() && !flows::is_sender(wish.start.sender)) fields.error("from", "invalid_phone", "from is no phone number or short code");
  if (const auto* contact = fields.object("contact")) {
    auto given = read_contact(*contact, "/contact", fields.report());
    wish.start.fields = std::move(given.fields);
    wish.start.references = std::move(given.references);
  }
  if (const auto campaign = fields.string("campaign", 64)) {
    wish.campaign = engine::parse_campaign_key(*campaign);
    if (!wish.campaign) fields.error("campaign", "unknown_campaign", "campaign is the id of a campaign, like cmp_1");
  }
  fields.done();
  return wish;
}

void start_conversation(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  auto wish = read_start(api, fields);
  if (!accept(call, report)) return;
  if (wish.campaign) {
    const auto record = api.store.find_campaign(*wish.campaign);
    if (!record) return call.respond(problem_for(call, 404, "unknown_campaign", "there is no such campaign"));
    wish.start.campaign = record->campaign;
  }
  Job job;
  job.address = storage::ByPhone{wish.to};
  job.stimulus = std::move(wish.start);
  job.at = api.clock.now();
  answer_job(api, std::move(call), std::move(job), [](const Call& asked, const Handled& handled) { return answer_touched(201, asked, handled); });
}

void end(Api& api, Call call, engine::Outcome outcome) {
  const auto id = engine::parse_conversation_id(call.param("id"));
  if (!id) return call.respond(not_found(call, "conversation"));
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  const auto reason = fields.string("reason", 64).value_or("");
  if (!flows::is_reason(reason) && !reason.empty()) fields.error("reason", "bad_reason", "a reason is one word of a to z, 0 to 9 and _");
  fields.done();
  if (!accept(call, report)) return;
  Job job;
  job.address = id->contact;
  job.stimulus = engine::OperatorEnd{*id, outcome, reason};
  job.at = api.clock.now();
  answer_job(api, std::move(call), std::move(job), [](const Call& asked, const Handled& handled) {
    return handled.known_contact ? answer_touched(200, asked, handled) : not_found(asked, "conversation");
  });
}

void list_conversations(Api& api, Call call) {
  Query query(call.request.query);
  const auto status = query.one_of("status", {"active", "ended"});
  const auto outcome = query.one_of("outcome", {"completed", "bailed", "discarded"});
  const auto contact = query.text("contact");
  storage::ConversationFilter filter;
  filter.flow = query.text("flow").value_or("");
  const auto page = query.page(api.store.identity());
  if (!accept(call, query)) return;
  if (status) filter.active = *status == "active";
  if (outcome) filter.outcome = flows::parse_outcome(*outcome);
  answer_query(api, std::move(call), [&api, filter, contact, page](const Call&) {
    auto wanted = filter;
    if (contact) {
      wanted.contact = named_contact(api, *contact);
      if (!wanted.contact) return json_response(200, page_json(ApiJson::array()));
    }
    const auto found = api.store.list_conversations(wanted, page);
    auto data = ApiJson::array();
    for (const auto& conversation : found.items) data.push_back(listed(conversation));
    return json_response(200, page_json(api, std::move(data), found.next));
  });
}

void show_conversation(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto id = engine::parse_conversation_id(asked.param("id"));
    const auto found = id ? api.store.find_conversation(*id) : std::nullopt;
    return found ? json_response(200, whole(api.store, *found)) : not_found(asked, "conversation");
  });
}

}  // namespace

void add_conversation_routes(Router& router, Api& api) {
  using engine::Outcome;
  router.add({"POST", "/v1/conversations", Scope::operate, BodyKind::json, [&api](Call call) { start_conversation(api, std::move(call)); }});
  router.add({"GET", "/v1/conversations", Scope::read, BodyKind::none, [&api](Call call) { list_conversations(api, std::move(call)); }});
  router.add({"GET", "/v1/conversations/{id}", Scope::read, BodyKind::none, [&api](Call call) { show_conversation(api, std::move(call)); }});
  for (const auto& [verb, outcome] : {std::pair{"bail", Outcome::bailed}, {"discard", Outcome::discarded}, {"complete", Outcome::completed}}) {
    router.add({"POST", fmt::format("/v1/conversations/{{id}}/{}", verb), Scope::operate, BodyKind::json,
                [&api, outcome = outcome](Call call) { end(api, std::move(call), outcome); }});
  }
}

}  // namespace answerback::server
