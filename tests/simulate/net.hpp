// The network between a simulated machine and the servers that it calls: requests take their time, connections are refused, break off and
// hang. What comes back are bytes, and the product's own reader makes an answer of them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/simulate/world.hpp"
#include "webhooks/http_client.hpp"

namespace answerback::simulate {

// What a server does with a request.
struct Reaction {
  enum class End : std::uint8_t { stays_open, closes, hangs };
  Duration after{0};
  std::vector<std::string> pieces;  // of the answer; some time between each
  End end = End::stays_open;
};

class Server {
 public:
  virtual ~Server() = default;
  // Whether it can be reached at all now: 1 = yes, 0 = refuses, -1 = nothing ever comes of it, not even of its name.
  virtual int reachable() { return 1; }
  virtual Reaction take(const webhooks::HttpRequest& request) = 0;
};

std::string http_answer(int status, const std::string& body = "", const std::string& headers = "");
std::string header_of(const webhooks::HttpRequest& request, std::string_view name);  // "" = none

struct Servers {
  std::map<std::string, Server*> by_url;
  bool is_bad_day = false;  // connections break in between
};

// One machine's way out; what is under way when it ends comes back to nobody.
class Client : public webhooks::HttpClient {
 public:
  Client(World& world, Servers& servers) : world_(world), servers_(servers) {}
  ~Client() override { *alive_ = false; }
  void send(webhooks::HttpRequest request, std::function<void(webhooks::HttpAnswer)> done) override;

  // The `idempotency-key` of each request that ever stood before its first byte.
  const std::set<std::string>& announced() const { return announced_; }

 private:
  struct Exchange;
  void connect(const std::shared_ptr<Exchange>& exchange);
  void announce(const std::shared_ptr<Exchange>& exchange);
  void write(const std::shared_ptr<Exchange>& exchange);
  void read(const std::shared_ptr<Exchange>& exchange, const Reaction& reaction, std::size_t piece);
  void end(const std::shared_ptr<Exchange>& exchange, webhooks::HttpAnswer answer);
  void fail(const std::shared_ptr<Exchange>& exchange, const char* why);
  void later(const std::shared_ptr<Exchange>& exchange, Duration wait, std::function<void()> step);

  World& world_;
  Servers& servers_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::set<std::string> announced_;
};

}  // namespace answerback::simulate
