#include <nlohmann/json.hpp>

#include "server/api/api.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

ApiJson listed(const engine::Message& message) {
  auto json = webhooks::message_json(message);
  const auto& id = message.id;
  json["contact_id"] = engine::to_string(id.contact);
  json["conversation_id"] = id.conversation == 0 ? ApiJson() : ApiJson(engine::to_string(engine::ConversationId{id.contact, id.conversation}));
  json["campaign"] = message.campaign ? ApiJson(engine::to_string(*message.campaign)) : ApiJson();
  json["carrier"] = webhooks::or_null(message.carrier);
  return json;
}

void list_messages(Api& api, Call call) {
  Query query(call.request.query);
  storage::MessageFilter filter;
  const auto contact = query.text("contact");
  const auto direction = query.one_of("direction", {"in", "out"});
  if (direction) filter.direction = *direction == "in" ? engine::Direction::in : engine::Direction::out;
  const auto status = query.text("status");
  if (status) filter.status = engine::parse_message_status(*status);
  if (status && !filter.status) query.error("status", "not_allowed", "there is no such message status");
  const auto page = query.page(api.store.identity());
  if (!accept(call, query)) return;
  answer_query(api, std::move(call), [&api, filter, contact, page](const Call&) {
    auto wanted = filter;
    if (contact) {
      wanted.contact = named_contact(api, *contact);
      if (!wanted.contact) return json_response(200, page_json(ApiJson::array()));
    }
    const auto found = api.store.list_messages(wanted, page);
    auto data = ApiJson::array();
    for (const auto& message : found.items) data.push_back(listed(message));
    return json_response(200, page_json(api, std::move(data), found.next));
  });
}

}  // namespace

void add_message_routes(Router& router, Api& api) {
  router.add({"GET", "/v1/messages", Scope::read, BodyKind::none, [&api](Call call) { list_messages(api, std::move(call)); }});
}

}  // namespace answerback::server
