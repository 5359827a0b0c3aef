#include "webhooks/dispatch/call_attempt.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <utility>

namespace answerback::webhooks::dispatch {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr flows::Duration first_call_wait = std::chrono::milliseconds(500);

bool has(const Headers& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& each) { return boost::beast::iequals(each.first, name); });
}

void put(Headers& headers, const std::string& name, std::string value) {
  std::erase_if(headers, [&](const auto& each) { return boost::beast::iequals(each.first, name); });
  headers.emplace_back(name, std::move(value));
}

void add_ours(Headers& headers, const DueCall& call, const DispatcherOptions& options) {
  if (!has(headers, "Accept")) headers.emplace_back("Accept", "application/json");
  if (!call.request.body.empty() && !has(headers, "Content-Type")) headers.emplace_back("Content-Type", "application/json");
  put(headers, "User-Agent", options.user_agent);
  put(headers, "Idempotency-Key", to_string(key_of(call.request)));
}

// An answer that broke off is none: what a flow saves of it may be missing.
int whole_status(const HttpAnswer& answer) { return answer.error.empty() ? answer.status : 0; }

// Trouble that a later try may not meet. What the address guard or our own client refused stays refused.
bool may_pass(const HttpAnswer& answer) {
  switch (whole_status(answer)) {
    case 0:
      return answer.error == "dns" || answer.error == "connect" || answer.error.starts_with("tls") || answer.error == "timeout" ||
             answer.error == "reset";
    case 429:
    case 502:
    case 503:
    case 504: return true;
    default: return false;
  }
}

flows::Instant next_try_at(const DueCall& call, const HttpAnswer& answer, flows::Instant now) {
  const auto wait = first_call_wait * (1 << std::min(call.attempt - 1, max_call_tries));
  const auto header = answer.header("retry-after");
  const auto wish = header ? parse_retry_after(*header, now) : std::nullopt;
  return now + std::max(wait, wish.value_or(flows::Duration::zero()));
}

}  // namespace

std::variant<HttpRequest, Unmakeable> call_request(const DueCall& call, const DispatcherOptions& options, flows::Instant now) {
  const auto left = call.request.give_up_at - now;
  if (left <= flows::Duration::zero()) return Unmakeable{"timeout"};
  HttpRequest request;
  request.method = call.request.method;
  request.url = call.request.url;
  request.headers = call.request.headers;
  for (const auto& [header, name] : call.request.secret_headers) {
    auto secret = options.secret ? options.secret(name, header, request.url) : SecretGrant{"", "unknown_secret"};
    if (!secret.refusal.empty()) return Unmakeable{secret.refusal + ':' + name};
    put(request.headers, header, std::move(secret.value));
  }
  add_ours(request.headers, call, options);
  request.body = call.request.body;
  request.timeout = std::min(options.timeout, left);
  request.max_response_bytes = max_call_answer_bytes + 1;  // one more tells what is too large from what just fits
  return request;
}

CallSettlement settle_call(DueCall call, const HttpAnswer& answer, flows::Instant now) {
  auto reading = read_call_answer(call.request, whole_status(answer), answer.body);
  CallSettlement settled;
  settled.took = answer.took;
  settled.status = answer.status;
  settled.error = answer.error.empty() ? reading.error : answer.error;
  settled.answer = std::move(reading.answer);
  if (may_pass(answer) && call.attempt < max_call_tries) {
    const auto again = next_try_at(call, answer, now);
    if (again < call.request.give_up_at) settled.retry_at = again;
  }
  settled.call = std::move(call);
  return settled;
}

CallSettlement fail_call(DueCall call, std::string error) {
  CallSettlement settled;
  settled.error = std::move(error);
  settled.answer = read_call_answer(call.request, 0, "").answer;
  settled.call = std::move(call);
  return settled;
}

}  // namespace answerback::webhooks::dispatch
