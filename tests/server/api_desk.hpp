// The API over a loop that runs, without sockets and keys.
#pragma once

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>
#include <string>

#include "server/api/api.hpp"
#include "tests/server/loop_rig.hpp"

namespace answerback::tests {

class ApiDesk {
 public:
  struct Answered {
    int status = 0;
    nlohmann::json body;  // null when there was none
  };

  ApiDesk();
  ~ApiDesk();
  ApiDesk(const ApiDesk&) = delete;
  ApiDesk& operator=(const ApiDesk&) = delete;

  // `target` may hold a query.
  Answered ask(const std::string& method, const std::string& target, const std::string& body = "");
  // Asks, and leaves the answer to come.
  std::future<server::HttpResponse> begin(const std::string& method, const std::string& target, const std::string& body = "");
  Answered get(const std::string& target) { return ask("GET", target); }
  void text(const std::string& from, const std::string& said) { rig.send(rig.office.text(from, said)); }

  LoopRig rig;
  std::atomic<bool> as_admin{true};
  server::Reader publisher;

 private:
  server::Config config_;
  server::Reader reader_;
  server::KeyRing keys_{""};
  server::Api api_{rig.office.store, rig.office.turns, rig.loop, reader_, publisher, rig.clock, rig.metrics, config_, keys_, {}, {}, {}};
  server::Router router_{[this](const server::HttpRequest&, server::Scope) {
    return server::AuthResult{server::AuthResult::Verdict::ok, "admin", "", as_admin};
  }};
};

}  // namespace answerback::tests
