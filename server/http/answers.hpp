// Answers on their way to the I/O thread. The loop answers many requests at once after a commit: they are put into one box
// and the I/O thread is woken once for all of them.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/http/message.hpp"

namespace answerback::server {

// Where an answer goes: one request on one connection. Called on the I/O thread.
class Asker {
 public:
  virtual ~Asker() = default;
  virtual void answer(HttpResponse response) = 0;
};

class Answers : public std::enable_shared_from_this<Answers> {
 public:
  // `wake` makes the I/O thread call deliver(); it is called from any thread, never after close().
  explicit Answers(std::function<void()> wake) : wake_(std::move(wake)) {}

  // The answer to what `asker` asks now. From any thread once; dropped unused it answers 500.
  Respond expect(std::weak_ptr<Asker> asker, std::string request_id);

  void on_io_thread();  // this thread is it: answers given on it are delivered at once
  void deliver();
  void close();         // later answers go nowhere

 private:
  struct Ticket;
  struct Answer {
    std::weak_ptr<Asker> asker;
    HttpResponse response;
  };
  void put(Answer answer);

  std::function<void()> wake_;
  std::thread::id io_thread_;
  std::mutex mutex_;
  bool closed_ = false;
  std::vector<Answer> waiting_;
  std::vector<Answer> delivering_;
};

}  // namespace answerback::server
