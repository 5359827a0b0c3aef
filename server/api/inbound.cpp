#include "server/api/inbound.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/phone/phone.hpp"
#include "flows/text/text.hpp"
#include "storage/dedup.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_media = 10;
constexpr std::size_t max_media_url = 2'048;
constexpr std::string_view generic_carrier = "inbound";  // the name under which ids of plain JSON callers are known again

std::vector<std::string> read_media(flows::Fields& fields) {
  auto media = fields.strings("media", max_media).value_or(std::vector<std::string>{});
  for (const auto& url : media) {
    if (url.size() > max_media_url) fields.error("media", "too_long", "a media URL has at most 2,048 bytes");
  }
  return media;
}

engine::Inbound read_inbound(const Api& api, flows::Fields& fields, std::string& id) {
  engine::Inbound inbound;
  inbound.carrier = generic_carrier;
  id = fields.string("id", 255).value_or("");
  if (fields.has("id") && id.empty()) fields.error("id", "invalid_value", "id is left out or has 1 to 255 bytes");
  const auto from = fields.required_string("from", 64);
  if (const auto phone = read_phone(api, from)) {
    inbound.from = *phone;
  } else if (fields.has("from")) {
    fields.error("from", "invalid_phone", "from is no phone number; give E.164 like +15125550142");
  }
  inbound.to = fields.string("to", 64).value_or("");
  if (!inbound.to.empty() && !flows::is_sender(inbound.to)) fields.error("to", "invalid_phone", "to is no phone number or short code");
  inbound.text = flows::clean_utf8(fields.required_string("text", max_text_bytes));
  inbound.media = read_media(fields);
  inbound.received_at = api.clock.now();
  if (const auto at = fields.string("received_at")) {
    const auto read = flows::parse_iso8601(*at);
    if (!read) fields.error("received_at", "invalid_value", "received_at must be a time like 2026-03-02T15:00:00Z");
    // A clock that runs ahead must not stretch what is counted from here.
    if (read) inbound.written_at = inbound.received_at = std::min(*read, inbound.received_at);
  }
  fields.done();
  return inbound;
}

void write_replies(webhooks::JsonWriter& out, const std::vector<engine::Message>& messages) {
  out.name("replies");
  out.open_array();
  for (const auto& message : messages) {
    if (message.direction != engine::Direction::out) continue;
    out.open_object();
    out.member("id", engine::to_string(message.id));
    out.member("text", message.text);
    out.close_object();
  }
  out.close_array();
}

HttpResponse told(const engine::MessageId& message, bool duplicate, const engine::Conversation* touched,
                  const std::vector<engine::Message>& messages) {
  webhooks::JsonWriter out;
  out.open_object();
  out.member("message_id", engine::to_string(message));
  out.member("duplicate", duplicate);
  out.member("contact_id", engine::to_string(message.contact));
  out.name("conversation");
  write_touched(out, touched);
  write_replies(out, messages);
  out.close_object();
  HttpResponse response;
  response.body = out.take();
  return response;
}

HttpResponse answer_inbound(Api& api, const Call& call, const Handled& handled) {
  if (handled.clash) return clash_problem(call);
  api.metrics.inbound(handled.duplicate_of.has_value());
  if (handled.duplicate_of) {
    const auto before = earlier(api.store, *handled.duplicate_of);
    return told(*handled.duplicate_of, true, before.conversation ? &*before.conversation : nullptr, before.replies);
  }
  const auto& decision = handled.decision;
  return told(decision.messages.front().id, false, decision.touched(), decision.messages);
}

}  // namespace

Job inbound_job(const Api& api, engine::Inbound inbound, const std::string& id) {
  Job job;
  job.address = storage::ByPhone{inbound.from};
  if (!id.empty()) job.dedup = storage::dedup_key(inbound.carrier, id);
  job.stimulus = std::move(inbound);
  job.at = api.clock.now();
  return job;
}

void write_touched(webhooks::JsonWriter& out, const engine::Conversation* conversation) {
  if (conversation == nullptr) return out.value(nullptr);
  const auto outcome = engine::outcome_of(conversation->life);
  out.open_object();
  out.member("id", engine::to_string(conversation->id));
  out.member("flow", conversation->flow);
  out.member("status", outcome ? "ended" : "active");
  out.member_or_null("outcome", outcome ? flows::to_string(*outcome) : std::string_view());
  out.member_or_null("reason", outcome ? std::string_view(conversation->reason) : std::string_view());
  out.close_object();
}

ApiJson touched_json(const engine::Conversation* conversation) {
  webhooks::JsonWriter out;
  write_touched(out, conversation);
  return ApiJson::parse(out.take());
}

HttpResponse clash_problem(const Call& call) {
  return problem_for(call, 422, "id_of_another_number", "this message id came from another number before; each message has an id of its own");
}

namespace {

// The one confirmation of STOP was given when it came (47 CFR 64.1200(a)(12)). After an opt-out nothing else goes but an answer to HELP, and a
// START brings no text back that the opt-out had ended.
bool may_go_now(const engine::Message& message, bool stopped) {
  if (message.expires_at || message.status == engine::MessageStatus::cancelled) return false;
  return !stopped || message.exempt;
}

bool was_stopped(storage::Store& store, const engine::MessageId& message, const std::optional<engine::Conversation>& conversation) {
  const auto contact = store.find_contact(message.contact);
  if (!contact || contact->consent == engine::Consent::opted_out) return true;
  return conversation && conversation->reason == "opted_out";
}

}  // namespace

Earlier earlier(storage::Store& store, const engine::MessageId& message) {
  Earlier found;
  if (message.conversation != 0) found.conversation = store.find_conversation({message.contact, message.conversation});
  // Its replies are the texts that went out right after it, in the same conversation or outside any.
  std::vector<engine::Message> messages;
  if (message.conversation != 0) {
    messages = store.transcript({message.contact, message.conversation});
  } else {
    storage::MessageFilter filter;
    filter.contact = message.contact;
    messages = store.list_messages(filter, {500, 0}).items;
    std::reverse(messages.begin(), messages.end());
    std::erase_if(messages, [](const auto& each) { return each.id.conversation != 0; });
  }
  auto it = std::find_if(messages.begin(), messages.end(), [&](const auto& each) { return each.id == message; });
  if (it == messages.end()) return found;
  const bool stopped = was_stopped(store, message, found.conversation);
  for (++it; it != messages.end() && it->direction == engine::Direction::out; ++it) {
    if (may_go_now(*it, stopped)) found.replies.push_back(*it);
  }
  return found;
}

void add_inbound_routes(Router& router, Api& api) {
  router.add({"POST", "/v1/inbound", Scope::inbound, BodyKind::json, [&api](Call call) {
                const auto body = read_body(call);
                if (!body) return;
                flows::Report report;
                flows::Fields fields(*body, "", report);
                std::string id;
                auto inbound = read_inbound(api, fields, id);
                if (!accept(call, report)) return;
                auto job = inbound_job(api, std::move(inbound), id);
                answer_job(api, std::move(call), std::move(job),
                           [&api](const Call& asked, const Handled& handled) { return answer_inbound(api, asked, handled); });
              }});
}

}  // namespace answerback::server
