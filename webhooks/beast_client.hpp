// The real HttpClient: Asio + Beast on one thread of its own, keep-alive pool per host, TLS verified, every resolved address
// vetted before connect and pinned, no redirects, one deadline over everything.
#pragma once

#include <memory>

#include "webhooks/http_client.hpp"

namespace answerback::webhooks {

struct BeastClientOptions {
  UrlRules rules;
  std::size_t max_idle_per_host = 8;
  flows::Duration idle_timeout = std::chrono::seconds(30);
  std::string ca_file;  // "" = the system's
};

class BeastClient : public HttpClient {
 public:
  explicit BeastClient(BeastClientOptions options);
  ~BeastClient() override;
  void send(HttpRequest request, std::function<void(HttpAnswer)> done) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks
