#include "server/config/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "flows/json/json_pointer.hpp"
#include "flows/text/letter_case.hpp"

namespace answerback::server {

namespace {

// An address, or the one name that leads to it (RFC 6761).
bool is_loopback(const webhooks::Url& url) {
  const webhooks::UrlRules rules{false, {"127.0.0.0/8", "::1/128"}};
  return url.host == "localhost" || webhooks::address_allowed(url.host, webhooks::Url{false, url.host, url.port, "/"}, rules);
}

// An entry's host and port as a URL has them.
std::optional<webhooks::Url> entry_url(std::string_view entry) { return webhooks::parse_url("https://" + std::string(entry) + "/").url; }

bool has_port(std::string_view entry) {
  const auto bracket = entry.rfind(']');
  return entry.find(':', bracket == std::string_view::npos ? 0 : bracket) != std::string_view::npos;
}

bool fits_entry(const std::string& entry, const webhooks::Url& url) {
  const auto named = entry_url(entry);
  return named && named->host == url.host && (!has_port(entry) || named->port == url.port);
}

// A URL's fixed beginning, to the end of its host: no placeholder stands in it.
std::string url_head(const flows::Call& call) {
  const auto* first = call.url.pieces.empty() ? nullptr : std::get_if<std::string>(&call.url.pieces.front());
  if (first == nullptr) return "";
  const auto scheme = first->find("://");
  const auto end = scheme == std::string::npos ? scheme : first->find_first_of("/?#", scheme + 3);
  return first->substr(0, end) + "/";
}

flows::Issue call_issue(const flows::Step& step, std::string code, std::string message, std::string_view member) {
  const auto call = flows::pointer_append(flows::pointer_append("/steps", step.name), "call");
  return {flows::Severity::error, std::move(code), std::move(message), flows::pointer_append(call, member), step.at};
}

}  // namespace

bool is_secret_host(std::string_view text) {
  const auto url = entry_url(text);
  return url && url->target == "/" && text.find('/') == std::string_view::npos;
}

bool Secrets::may_go(const std::string& name, const ConfiguredSecret& secret, const std::string& header, const webhooks::Url& url) const {
  const auto is_header = [&](const std::string& each) { return flows::to_lower_ascii(each) == flows::to_lower_ascii(header); };
  if (!secret.headers.empty() && std::none_of(secret.headers.begin(), secret.headers.end(), is_header)) return false;
  if (!secret.hosts.empty())
    return std::any_of(secret.hosts.begin(), secret.hosts.end(), [&](const std::string& entry) { return fits_entry(entry, url); });
  const std::scoped_lock lock(mutex_);
  return is_loopback(url) || trusted_.count({name, url.host}) > 0;
}

webhooks::SecretGrant Secrets::grant(const std::string& name, const std::string& header, const std::string& url) const {
  const auto found = configured_.find(name);
  if (found == configured_.end()) return {"", "unknown_secret"};
  const auto parsed = webhooks::parse_url(url).url;
  if (!parsed || !may_go(name, found->second, header, *parsed)) return {"", "secret_refused"};
  return {found->second.value.reveal, ""};
}

std::string Secrets::problem(const std::string& name, const std::string& header, const std::string& url) const {
  const auto found = configured_.find(name);
  const auto parsed = webhooks::parse_url(url).url;
  if (found == configured_.end() || !parsed || may_go(name, found->second, header, *parsed)) return "";
  if (found->second.hosts.empty() && found->second.headers.empty())
    return fmt::format(R"(the secret "{}" names no hosts in the configuration, add "hosts": ["{}"] there to let it go to that host)", name, parsed->host);
  return fmt::format("the secret \"{}\" may not go to {} in the header {}: the configuration names where it may", name, parsed->host, header);
}

void Secrets::trust(const flows::Flow& flow) {
  const std::scoped_lock lock(mutex_);
  for (const auto& step : flow.steps) {
    const auto* call = std::get_if<flows::Call>(&step.verb);
    const auto url = call == nullptr ? std::nullopt : webhooks::parse_url(url_head(*call)).url;
    if (!url) continue;
    for (const auto& header : call->headers)
      if (!header.secret.empty()) trusted_.emplace(header.secret, url->host);
  }
}

std::vector<flows::Issue> judge_calls(const flows::Flow& flow, const CallRules& rules) {
  std::vector<flows::Issue> issues;
  for (const auto& step : flow.steps) {
    const auto* call = std::get_if<flows::Call>(&step.verb);
    if (call == nullptr) continue;
    const auto head = url_head(*call);
    const auto url = webhooks::parse_url(head).url;
    // To this machine it may: nobody is on the way, and whether it gets there the address guard says when it leaves.
    const bool may_be_plain = url && (is_loopback(*url) || (rules.urls && webhooks::vet_url(head, *rules.urls).url));
    if (url && !url->https && !may_be_plain)
      issues.push_back(call_issue(step, "call_url", "a call goes by https://; over http:// everybody on the way reads and changes it", "url"));
    for (const auto& header : call->headers) {
      const auto why = rules.secrets == nullptr || header.secret.empty() ? "" : rules.secrets->problem(header.secret, header.name, head);
      if (!why.empty()) issues.push_back(call_issue(step, "call_header", why, "headers"));
    }
  }
  return issues;
}

void add_call_issues(flows::LoadResult& loaded, const CallRules& rules) {
  if (!loaded.flow) return;
  const auto found = judge_calls(*loaded.flow, rules);
  if (found.empty()) return;
  loaded.issues.insert(loaded.issues.end(), found.begin(), found.end());
  loaded.flow = nullptr;
}

}  // namespace answerback::server
