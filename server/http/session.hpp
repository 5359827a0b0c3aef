// What happens on one connection, without the socket: requests are served one after the other, each wait has a deadline, and
// whatever is refused ends the connection. Everything here runs on the I/O thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/answers.hpp"
#include "server/http/limits.hpp"
#include "server/http/request_id.hpp"
#include "server/http/request_reader.hpp"

namespace answerback::server {

// What all connections of a server share.
struct Front {
  HttpLimits limits;
  Handler handler;
  std::shared_ptr<Answers> answers;
  RequestIds request_ids;
  std::string date;                    // for the Date header, renewed at least once a second
  bool draining = false;
  HeadJudge judge;                          // null: every head will do
  std::function<void()> free_unsent;        // closes those who take nothing of their answers, while too much is unsent
  std::size_t pending_body_bytes = 0;       // of bodies that are not complete yet
  std::size_t unvouched_body_bytes = 0;     // of those for which no key vouches
  std::size_t unsent_bytes = 0;             // of all answers
};

class Session : public Asker, public std::enable_shared_from_this<Session> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Session(Front& front, std::string peer);

  void start();
  void answer(HttpResponse response) override;
  void check_deadline(Time now);
  void drain();  // closes when nothing is under way; else after the next answer
  void close();

  const std::string& peer() const { return peer_; }
  // Since when it waits for its caller's next request; nothing while it works for one.
  std::optional<Time> resting_since() const;
  // Since when its caller takes nothing of its answer; nothing unless one is being written.
  std::optional<Time> stalled_since() const;

 protected:
  // What the socket reports.
  void on_read(bool failed, std::size_t count);  // `count` more bytes are in unread()
  void on_written(bool failed, std::size_t count);

  // What the socket is asked to do. Reports come later, never from within.
  virtual void read_some(std::size_t hint) = 0;  // at most one at a time
  virtual void write_some(std::string_view bytes) = 0;
  virtual std::size_t unacknowledged() const = 0;  // bytes written that the other side's system has not taken
  virtual bool end_sending() = 0;                // false: the other side is gone
  virtual void close_socket() = 0;
  // Bytes that were read and not yet used up.
  virtual std::string_view unread() const = 0;
  virtual void use_up(std::size_t count) = 0;

 private:
  enum class Phase { idle, head, body, handling, writing, lingering, closed };

  // Takes a step; what it throws, memory that is not to be had above all, ends this connection and no other.
  template <typename Step>
  void guarded(Step step);
  void give_up();
  void enter(Phase phase, std::chrono::milliseconds patience);
  void read();
  void discard(bool failed, std::size_t count);
  void process();
  void await_head();
  void await_body();
  bool admit_body();
  void receive_body();
  void serve();
  void refuse(const Refusal& refusal);
  void turn_away(HttpResponse response);
  void take_answer(HttpResponse response);
  bool has_room_for(std::size_t bytes);
  void write();
  void write_next();
  void written();
  void check_progress(Time now);
  void linger();
  void forget_body();
  std::size_t& body_account();

  Front& front_;
  std::string peer_;
  RequestReader reader_;
  std::string output_;          // an answer's head, with its body when that is small
  std::string body_;            // a large body
  std::size_t sent_ = 0;        // of both
  std::size_t taken_ = 0;       // of these, by the other side, as far as was looked
  std::string request_id_;
  Phase phase_ = Phase::head;
  Time deadline_ = Time::max();
  Time phase_began_;
  Time body_began_;
  Time last_progress_;
  std::size_t body_bytes_ = 0;  // received of the body under way, counted in the front's account too
  std::size_t lingered_bytes_ = 0;
  bool reading_ = false;
  bool continuing_ = false;     // "100 Continue" is being written
  bool is_vouched_ = true;      // by a key, for the body under way
  bool keep_alive_ = true;
};

}  // namespace answerback::server
