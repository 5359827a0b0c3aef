// The plain carrier: one JSON POST per text to a URL of the operator's. The same text carries the same Idempotency-Key.
#include <nlohmann/json.hpp>

#include "server/carriers/carrier.hpp"

namespace answerback::server {

namespace {

std::string body_of(const engine::Message& message) {
  const nlohmann::ordered_json body{
      {"id", engine::to_string(message.id)}, {"from", message.from}, {"to", message.to}, {"text", message.text}};
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// {"id": "…"} in the answer names the text at the carrier, for receipts.
std::string provider_id(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object() || !json.contains("id")) return "";
  const auto& id = json["id"];
  return id.is_string() ? id.get<std::string>() : id.is_number_integer() ? id.dump() : "";
}

}  // namespace

webhooks::CarrierLane http_lane(const HttpCarrierConfig& config) {
  webhooks::CarrierLane lane;
  lane.request = [config](const webhooks::DueSend& send) {
    webhooks::HttpRequest request;
    request.url = config.url;
    request.headers = config.headers;
    request.headers.emplace_back("content-type", "application/json");
    request.headers.emplace_back("idempotency-key", engine::to_string(send.message.id));
    if (!config.bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + config.bearer.reveal);
    request.body = body_of(send.message);
    return request;
  };
  lane.read = [](const webhooks::HttpAnswer& answer, webhooks::SendSettlement& settlement) {
    read_status(answer, settlement);
    if (answer.status >= 200 && answer.status < 300) settlement.provider_id = provider_id(answer.body);
  };
  return lane;
}

}  // namespace answerback::server
