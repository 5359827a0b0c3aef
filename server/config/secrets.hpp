// Where configured secrets may go: each names its hosts and headers, so that who may publish flows can't have one sent elsewhere.
// Asked when a flow is checked and published, and again when a call leaves.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/flow.hpp"
#include "flows/issue.hpp"
#include "flows/load/load.hpp"
#include "server/config/config.hpp"

namespace answerback::server {

class Secrets {
 public:
  explicit Secrets(std::map<std::string, ConfiguredSecret> configured) : configured_(std::move(configured)) {}

  // From any thread. A secret that names no hosts stays in the house: it goes to loopback addresses, and where the flows of the
  // operator's own folder send it.
  webhooks::SecretGrant grant(const std::string& name, const std::string& header, const std::string& url) const;

  // "" when it may go there; else why not, as a sentence for whoever writes the flow.
  std::string problem(const std::string& name, const std::string& header, const std::string& url) const;

  // The operator's own flows, from the configured folder.
  void trust(const flows::Flow& flow);

 private:
  bool may_go(const std::string& name, const ConfiguredSecret& secret, const std::string& header, const webhooks::Url& url) const;

  const std::map<std::string, ConfiguredSecret> configured_;
  mutable std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> trusted_;  // secret, host
};

// "api.example.com", "api.example.com:8443", "[2001:db8::1]": with a port that port only.
bool is_secret_host(std::string_view text);

// By what the calls of flows are judged. Without a configuration http:// stays on this machine, and secrets are not looked at.
struct CallRules {
  std::optional<webhooks::UrlRules> urls;
  const Secrets* secrets = nullptr;
};

// What a flow's calls must not do, as errors of the flow: go by plain http:// where that is not allowed, and take secrets to places
// that these don't name.
std::vector<flows::Issue> judge_calls(const flows::Flow& flow, const CallRules& rules);

// The same, added to what was found already; an error takes the flow away.
void add_call_issues(flows::LoadResult& loaded, const CallRules& rules);

}  // namespace answerback::server
