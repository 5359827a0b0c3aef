// Twilio's two webhooks: inbound texts, answered with TwiML, and status callbacks. Both are let in by their signature.
#include <fmt/format.h>

#include <optional>

#include "flows/phone/phone.hpp"
#include "flows/text/text.hpp"
#include "server/api/inbound.hpp"
#include "server/carriers/twilio.hpp"
#include "server/http/form.hpp"
#include "server/log/log.hpp"

namespace answerback::server {

namespace {

constexpr std::string_view carrier = "twilio";

HttpResponse twiml_response(const std::vector<std::string>& texts) {
  HttpResponse response;
  response.content_type = "text/xml; charset=utf-8";
  response.body = twiml(texts);
  return response;
}

// The form, when Twilio is configured and the signature fits; else the refusal was answered.
std::optional<FormFields> signed_form(const Api& api, const Call& call) {
  if (!api.config.twilio) {
    call.respond(problem_for(call, 404, "carrier_not_configured", "carriers.twilio is not configured"));
    return std::nullopt;
  }
  auto parsed = parse_form(call.request.body);
  if (const auto* issue = std::get_if<flows::Issue>(&parsed)) {
    call.respond(problem_for(call, 400, issue->code, issue->message));
    return std::nullopt;
  }
  auto& form = std::get<FormFields>(parsed);
  // Over the public URL from the configuration: nothing that the request says about host or scheme is trusted.
  auto url = api.config.twilio->public_url + call.request.path;
  if (!call.request.query.empty()) url += "?" + call.request.query;
  const auto signature = call.request.header("x-twilio-signature").value_or("");
  if (twilio_signature_fits(api.config.twilio->auth_token.reveal, url, form, signature)) return std::move(form);
  log(LogLevel::warning, "carrier_signature_refused", {{"carrier", std::string(carrier)}, {"request", call.request.id}});
  call.respond(problem_for(call, 403, "invalid_signature", "X-Twilio-Signature does not fit"));
  return std::nullopt;
}

std::vector<std::string> reply_texts(const Api& api, const Handled& handled) {
  std::vector<engine::Message> messages = handled.decision.messages;
  if (handled.duplicate_of) messages = earlier(api.store, *handled.duplicate_of).replies;
  std::vector<std::string> texts;
  for (const auto& message : messages) {
    if (message.direction == engine::Direction::out) texts.push_back(message.text);
  }
  return texts;
}

void receive(Api& api, Call call) {
  const auto form = signed_form(api, call);
  if (!form) return;
  const auto twilio = read_twilio_inbound(*form);
  const auto from = flows::parse_phone(twilio.from, api.config.engine.country);
  if (!from || twilio.message_sid.empty() || twilio.text.size() > max_text_bytes) {
    call.respond(problem_for(call, 422, "invalid", "From must be a phone number, MessageSid must be there, Body has a bound"));
    return;
  }
  engine::Inbound inbound;
  inbound.carrier = carrier;
  inbound.from = *from;
  inbound.to = flows::is_sender(twilio.to) ? twilio.to : "";
  inbound.text = flows::clean_utf8(twilio.text);
  inbound.media = twilio.media;
  inbound.received_at = api.clock.now();
  inbound.carrier_replied = twilio.already_answered;
  auto job = inbound_job(api, std::move(inbound), twilio.message_sid);
  const bool in_answer = api.config.twilio->replies_in_answer;
  if (in_answer) job.answered_by = std::string(carrier);
  answer_job(api, std::move(call), std::move(job), [&api, in_answer](const Call& asked, const Handled& handled) {
    if (handled.clash) return clash_problem(asked);
    api.metrics.inbound(handled.duplicate_of.has_value());
    return twiml_response(in_answer ? reply_texts(api, handled) : std::vector<std::string>{});
  });
}

// The callback URL carries our own id, since a receipt may overtake the answer that tells us Twilio's.
std::optional<engine::Message> named_message(Api& api, const Call& call, const CarrierReceipt& receipt) {
  Query query(call.request.query);
  const auto id = engine::parse_message_id(query.text("message").value_or(""));
  if (id) return api.store.message(*id);
  return api.store.message_by_provider(std::string(carrier), receipt.provider_id);
}

void take_receipt(Api& api, Call call) {
  const auto form = signed_form(api, call);
  if (!form) return;
  const auto receipt = read_twilio_status(*form);
  if (!receipt) return call.respond({204, "", "", {}});
  auto shared = std::make_shared<Call>(std::move(call));
  // The message is looked up where it can't change in between.
  const bool taken = api.loop.submit_task(TaskKind::receipt, [&api, shared, receipt = *receipt] {
    const auto message = named_message(api, *shared, receipt);
    if (!message) return shared->respond({204, "", "", {}});  // not one of ours
    std::vector<Job> jobs(1);
    jobs[0].address = message->id.contact;
    jobs[0].stimulus = engine::Receipt{*message, receipt.status, receipt.error, receipt.opted_out};
    jobs[0].at = api.clock.now();
    jobs[0].done = [shared](const Handled& handled) {
      shared->respond(handled.stored ? HttpResponse{204, "", "", {}} : problem_for(*shared, 503, "store_unavailable", "try again"));
    };
    api.loop.process_now(jobs);
  });
  if (!taken) shared->respond(problem_for(*shared, 503, "busy", "too much is waiting; try again in a moment"));
}

}  // namespace

void add_twilio_routes(Router& router, Api& api) {
  router.add({"POST", "/v1/inbound/twilio", Scope::open, BodyKind::form, [&api](Call call) { receive(api, std::move(call)); }, "x-twilio-signature"});
  router.add({"POST", "/v1/carriers/twilio/status", Scope::open, BodyKind::form, [&api](Call call) { take_receipt(api, std::move(call)); }, "x-twilio-signature"});
}

}  // namespace answerback::server
