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

// What the resolver and its threads share; it outlives the resolver until the last lookup is over. There is a thread for every
// lookup under way, and how many those are is bounded by the LookupBook.
struct Resolver::Board {
  Lookup lookup;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> names;
  std::size_t threads = 0;
  std::size_t resting = 0;
  bool closed = false;
  std::function<void(std::string, Addresses)> deliver;  // called under the mutex, and never once closed

  void start(const std::shared_ptr<Board>& self, const std::string& host);
  void add_thread(const std::shared_ptr<Board>& self);
  Addresses look_up(const std::string& host) const;
  void run();
};

void Resolver::Board::start(const std::shared_ptr<Board>& self, const std::string& host) {
  const std::scoped_lock lock(mutex);
  names.push_back(host);
  changed.notify_one();
  if (names.size() > resting) add_thread(self);
}

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

// A resolver that fails is a name without addresses.
Addresses Resolver::Board::look_up(const std::string& host) const {
  try {
    return lookup(host);
  } catch (const std::exception&) {
    return {};
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
    auto addresses = look_up(host);
    lock.lock();
    if (!closed) deliver(host, std::move(addresses));
  }
}

Resolver::Resolver(boost::asio::io_context& context, Lookup lookup)
    : context_(context), board_(std::make_shared<Board>()), alarm_(context) {
  board_->lookup = std::move(lookup);
  board_->deliver = [this](std::string host, Addresses addresses) {
    boost::asio::post(context_, [this, host = std::move(host), addresses = std::move(addresses)] { deliver(host, addresses); });
  };
}

Resolver::~Resolver() {
  const std::scoped_lock lock(board_->mutex);
  board_->closed = true;
  board_->changed.notify_all();
}

void Resolver::close() {
  is_closed_ = true;
  alarm_.cancel();
  waiting_.clear();
}

void Resolver::resolve(const std::string& host, Done done) {
  if (const auto* addresses = book_.known(host, std::chrono::steady_clock::now())) return tell_later(std::move(done), *addresses);
  auto& waiting = waiting_[host];
  if (waiting.size() >= max_waiting) return tell_later(std::move(done), {});
  waiting.push_back(std::move(done));
  if (waiting.size() > 1) return;
  book_.want(host);
  start_more();
}

void Resolver::tell_later(Done done, Addresses addresses) {
  boost::asio::post(context_, [done = std::move(done), addresses = std::move(addresses)] { done(addresses); });
}

void Resolver::start_more() {
  if (is_closed_) return;
  const auto now = std::chrono::steady_clock::now();
  while (const auto host = book_.start(now)) board_->start(board_, *host);
  const auto change = book_.next_change(now);
  if (!change) return alarm_.cancel();
  alarm_.set(std::chrono::ceil<flows::Duration>(*change - now), [this] { start_more(); });
}

void Resolver::deliver(const std::string& host, const Addresses& addresses) {
  book_.finished(host, addresses, std::chrono::steady_clock::now());
  const auto waiting = waiting_.extract(host);
  start_more();
  if (!waiting) return;
  for (const auto& done : waiting.mapped()) done(addresses);
}

}  // namespace answerback::webhooks::client
