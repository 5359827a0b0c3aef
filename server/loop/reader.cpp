#include "server/loop/reader.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "server/log/log.hpp"

namespace answerback::server {

struct Reader::Impl {
  explicit Impl(std::size_t max) : max_waiting(max), thread([this] { run(); }) {}

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      wakeup.wait(lock, [this] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      auto task = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      try {
        task();
      } catch (const std::exception& error) {
        // Whoever asked gets its 500 or 503 when the task goes; the next ones are served.
        log(LogLevel::error, "query_failed", {{"why", error.what()}});
      }
      task = nullptr;
      lock.lock();
    }
  }

  std::size_t max_waiting;
  std::mutex mutex;
  std::condition_variable wakeup;
  std::deque<std::function<void()>> queue;
  bool stopping = false;
  std::thread thread;
};

Reader::Reader(std::size_t max_waiting) : impl_(std::make_unique<Impl>(max_waiting)) {}

Reader::~Reader() { stop(); }

bool Reader::submit(std::function<void()> task) {
  {
    const std::scoped_lock lock(impl_->mutex);
    if (impl_->stopping || impl_->queue.size() >= impl_->max_waiting) return false;
    impl_->queue.push_back(std::move(task));
  }
  impl_->wakeup.notify_one();
  return true;
}

void Reader::stop() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wakeup.notify_one();
  if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace answerback::server
