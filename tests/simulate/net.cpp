#include "tests/simulate/net.hpp"

#include <fmt/format.h>

#include "webhooks/client/response_reader.hpp"

namespace answerback::simulate {

namespace {

using webhooks::HttpAnswer;
using webhooks::HttpRequest;
using webhooks::client::ResponseReader;

constexpr double break_chance = 0.05;
constexpr Duration nearest{1}, farthest{80};

}  // namespace

std::string http_answer(int status, const std::string& body, const std::string& headers) {
  return fmt::format("HTTP/1.1 {} x\r\ncontent-length: {}\r\n{}\r\n{}", status, body.size(), headers, body);
}

std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

struct Client::Exchange {
  Exchange(HttpRequest request_, std::function<void(HttpAnswer)> done_)
      : request(std::move(request_)), done(std::move(done_)), key(header_of(request, "idempotency-key")), reader(request.max_response_bytes, false) {}

  HttpRequest request;
  std::function<void(HttpAnswer)> done;
  std::string key;
  ResponseReader reader;
  Steady begun;
  Server* server = nullptr;
  bool is_over = false;
  bool has_written = false;
};

void Client::later(const std::shared_ptr<Exchange>& exchange, Duration wait, std::function<void()> step) {
  world_.after(wait, [alive = std::weak_ptr<bool>(alive_), exchange, step = std::move(step)] {
    const auto here = alive.lock();
    if (here && *here && !exchange->is_over) step();
  });
}

void Client::send(HttpRequest request, std::function<void(HttpAnswer)> done) {
  auto exchange = std::make_shared<Exchange>(std::move(request), std::move(done));
  exchange->begun = world_.steady();
  const auto found = servers_.by_url.find(exchange->request.url);
  exchange->server = found == servers_.by_url.end() ? nullptr : found->second;
  later(exchange, exchange->request.timeout, [this, exchange] {
    world_.met(exchange->has_written ? "a request timed out after it left" : "a request timed out before it left");
    fail(exchange, "timeout");
  });
  later(exchange, world_.dice.span(nearest, farthest), [this, exchange] { connect(exchange); });
}

void Client::connect(const std::shared_ptr<Exchange>& exchange) {
  const int reachable = exchange->server == nullptr ? 0 : exchange->server->reachable();
  if (reachable < 0) return world_.met("a name hung in DNS");
  if (reachable == 0 || (servers_.is_bad_day && world_.dice.chance(break_chance))) {
    world_.met("a connection was refused");
    return fail(exchange, "connect");
  }
  announce(exchange);
}

void Client::announce(const std::shared_ptr<Exchange>& exchange) {
  if (!exchange->key.empty()) announced_.insert(exchange->key);
  if (!exchange->request.announce) return write(exchange);
  exchange->request.announce([this, alive = std::weak_ptr<bool>(alive_), exchange](bool go) {
    const auto here = alive.lock();
    if (!here || !*here) return;
    later(exchange, Duration(0), [this, exchange, go] { go ? write(exchange) : fail(exchange, "not_started"); });
  });
}

void Client::write(const std::shared_ptr<Exchange>& exchange) {
  if (exchange->request.may_start && !exchange->request.may_start()) {
    world_.met("the gate held a text back right before its first byte");
    return fail(exchange, "not_started");
  }
  exchange->has_written = true;
  if (servers_.is_bad_day && world_.dice.chance(break_chance)) {
    // Whether the other side has got it nobody here can tell.
    if (world_.dice.chance(0.5)) exchange->server->take(exchange->request);
    world_.met("a connection broke while the answer was awaited");
    return fail(exchange, "reset");
  }
  const auto reaction = exchange->server->take(exchange->request);
  later(exchange, reaction.after + world_.dice.span(nearest, farthest), [this, exchange, reaction] { read(exchange, reaction, 0); });
}

void Client::read(const std::shared_ptr<Exchange>& exchange, const Reaction& reaction, std::size_t piece) {
  auto progress = ResponseReader::Progress::more;
  if (piece < reaction.pieces.size()) {
    progress = exchange->reader.feed(reaction.pieces[piece]);
  } else if (reaction.end == Reaction::End::closes) {
    progress = exchange->reader.close();
    if (progress == ResponseReader::Progress::more) progress = ResponseReader::Progress::broken;
  } else {
    return;  // until the time is over
  }
  if (progress == ResponseReader::Progress::complete) return end(exchange, exchange->reader.take());
  if (progress == ResponseReader::Progress::broken) {
    world_.met("an answer was no HTTP or broke off");
    return fail(exchange, exchange->reader.has_begun() ? "protocol" : "reset");
  }
  later(exchange, world_.dice.span(nearest, farthest), [this, exchange, reaction, piece] { read(exchange, reaction, piece + 1); });
}

void Client::fail(const std::shared_ptr<Exchange>& exchange, const char* why) {
  HttpAnswer answer;
  if (exchange->reader.status() != 0) answer = exchange->reader.take();
  answer.error = why;
  answer.before_send = !exchange->has_written;
  end(exchange, std::move(answer));
}

void Client::end(const std::shared_ptr<Exchange>& exchange, HttpAnswer answer) {
  exchange->is_over = true;
  answer.took = std::chrono::floor<Duration>(world_.steady() - exchange->begun);
  exchange->done(std::move(answer));
}

}  // namespace answerback::simulate
