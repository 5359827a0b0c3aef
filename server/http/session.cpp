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
constexpr std::size_t kept_output_bytes = 16 * 1024;  // capacity that a connection holds on to between answers
constexpr std::size_t small_body_bytes = 8 * 1024;    // is written together with its head
constexpr std::size_t piece_bytes = 64 * 1024;        // that the socket is offered at a time
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

template <typename Step>
void Session::guarded(Step step) {
  try {
    step();
  } catch (const std::exception&) {
    give_up();
  }
}

// Says so when that is still possible.
void Session::give_up() {
  const bool may_answer = phase_ == Phase::head || phase_ == Phase::body || phase_ == Phase::handling;
  try {
    if (may_answer) return refuse({503, "overloaded", "The server is short of memory at the moment."});
  } catch (const std::exception&) {
    // Then without a word.
  }
  close();
}

void Session::start() {
  enter(Phase::head, front_.limits.head_timeout);
  read();
}

void Session::enter(Phase phase, std::chrono::milliseconds patience) {
  phase_ = phase;
  phase_began_ = std::chrono::steady_clock::now();
  deadline_ = phase_began_ + patience;
}

std::optional<Session::Time> Session::resting_since() const {
  const bool rests = phase_ == Phase::idle || phase_ == Phase::head || phase_ == Phase::lingering;
  return rests ? std::optional(phase_began_) : std::nullopt;
}

std::optional<Session::Time> Session::stalled_since() const {
  return phase_ == Phase::writing ? std::optional(last_progress_) : std::nullopt;
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
  guarded([this] { process(); });
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

// Before anything of a body is waited for: whether its sender may call at all, and how large it may be.
bool Session::admit_body() {
  auto& request = reader_.request();
  request.peer = peer_;
  request.id = request_id_ = front_.request_ids.of(request);
  auto verdict = front_.judge ? front_.judge(request) : HeadVerdict{};
  is_vouched_ = verdict.is_vouched;
  if (verdict.refusal) {
    turn_away(std::move(*verdict.refusal));
  } else if (!verdict.wants_body) {
    serve();
  } else {
    reader_.limit_body(verdict.max_body_bytes);
    if (reader_.state() != RequestReader::State::refused) return true;
    refuse(reader_.refusal());
  }
  return false;
}

void Session::await_body() {
  enter(Phase::body, std::min(front_.limits.body_timeout, front_.limits.body_grace));
  body_began_ = phase_began_;
  if (!admit_body()) return;
  if (body_account() >= (is_vouched_ ? front_.limits.max_pending_body_bytes : front_.limits.max_unvouched_body_bytes))
    return refuse({503, "overloaded", "Too many bodies are on their way to this server."});
  if (!reader_.head().expects_continue || !unread().empty()) return read();
  // RFC 9110 section 10.1.1: only now, when the head is known to be good.
  continuing_ = true;
  sent_ = 0;
  write_some(continue_line);
}

void Session::receive_body() {
  const auto& limits = front_.limits;
  const auto used = reader_.feed(unread());
  use_up(used);
  if (reader_.state() == RequestReader::State::refused) return refuse(reader_.refusal());
  if (reader_.state() == RequestReader::State::complete) return serve();
  body_bytes_ += used;
  body_account() += used;
  // Both a total time and, after a short grace, a least rate: a byte now and then must not hold a place for long.
  const std::chrono::milliseconds earned(1000 * body_bytes_ / std::max<std::size_t>(1, limits.min_body_bytes_per_second));
  deadline_ = body_began_ + std::min(limits.body_timeout, limits.body_grace + earned);
  read();
}

void Session::serve() {
  forget_body();
  phase_ = Phase::handling;
  deadline_ = Time::max();
  const bool is_whole = reader_.state() == RequestReader::State::complete;
  keep_alive_ = is_whole && reader_.head().keep_alive;
  auto request = reader_.take();
  if (!is_whole) request.body.clear();
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
  guarded([&] { take_answer(std::move(response)); });
}

void Session::take_answer(HttpResponse response) {
  if (!has_room_for(response.body.size())) {
    response = problem(503, "overloaded", "Too many answers wait to be taken.", request_id_);
    explain(response);
  }
  output_.clear();
  const bool has_body = append_head(output_, response,
                                    {.request_id = request_id_, .date = front_.date, .http_1_1 = reader_.head().http_1_1,
                                     .keep_alive = keep_alive_, .without_body = reader_.is_head_method()});
  if (has_body && response.body.size() <= small_body_bytes)
    output_.append(response.body);
  else if (has_body)
    body_ = std::move(response.body);
  write();
}

// Small answers always have room: what they take is bounded by the number of connections.
bool Session::has_room_for(std::size_t bytes) {
  const auto fits = [&] { return front_.unsent_bytes == 0 || front_.unsent_bytes + bytes <= front_.limits.max_unsent_bytes; };
  if (bytes > small_body_bytes && !fits() && front_.free_unsent) front_.free_unsent();
  return bytes <= small_body_bytes || fits();
}

void Session::refuse(const Refusal& refusal) {
  request_id_ = front_.request_ids.next();
  auto response = problem(refusal.status, refusal.code, refusal.detail, request_id_);
  explain(response);
  turn_away(std::move(response));
}

// Answers what will not be read any further.
void Session::turn_away(HttpResponse response) {
  forget_body();
  keep_alive_ = false;
  output_.clear();
  append_response(output_, std::move(response), {.request_id = request_id_, .date = front_.date, .keep_alive = false});
  // After a timeout "100 Continue" may still be on its way out; then this follows it.
  continuing_ ? enter(Phase::writing, front_.limits.write_timeout) : write();
}

void Session::write() {
  enter(Phase::writing, front_.limits.write_timeout);
  last_progress_ = phase_began_;
  sent_ = taken_ = 0;
  front_.unsent_bytes += output_.size() + body_.size();
  write_next();
}

void Session::write_next() {
  const bool in_head = sent_ < output_.size();
  const auto rest = in_head ? std::string_view(output_).substr(sent_) : std::string_view(body_).substr(sent_ - output_.size());
  write_some(rest.substr(0, piece_bytes));
}

void Session::on_written(bool failed, std::size_t count) {
  if (phase_ == Phase::closed) return;
  if (failed) return close();
  guarded([&] {
    sent_ += count;
    if (continuing_) {
      if (sent_ < continue_line.size()) return write_some(continue_line.substr(sent_));
      continuing_ = false;
      return phase_ == Phase::body ? read() : write();
    }
    front_.unsent_bytes -= count;
    last_progress_ = std::chrono::steady_clock::now();
    deadline_ = last_progress_ + front_.limits.write_timeout;
    sent_ < output_.size() + body_.size() ? write_next() : written();
  });
}

void Session::written() {
  output_.clear();
  if (output_.capacity() > kept_output_bytes) output_.shrink_to_fit();
  body_ = std::string();
  sent_ = 0;
  if (!keep_alive_) return linger();
  phase_ = Phase::idle;
  process();
}

// The socket takes more only when a good part of its buffer is free; a slow caller may be busy taking what is there.
void Session::check_progress(Time now) {
  const auto taken = continuing_ ? 0 : sent_ - std::min(sent_, unacknowledged());
  if (taken > taken_) {
    taken_ = taken;
    last_progress_ = now;
    deadline_ = now + front_.limits.write_timeout;
  }
  const std::chrono::milliseconds earned(1000 * taken_ / std::max<std::size_t>(1, front_.limits.min_answer_bytes_per_second));
  if (now >= std::min(deadline_, phase_began_ + front_.limits.write_timeout + earned)) close();
}

// Closing with unread bytes would reset the connection and take the answer away from its reader (RFC 9112 section 9.6).
void Session::linger() {
  if (!end_sending()) return close();
  enter(Phase::lingering, front_.limits.linger_timeout);
  if (!reading_) use_up(unread().size());
  read();
}

void Session::check_deadline(Time now) {
  if (phase_ == Phase::writing) return check_progress(now);
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::head:
      if (unread().empty()) return close();
      return guarded([this] { refuse({408, "head_timeout", "The request's head did not arrive in time."}); });
    case Phase::body: return guarded([this] { refuse({408, "body_timeout", "The request's body did not arrive in time."}); });
    case Phase::idle:
    case Phase::lingering: return close();
    case Phase::writing:
    case Phase::handling:
    case Phase::closed: return;
  }
}

void Session::drain() {
  if (phase_ == Phase::idle || (phase_ == Phase::head && unread().empty())) close();
}

void Session::close() {
  if (phase_ == Phase::closed) return;
  const bool was_writing = phase_ == Phase::writing;
  phase_ = Phase::closed;
  forget_body();
  const auto size = output_.size() + body_.size();
  if (was_writing && !continuing_) front_.unsent_bytes -= size - std::min(size, sent_);
  close_socket();
}

void Session::forget_body() { body_account() -= std::exchange(body_bytes_, 0); }

std::size_t& Session::body_account() { return is_vouched_ ? front_.pending_body_bytes : front_.unvouched_body_bytes; }

}  // namespace answerback::server
