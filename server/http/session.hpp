// What happens on one connection, without the socket: requests are served one after the other, each wait has a deadline, and
// whatever is refused ends the connection. Everything here runs on the I/O thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
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
  std::size_t pending_body_bytes = 0;  // of bodies that are not complete yet
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

 protected:
  // What the socket reports.
  void on_read(bool failed, std::size_t count);  // `count` more bytes are in unread()
  void on_written(bool failed);

  // What the socket is asked to do. Reports come later, never from within.
  virtual void read_some(std::size_t hint) = 0;  // at most one at a time
  virtual void write_all(std::string_view bytes) = 0;
  virtual bool end_sending() = 0;                // false: the other side is gone
  virtual void close_socket() = 0;
  // Bytes that were read and not yet used up.
  virtual std::string_view unread() const = 0;
  virtual void use_up(std::size_t count) = 0;

 private:
  enum class Phase { idle, head, body, handling, writing, lingering, closed };

  void enter(Phase phase, std::chrono::milliseconds patience);
  void read();
  void discard(bool failed, std::size_t count);
  void process();
  void await_head();
  void await_body();
  void receive_body();
  void serve();
  void refuse(const Refusal& refusal);
  void write();
  void linger();
  void forget_body();

  Front& front_;
  std::string peer_;
  RequestReader reader_;
  std::string output_;
  std::string request_id_;
  Phase phase_ = Phase::head;
  Time deadline_ = Time::max();
  Time body_began_;
  std::size_t body_bytes_ = 0;  // received of the body under way, counted in the front's account too
  std::size_t lingered_bytes_ = 0;
  bool reading_ = false;
  bool continuing_ = false;     // "100 Continue" is being written
  bool keep_alive_ = true;
};

}  // namespace answerback::server
