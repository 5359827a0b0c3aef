#include "webhooks/dispatch/worker.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>

namespace answerback::webhooks::dispatch {

namespace asio = boost::asio;

namespace {

// Between two turns at most so many pieces of work, so that what they bring is handed on even when they never cease.
constexpr int max_drained = 256;

}  // namespace

struct Worker::Impl {
  asio::io_context context;
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  bool stopping = false;
  std::thread thread;

  void run(const Turn& turn) {
    while (!stopping) {
      const auto sleep = turn();
      sleep ? context.run_one_for(*sleep) : context.run_one();
      for (int drained = 1; drained < max_drained && context.poll_one() > 0; ++drained) {
      }
    }
    turn();
  }
};

Worker::Worker() : impl_(std::make_unique<Impl>()) {}

Worker::~Worker() { stop(); }

void Worker::post(std::function<void()> work) { asio::post(impl_->context, std::move(work)); }

void Worker::start(Turn turn) {
  impl_->thread = std::thread([impl = impl_.get(), turn = std::move(turn)] { impl->run(turn); });
}

void Worker::run_ready() {
  for (int drained = 0; drained < max_drained && impl_->context.poll_one() > 0; ++drained) {
  }
}

void Worker::stop() {
  if (!impl_->thread.joinable()) return;
  post([impl = impl_.get()] { impl->stopping = true; });
  impl_->thread.join();
}

}  // namespace answerback::webhooks::dispatch
