#include "server/http/answers.hpp"

#include <atomic>
#include <exception>
#include <utility>

#include "server/http/problem.hpp"

namespace answerback::server {

struct Answers::Ticket {
  Ticket(std::shared_ptr<Answers> answers_, std::weak_ptr<Asker> asker_, std::string request_id_)
      : answers(std::move(answers_)), asker(std::move(asker_)), request_id(std::move(request_id_)) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() {
    try {
      if (!used) use(problem(500, "internal", "Something went wrong on the server.", request_id));
    } catch (const std::exception&) {
      // Not even the memory for that: the caller's own deadline ends its wait.
    }
  }

  void use(HttpResponse response) {
    if (!used.exchange(true)) answers->put({std::move(asker), std::move(response)});
  }

  std::shared_ptr<Answers> answers;
  std::weak_ptr<Asker> asker;
  std::string request_id;
  std::atomic<bool> used{false};
};

Respond Answers::expect(std::weak_ptr<Asker> asker, std::string request_id) {
  auto ticket = std::make_shared<Ticket>(shared_from_this(), std::move(asker), std::move(request_id));
  return [ticket](HttpResponse response) { ticket->use(std::move(response)); };
}

void Answers::put(Answer answer) {
  if (std::this_thread::get_id() == io_thread_) {
    if (const auto asker = answer.asker.lock()) asker->answer(std::move(answer.response));
    return;
  }
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  waiting_.push_back(std::move(answer));
  // Under the lock, so that close() cannot come between.
  if (waiting_.size() == 1) wake_();
}

void Answers::on_io_thread() { io_thread_ = std::this_thread::get_id(); }

void Answers::deliver() {
  {
    const std::lock_guard lock(mutex_);
    std::swap(waiting_, delivering_);
  }
  for (auto& [asker, response] : delivering_)
    if (const auto there = asker.lock()) there->answer(std::move(response));
  delivering_.clear();
}

void Answers::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.clear();
}

}  // namespace answerback::server
