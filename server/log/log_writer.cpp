#include "server/log/log_writer.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <utility>

namespace answerback::server {

namespace {

constexpr int poll_ms = 100;
constexpr std::chrono::seconds tick_pause{1};

// Signals are the main thread's.
std::thread without_signals(std::function<void()> body) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(body));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

// A pipe that says it is writable takes this much without blocking (pipe(7)). Its flags are not ours to set: other processes
// may share them.
ssize_t write_without_waiting(int descriptor, const std::string& bytes) {
  const auto count = std::min<std::size_t>(bytes.size(), PIPE_BUF);
  const auto sent = ::send(descriptor, bytes.data(), count, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent < 0 && errno == ENOTSOCK ? ::write(descriptor, bytes.data(), count) : sent;
}

}  // namespace

LogWriter::LogWriter(int descriptor, std::function<void()> tick)
    : descriptor_(descriptor), tick_(std::move(tick)), thread_(without_signals([this] { run(); })) {}

LogWriter::~LogWriter() {
  flush(patience);
  gives_up_ = true;
  {
    const std::scoped_lock lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LogWriter::push(const std::string& line) {
  {
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() + line.size() > max_waiting_bytes) {
      ++dropped_;
      return;
    }
    waiting_.append(line);
  }
  changed_.notify_all();
}

bool LogWriter::flush(std::chrono::milliseconds patience_for_reader) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience_for_reader, [this] { return waiting_.empty() && !is_writing_; });
}

void LogWriter::run() {
  std::unique_lock lock(mutex_);
  std::string bytes;
  auto next_tick = std::chrono::steady_clock::now() + tick_pause;
  while (!is_ending_) {
    changed_.wait_until(lock, next_tick, [this] { return is_ending_ || !waiting_.empty(); });
    std::swap(bytes, waiting_);
    is_writing_ = !bytes.empty();
    lock.unlock();
    while (!bytes.empty() && !gives_up_ && write_some(bytes)) continue;
    bytes.clear();
    if (std::chrono::steady_clock::now() >= next_tick) {
      tick_();
      next_tick = std::chrono::steady_clock::now() + tick_pause;
    }
    lock.lock();
    is_writing_ = false;
    changed_.notify_all();
  }
}

// False: nobody will ever read it.
bool LogWriter::write_some(std::string& bytes) {
  pollfd room{descriptor_, POLLOUT, 0};
  if (::poll(&room, 1, poll_ms) < 0) return errno == EINTR;
  if (room.revents == 0) return true;
  const auto written = write_without_waiting(descriptor_, bytes);
  if (written < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  bytes.erase(0, static_cast<std::size_t>(written));
  return true;
}

}  // namespace answerback::server
