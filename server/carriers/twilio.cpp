#include "server/carriers/twilio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "flows/text/code_points.hpp"
#include "webhooks/crypto.hpp"

namespace answerback::server {

namespace {

constexpr int max_twilio_media = 10;              // Twilio's own bound on one message
constexpr int code_opted_out = 21610;      // twilio.com/docs/api/errors/21610

std::string sorted_parameters(const FormFields& fields) {
  std::map<std::string, std::set<std::string>> sorted;
  for (const auto& [name, value] : fields) sorted[name].insert(value);
  std::string joined;
  for (const auto& [name, values] : sorted) {
    for (const auto& value : values) joined += name + value;
  }
  return joined;
}

// The URL as given, with its port left out, and with its port written out.
std::vector<std::string> spellings(const std::string& url) {
  std::vector<std::string> all{url};
  const auto host_begin = url.find("://");
  if (host_begin == std::string::npos) return all;
  const auto path_begin = std::min(url.find('/', host_begin + 3), url.size());
  const auto authority = url.substr(0, path_begin);
  const auto rest = url.substr(path_begin);
  const auto colon = authority.rfind(':');
  const bool has_port = colon > host_begin && authority.find(']', colon) == std::string::npos;
  all.push_back(has_port ? authority.substr(0, colon) + rest : authority + (url.starts_with("https") ? ":443" : ":80") + rest);
  return all;
}

// XML 1.0 section 2.2, Char: the others can't stand in a document at all, not even escaped. Surrogates and what lies beyond Unicode
// are no UTF-8 in the first place.
bool is_xml_character(const flows::CodePoint& point) {
  const bool is_control = point.value < 0x20 && point.value != '\t' && point.value != '\n' && point.value != '\r';
  return point.valid && !is_control && point.value != 0xFFFE && point.value != 0xFFFF;
}

std::string escape_xml(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const auto point = flows::first_code_point(text);
    const auto bytes = text.substr(0, point.size);
    text.remove_prefix(point.size);
    if (point.value == '<') {
      escaped += "&lt;";
    } else if (point.value == '>') {
      escaped += "&gt;";
    } else if (point.value == '&') {
      escaped += "&amp;";
    } else if (point.value == '\r') {
      escaped += "&#13;";  // a bare one is read as a line feed (XML 1.0 section 2.11)
    } else if (is_xml_character(point)) {
      escaped += bytes;
    } else if (!point.valid || point.value >= 0xFFFE) {
      flows::append_utf8(0xFFFD, escaped);
    }
  }
  return escaped;
}

int to_int(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

FormFields outgoing_form(const TwilioConfig& config, const engine::Message& message) {
  return {{"To", message.to},
          {"From", message.from},
          {"Body", message.text},
          {"StatusCallback", config.public_url + "/v1/carriers/twilio/status?message=" + engine::to_string(message.id)}};
}

void read_answer(const webhooks::HttpAnswer& answer, webhooks::SendSettlement& settlement) {
  read_status(answer, settlement);
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object()) return;
  if (answer.status >= 200 && answer.status < 300) {
    if (json.contains("sid") && json["sid"].is_string()) settlement.provider_id = json["sid"].get<std::string>();
    return;
  }
  if (!json.contains("code") || !json["code"].is_number_integer()) return;
  const auto code = json["code"].get<std::int64_t>();
  settlement.error = fmt::format("twilio_{}", code);
  if (code == code_opted_out) settlement.result = engine::Handover::Result::opted_out;
}

}  // namespace

bool twilio_signature_fits(std::string_view auth_token, const std::string& url, const FormFields& fields, std::string_view signature) {
  const auto parameters = sorted_parameters(fields);
  bool fits = false;
  for (const auto& spelling : spellings(url)) {
    const auto expected = webhooks::to_base64(webhooks::hmac_sha1(auth_token, spelling + parameters));
    fits = webhooks::equal_constant_time(expected, signature) || fits;
  }
  return fits && !auth_token.empty();
}

TwilioInbound read_twilio_inbound(const FormFields& fields) {
  TwilioInbound inbound;
  inbound.message_sid = first_value(fields, "MessageSid");
  inbound.from = first_value(fields, "From");
  inbound.to = first_value(fields, "To");
  inbound.text = first_value(fields, "Body");
  const auto media = std::clamp(to_int(first_value(fields, "NumMedia")), 0, max_twilio_media);
  for (int i = 0; i < media; ++i) {
    const auto url = first_value(fields, fmt::format("MediaUrl{}", i));
    if (!url.empty()) inbound.media.emplace_back(url);
  }
  inbound.already_answered = !first_value(fields, "OptOutType").empty();
  return inbound;
}

std::optional<CarrierReceipt> read_twilio_status(const FormFields& fields) {
  CarrierReceipt receipt;
  receipt.provider_id = first_value(fields, "MessageSid");
  const auto status = first_value(fields, "MessageStatus");
  if (status == "sent") {
    receipt.status = engine::MessageStatus::sent;
  } else if (status == "delivered" || status == "read") {
    receipt.status = engine::MessageStatus::delivered;
  } else if (status == "undelivered" || status == "failed") {
    receipt.status = engine::MessageStatus::failed;
  } else {
    return std::nullopt;
  }
  const auto code = to_int(first_value(fields, "ErrorCode"));
  if (code != 0) receipt.error = fmt::format("twilio_{}", code);
  receipt.opted_out = code == code_opted_out;
  return receipt;
}

std::string twiml(const std::vector<std::string>& texts) {
  std::string answer = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  if (texts.empty()) return answer + "<Response/>";
  answer += "<Response>";
  for (const auto& text : texts) answer += "<Message>" + escape_xml(text) + "</Message>";
  return answer + "</Response>";
}

webhooks::CarrierLane twilio_lane(const TwilioConfig& config) {
  webhooks::CarrierLane lane;
  lane.request = [config](const webhooks::DueSend& send) {
    webhooks::HttpRequest request;
    request.url = fmt::format("{}/2010-04-01/Accounts/{}/Messages.json", config.base_url, percent_encode(config.account_sid));
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.headers.emplace_back("authorization", "Basic " + webhooks::to_base64(config.account_sid + ":" + config.auth_token.reveal));
    request.body = encode_form(outgoing_form(config, send.message));
    return request;
  };
  lane.read = read_answer;
  return lane;
}

}  // namespace answerback::server
