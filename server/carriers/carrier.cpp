#include "server/carriers/carrier.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace answerback::server {

std::string_view first_value(const FormFields& fields, std::string_view name) {
  const auto it = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
  return it == fields.end() ? std::string_view() : std::string_view(it->second);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (unreserved.find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::string encode_form(const FormFields& fields) {
  std::string encoded;
  for (const auto& [name, value] : fields) {
    if (!encoded.empty()) encoded.push_back('&');
    encoded += percent_encode(name) + '=' + percent_encode(value);
  }
  return encoded;
}

void read_status(const webhooks::HttpAnswer& answer, webhooks::SendSettlement& settlement) {
  using Result = engine::Handover::Result;
  settlement.error = answer.status == 0 ? answer.error : fmt::format("http_{}", answer.status);
  if (answer.status >= 200 && answer.status < 300) {
    settlement.result = Result::accepted;
    settlement.error.clear();
  } else if (answer.status == 429 || answer.status == 503 || (answer.status == 0 && answer.before_send)) {
    settlement.retry = true;
  } else if (answer.status >= 300 && answer.status < 500) {
    settlement.result = Result::refused;
  } else {
    settlement.result = Result::unknown;
  }
}

}  // namespace answerback::server
