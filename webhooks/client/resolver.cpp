#include "webhooks/client/resolver.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace answerback::webhooks::client {

namespace {

constexpr std::size_t max_addresses = 16;
constexpr std::size_t max_threads = 16;

}  // namespace

Addresses resolve_by_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &hints, &first) != 0) return {};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(first, ::freeaddrinfo);
  Addresses found;
  for (const auto* each = first; each != nullptr && found.size() < max_addresses; each = each->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
      found.emplace_back(text.data());
  }
  return found;
}

// What the resolver and its threads share; it outlives the resolver until the last lookup is over.
struct Resolver::Board {
  Lookup lookup;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> names;
  std::size_t threads = 0;
  std::size_t resting = 0;
  bool closed = false;
  std::function<void(std::string, Addresses)> deliver;  // called under the mutex, and never once closed

  void add_thread(const std::shared_ptr<Board>& self);
  void run();
};

void Resolver::Board::add_thread(const std::shared_ptr<Board>& self) {
  try {
    std::thread([self] { self->run(); }).detach();
    ++threads;
  } catch (const std::system_error&) {
    if (threads > 0) return;  // those that run will come to it
    deliver(names.back(), {});
    names.pop_back();
  }
}

void Resolver::Board::run() {
  std::unique_lock lock(mutex);
  while (!closed) {
    if (names.empty()) {
      ++resting;
      changed.wait(lock, [this] { return closed || !names.empty(); });
      --resting;
      continue;
    }
    const auto host = std::move(names.front());
    names.pop_front();
    lock.unlock();
    Addresses addresses;
    try {
      addresses = lookup(host);
    } catch (const std::exception&) {
      addresses.clear();  // a resolver that fails is a name without addresses
    }
    lock.lock();
    if (!closed) deliver(host, std::move(addresses));
  }
}

Resolver::Resolver(boost::asio::io_context& context, Lookup lookup) : board_(std::make_shared<Board>()) {
  board_->lookup = std::move(lookup);
  board_->deliver = [this, &context](std::string host, Addresses addresses) {
    boost::asio::post(context, [this, host = std::move(host), addresses = std::move(addresses)] { deliver(host, addresses); });
  };
}

Resolver::~Resolver() {
  const std::scoped_lock lock(board_->mutex);
  board_->closed = true;
  board_->changed.notify_all();
}

void Resolver::resolve(const std::string& host, std::function<void(const Addresses&)> done) {
  auto& waiting = waiting_[host];
  waiting.push_back(std::move(done));
  if (waiting.size() > 1) return;
  const std::scoped_lock lock(board_->mutex);
  board_->names.push_back(host);
  board_->changed.notify_one();
  if (board_->names.size() > board_->resting && board_->threads < max_threads) board_->add_thread(board_);
}

void Resolver::deliver(const std::string& host, const Addresses& addresses) {
  const auto waiting = waiting_.extract(host);
  if (!waiting) return;
  for (const auto& done : waiting.mapped()) done(addresses);
}

}  // namespace answerback::webhooks::client
