#include "server/http/session.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "server/http/problem.hpp"
#include "server/http/response_writer.hpp"

namespace answerback::server {
namespace {

constexpr std::size_t head_read_bytes = 2 * 1024;
constexpr std::size_t body_read_bytes = 16 * 1024;
constexpr std::size_t kept_output_bytes = 64 * 1024;  // capacity that a connection holds on to between answers
constexpr std::size_t max_lingering_bytes = 1024 * 1024;
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

// Headers that RFC 9110 wants beside these statuses (sections 15.5.6, 12.5.3, 10.2.3).
void explain(HttpResponse& response) {
  if (response.status == 405) response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
  if (response.status == 415) response.headers.emplace_back("Accept-Encoding", "identity");
  if (response.status == 503) response.headers.emplace_back("Retry-After", "5");
}

}  // namespace

Session::Session(Front& front, std::string peer) : front_(front), peer_(std::move(peer)), reader_(front.limits) {}

void Session::start() {
  enter(Phase::head, front_.limits.head_timeout);
  read();
}

void Session::enter(Phase phase, std::chrono::milliseconds patience) {
  phase_ = phase;
  deadline_ = std::chrono::steady_clock::now() + patience;
}

void Session::read() {
  if (std::exchange(reading_, true)) return;
  read_some(phase_ == Phase::body || phase_ == Phase::lingering ? body_read_bytes : head_read_bytes);
}

void Session::on_read(bool failed, std::size_t count) {
  reading_ = false;
  if (phase_ == Phase::closed) return;
  if (phase_ == Phase::writing || phase_ == Phase::lingering) return discard(failed, count);
  if (failed) return close();
  process();
}

// Only a connection that is about to be closed is read from while or after its answer is written.
void Session::discard(bool failed, std::size_t count) {
  use_up(unread().size());
  lingered_bytes_ += count;
  if (phase_ == Phase::writing) return;
  if (failed || lingered_bytes_ > max_lingering_bytes) return close();
  read();
}

void Session::process() {
  if (phase_ == Phase::body) return receive_body();
  use_up(reader_.feed(unread()));
  switch (reader_.state()) {
    case RequestReader::State::head: return await_head();
    case RequestReader::State::body: return await_body();
    case RequestReader::State::complete: return serve();
    case RequestReader::State::refused: return refuse(reader_.refusal());
  }
}

void Session::await_head() {
  const bool begun = !unread().empty();
  if (begun && phase_ != Phase::head) enter(Phase::head, front_.limits.head_timeout);
  if (!begun && phase_ != Phase::head) {
    if (front_.draining) return close();
    enter(Phase::idle, front_.limits.idle_timeout);
  }
  read();
}

void Session::await_body() {
  enter(Phase::body, std::min(front_.limits.body_timeout, front_.limits.body_grace));
  body_began_ = std::chrono::steady_clock::now();
  if (front_.pending_body_bytes >= front_.limits.max_pending_body_bytes)
    return refuse({503, "overloaded", "Too many bodies are on their way to this server."});
  if (!reader_.head().expects_continue || !unread().empty()) return read();
  // RFC 9110 section 10.1.1: only now, when the head is known to be good.
  continuing_ = true;
  write_all(continue_line);
}

void Session::receive_body() {
  const auto& limits = front_.limits;
  const auto used = reader_.feed(unread());
  use_up(used);
  if (reader_.state() == RequestReader::State::refused) return refuse(reader_.refusal());
  if (reader_.state() == RequestReader::State::complete) return serve();
  body_bytes_ += used;
  front_.pending_body_bytes += used;
  // Both a total time and, after a short grace, a least rate: a byte now and then must not hold a place for long.
  const std::chrono::milliseconds earned(1000 * body_bytes_ / std::max<std::size_t>(1, limits.min_body_bytes_per_second));
  deadline_ = body_began_ + std::min(limits.body_timeout, limits.body_grace + earned);
  read();
}

void Session::serve() {
  forget_body();
  phase_ = Phase::handling;
  deadline_ = Time::max();
  keep_alive_ = reader_.head().keep_alive;
  auto request = reader_.take();
  request.peer = peer_;
  request.id = request_id_ = front_.request_ids.of(request);
  auto respond = front_.answers->expect(weak_from_this(), request_id_);
  try {
    front_.handler(std::move(request), std::move(respond));
  } catch (const std::exception&) {
    // `respond` went with the exception or is still held by somebody: either way the caller gets an answer.
  }
}

void Session::answer(HttpResponse response) {
  if (phase_ != Phase::handling) return;
  keep_alive_ = keep_alive_ && !front_.draining;
  append_response(output_, response,
                  {.request_id = request_id_, .date = front_.date, .http_1_1 = reader_.head().http_1_1, .keep_alive = keep_alive_,
                   .without_body = reader_.is_head_method()});
  write();
}

void Session::refuse(const Refusal& refusal) {
  forget_body();
  keep_alive_ = false;
  request_id_ = front_.request_ids.next();
  auto response = problem(refusal.status, refusal.code, refusal.detail, request_id_);
  explain(response);
  append_response(output_, response, {.request_id = request_id_, .date = front_.date, .keep_alive = false});
  // After a timeout "100 Continue" may still be on its way out; then this follows it.
  continuing_ ? enter(Phase::writing, front_.limits.write_timeout) : write();
}

void Session::write() {
  enter(Phase::writing, front_.limits.write_timeout);
  write_all(output_);
}

void Session::on_written(bool failed) {
  if (phase_ == Phase::closed) return;
  if (failed) return close();
  if (std::exchange(continuing_, false)) return phase_ == Phase::body ? read() : write();
  output_.clear();
  if (output_.capacity() > kept_output_bytes) output_.shrink_to_fit();
  if (!keep_alive_) return linger();
  phase_ = Phase::idle;
  process();
}

// Closing with unread bytes would reset the connection and take the answer away from its reader (RFC 9112 section 9.6).
void Session::linger() {
  if (!end_sending()) return close();
  enter(Phase::lingering, front_.limits.linger_timeout);
  if (!reading_) use_up(unread().size());
  read();
}

void Session::check_deadline(Time now) {
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::head:
      if (unread().empty()) return close();
      return refuse({408, "head_timeout", "The request's head did not arrive in time."});
    case Phase::body: return refuse({408, "body_timeout", "The request's body did not arrive in time."});
    case Phase::idle:
    case Phase::writing:
    case Phase::lingering: return close();
    case Phase::handling:
    case Phase::closed: return;
  }
}

void Session::drain() {
  if (phase_ == Phase::idle || (phase_ == Phase::head && unread().empty())) close();
}

void Session::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  forget_body();
  close_socket();
}

void Session::forget_body() { front_.pending_body_bytes -= std::exchange(body_bytes_, 0); }

}  // namespace answerback::server
