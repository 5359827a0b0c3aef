// One request and its answer, from the URL's vetting to `done`, on the client's thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "webhooks/client/alarm.hpp"
#include "webhooks/client/resolver.hpp"
#include "webhooks/client/response_reader.hpp"
#include "webhooks/client/wire.hpp"
#include "webhooks/client/wire_pool.hpp"

namespace answerback::webhooks::client {

class Exchange;

// How other threads come back to the client's, as long as it lives.
class Door {
 public:
  explicit Door(boost::asio::io_context& context) : context_(&context) {}
  void post(std::function<void()> work);
  void close();  // nothing that comes later is run

 private:
  std::mutex mutex_;
  boost::asio::io_context* context_;
};

// What all exchanges of a client share.
struct Shop {
  boost::asio::io_context& context;
  boost::asio::ssl::context& tls;
  UrlRules rules;
  flows::Duration idle_time;
  Resolver& resolver;
  WirePool& pool;
  std::shared_ptr<Door> door;
  std::set<std::shared_ptr<Exchange>> under_way;
};

class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(Shop& shop, HttpRequest request, std::function<void(HttpAnswer)> done);

  void start();
  // The client goes: whatever is owed is answered now.
  void abandon();

 private:
  void find_wire();
  void resolve();
  void resolved(const Addresses& addresses);
  void connect_next();
  void connected(bool ok);
  void secured(const char* why_not);
  void write();
  void announce();
  void announced(bool go);
  void read();
  void came(std::string_view bytes);
  void ended();
  void complete();
  void fail(const char* error);
  void finish(HttpAnswer answer);
  bool may_start();
  // Takes a step unless the exchange is over. What the step throws, memory that is not to be had above all, ends this exchange.
  template <typename Step>
  void guarded(Step step);
  // A callback that takes a step, and keeps the exchange alive until it was called.
  template <typename Argument>
  std::function<void(Argument)> then(void (Exchange::*step)(Argument));

  Shop& shop_;
  HttpRequest request_;
  std::function<void(HttpAnswer)> done_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  Url url_;
  std::string origin_;
  std::string text_;            // the request as written
  Addresses addresses_;         // vetted, not tried yet; the next one last
  std::unique_ptr<Wire> wire_;
  bool is_reused_ = false;
  std::optional<flows::Duration> lost_after_;
  bool is_announced_ = false;
  bool has_written_ = false;
  bool is_over_ = false;
  ResponseReader reader_;
  Alarm deadline_;
  Alarm connect_alarm_;
};

}  // namespace answerback::webhooks::client
