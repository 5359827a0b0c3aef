// The real HttpClient: Asio + Beast on one thread of its own, keep-alive pool per host, TLS verified, every resolved address
// vetted before connect and pinned, no redirects, one deadline over everything.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "webhooks/http_client.hpp"

namespace answerback::webhooks {

struct BeastClientOptions {
  UrlRules rules;
  std::size_t max_idle_per_host = 8;
  std::size_t max_idle = 1'024;  // to all hosts together
  flows::Duration idle_timeout = std::chrono::seconds(30);
  std::string ca_file;  // authorities beside the system's, PEM; "" = none
  // A name's addresses, none when it has none. May block: it runs on threads of the resolver. Null = the system's resolver.
  std::function<std::vector<std::string>(const std::string& host)> resolve;
};

class BeastClient : public HttpClient {
 public:
  // Throws when the authorities can't be read.
  explicit BeastClient(const BeastClientOptions& options);
  // Ends what is under way: each `done` that is still owed comes now, with "not_started" or, once bytes left, "reset".
  ~BeastClient() override;
  void send(HttpRequest request, std::function<void(HttpAnswer)> done) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks
