#include "webhooks/client/exchange.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "webhooks/client/request_text.hpp"

namespace answerback::webhooks::client {

using Clock = std::chrono::steady_clock;

namespace {

// A text can't be repeated once a byte of it left, so it takes no connection that the other side may just be closing.
// Servers keep idle connections for seconds at least; within one second they are as good as new.
constexpr flows::Duration fresh_enough = std::chrono::seconds(1);

flows::Duration since(Clock::time_point begin) { return std::chrono::duration_cast<flows::Duration>(Clock::now() - begin); }

Addresses vetted(const Addresses& addresses, const Url& url, const UrlRules& rules) {
  Addresses good;
  std::copy_if(addresses.rbegin(), addresses.rend(), std::back_inserter(good),
               [&](const std::string& each) { return address_allowed(each, url, rules); });
  return good;
}

}  // namespace

void Door::post(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  if (context_ != nullptr) boost::asio::post(*context_, std::move(work));
}

void Door::close() {
  const std::scoped_lock lock(mutex_);
  context_ = nullptr;
}

Exchange::Exchange(Shop& shop, HttpRequest request, std::function<void(HttpAnswer)> done)
    : shop_(shop), request_(std::move(request)), done_(std::move(done)),
      reader_(request_.max_response_bytes, request_.method == "HEAD"), deadline_(shop.context), connect_alarm_(shop.context) {}

template <typename Step>
void Exchange::guarded(Step step) {
  if (is_over_) return;
  try {
    step();
  } catch (const std::exception&) {
    fail("internal");
  }
}

template <typename Argument>
std::function<void(Argument)> Exchange::then(void (Exchange::*step)(Argument)) {
  return [self = shared_from_this(), step](Argument argument) { self->guarded([&] { (self.get()->*step)(argument); }); };
}

void Exchange::start() {
  shop_.under_way.insert(shared_from_this());
  const auto verdict = vet_url(request_.url, shop_.rules);
  if (!verdict.url) return fail("refused_address");
  url_ = *verdict.url;
  origin_ = origin(url_);
  auto text = request_text(request_, url_);
  if (!text) return fail("protocol");
  text_ = std::move(*text);
  deadline_.set(request_.timeout, [this] { fail("timeout"); });
  guarded([this] { find_wire(); });
}

void Exchange::abandon() { fail(has_written_ ? "reset" : "not_started"); }

void Exchange::find_wire() {
  wire_ = shop_.pool.take(origin_, request_.may_start ? std::min(shop_.idle_time, fresh_enough) : shop_.idle_time);
  is_reused_ = wire_ != nullptr;
  is_reused_ ? write() : resolve();
}

void Exchange::resolve() {
  if (address_allowed(url_.host, url_, shop_.rules)) return resolved({url_.host});  // an address, not a name
  shop_.resolver.resolve(url_.host, then(&Exchange::resolved));
}

void Exchange::resolved(const Addresses& addresses) {
  if (addresses.empty()) return fail("dns");
  addresses_ = vetted(addresses, url_, shop_.rules);
  addresses_.empty() ? fail("refused_address") : connect_next();
}

void Exchange::connect_next() {
  if (addresses_.empty()) return fail("connect");
  const auto address = std::move(addresses_.back());
  addresses_.pop_back();
  wire_ = std::make_unique<Wire>(shop_.context, shop_.tls);
  wire_->connect(address, url_.port, then(&Exchange::connected));
  if (addresses_.empty()) return;
  // An address that swallows packets must leave time for the others.
  const auto left = request_.timeout - since(begun_);
  connect_alarm_.set(left / static_cast<int>(addresses_.size() + 1), [this] { wire_->close(); });
}

void Exchange::connected(bool ok) {
  connect_alarm_.cancel();
  if (!ok) return connect_next();
  url_.https ? wire_->secure(url_.host, then(&Exchange::secured)) : write();
}

void Exchange::secured(const char* why_not) { why_not == nullptr ? write() : fail(why_not); }

bool Exchange::may_start() {
  try {
    return !request_.may_start || request_.may_start();
  } catch (const std::exception&) {
    return false;  // who can't tell whether it may start must not start
  }
}

// Once: on a second connection what it says still holds.
void Exchange::announce() {
  is_announced_ = true;
  try {
    request_.announce([weak = weak_from_this(), door = shop_.door](bool go) {
      door->post([weak, go] {
        if (const auto self = weak.lock(); self && !self->is_over_) self->announced(go);
      });
    });
  } catch (const std::exception&) {
    fail("not_started");
  }
}

void Exchange::announced(bool go) {
  if (!go) return fail("not_started");
  if (!is_reused_ || wire_->is_quiet()) return write();
  // While the answer took its time the other side closed the kept connection. Nothing was written: a new one will do.
  wire_->close();
  is_reused_ = false;
  resolve();
}

void Exchange::write() {
  if (request_.announce && !is_announced_) return announce();
  if (!may_start()) return fail("not_started");
  has_written_ = true;
  // A server may answer and close before it has read everything, so what it said is read even when writing failed.
  wire_->write(text_, [self = shared_from_this()](bool) {
    self->guarded([&] { self->read(); });
  });
}

void Exchange::read() { wire_->read(then(&Exchange::came)); }

void Exchange::came(std::string_view bytes) {
  if (bytes.empty()) return ended();
  switch (reader_.feed(bytes)) {
    case ResponseReader::Progress::more: return read();
    case ResponseReader::Progress::complete: return complete();
    case ResponseReader::Progress::broken: return fail("protocol");
  }
}

void Exchange::ended() {
  if (reader_.close() == ResponseReader::Progress::complete) return complete();
  // A kept connection that the server closed meanwhile: most likely it processed nothing. A webhook is at least once in any case, a text
  // at most once, so only the former goes again, and once, since the new connection is not a reused one. It may have been taken all the same,
  // so it was an attempt.
  if (!is_reused_ || reader_.has_begun() || request_.may_start) {
    // TLS 1.3 lets a client finish before the server says that it missed a certificate (RFC 8446 4.4.2.4).
    return fail(!is_reused_ && !reader_.has_begun() && wire_->was_asked_for_certificate() ? "tls_client_certificate" : "reset");
  }
  lost_after_ = since(begun_);
  is_reused_ = false;
  has_written_ = false;
  resolve();
}

void Exchange::complete() {
  auto answer = reader_.take();
  if (reader_.leaves_reusable()) shop_.pool.put(origin_, std::move(wire_));
  finish(std::move(answer));
}

void Exchange::fail(const char* error) {
  HttpAnswer answer;
  if (!is_over_ && reader_.status() != 0) answer = reader_.take();
  answer.error = error;
  answer.before_send = !has_written_ && !lost_after_;
  finish(std::move(answer));
}

void Exchange::finish(HttpAnswer answer) {
  if (is_over_) return;
  is_over_ = true;
  const auto self = shared_from_this();
  deadline_.cancel();
  connect_alarm_.cancel();
  if (wire_) wire_->close();
  shop_.under_way.erase(self);
  answer.took = since(begun_);
  answer.lost_after = lost_after_;
  std::exchange(done_, nullptr)(std::move(answer));
}

}  // namespace answerback::webhooks::client
