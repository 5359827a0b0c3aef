#include "server/http/server.hpp"

#include <fmt/format.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/http/listen_address.hpp"
#include "server/http/problem.hpp"
#include "server/http/response_writer.hpp"
#include "server/http/session.hpp"

namespace answerback::server {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;
// With the executor's type known, Asio need not erase it at every step.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, asio::io_context::executor_type>;

constexpr int send_buffer_bytes = 128 * 1024;
constexpr std::size_t kept_input_bytes = 4 * 1024;  // that a connection holds on to while nothing unread is in it

class Connection;

}  // namespace

struct HttpServer::Impl {
  Impl(HttpLimits limits, Handler handler, FrontHooks given);

  // First, so that it goes last: sockets and timers live in it.
  asio::io_context context{1};
  Front front;
  FrontHooks hooks;
  Acceptor acceptor{context};
  Timer tick_timer{context};
  Timer accept_timer{context};
  std::vector<std::shared_ptr<Connection>> connections;
  std::unordered_map<std::string, std::size_t> per_peer;
  std::atomic<std::size_t> count{0};
  std::promise<void> drained;
  bool is_drained = false;
  std::thread thread;

  void run();
  void start_up();
  void tell(FrontTrouble what, std::size_t how_many) const;
  void accept();
  void on_accept(error_code failure, Socket socket);
  void admit(Socket socket, std::string peer);
  bool close_idle();
  void free_unsent();
  void turn_away(Socket socket);
  void tick();
  void drain();
  void tell_drained();
  void remove(Connection& connection);
};

namespace {

// The socket under a session.
class Connection final : public Session {
 public:
  Connection(Front& front, Socket socket, std::string peer, std::function<void(Connection&)> closed)
      : Session(front, std::move(peer)), socket_(std::move(socket)), closed_(std::move(closed)) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  std::size_t index = 0;  // among the server's connections

 private:
  // Kept alive by whatever is under way on its socket.
  std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }

  void read_some(std::size_t hint) override {
    socket_.async_read_some(input_.prepare(hint), [self = self()](error_code failure, std::size_t count) {
      self->input_.commit(count);
      self->on_read(failure.failed(), count);
    });
  }
  void write_some(std::string_view bytes) override {
    socket_.async_write_some(asio::buffer(bytes),
                             [self = self()](error_code failure, std::size_t count) { self->on_written(failure.failed(), count); });
  }
  std::size_t unacknowledged() const override {
    int count = 0;
    // tcp(7): what the other side has not acknowledged, not yet sent bytes included.
    const bool known = ::ioctl(const_cast<Socket&>(socket_).native_handle(), SIOCOUTQ, &count) == 0 && count > 0;
    return known ? static_cast<std::size_t>(count) : 0;
  }
  bool end_sending() override {
    error_code failure;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failure);
    return !failure;
  }
  void close_socket() override {
    error_code ignored;
    socket_.close(ignored);
    closed_(*this);
  }
  std::string_view unread() const override {
    const auto bytes = input_.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
  }
  void use_up(std::size_t count) override {
    input_.consume(count);
    if (input_.size() == 0 && input_.capacity() > kept_input_bytes) input_.shrink_to_fit();
  }

  Socket socket_;
  boost::beast::flat_buffer input_;
  std::function<void(Connection&)> closed_;
};

}  // namespace

HttpServer::Impl::Impl(HttpLimits limits, Handler handler, FrontHooks given) : hooks(std::move(given)) {
  front.limits = limits;
  front.handler = std::move(handler);
  front.judge = hooks.judge;
  front.free_unsent = [this] { free_unsent(); };
  front.answers = std::make_shared<Answers>([this] { asio::post(context, [this] { front.answers->deliver(); }); });
}

// What a connection's steps throw ends that connection. What throws outside of any is told, and the others go on.
void HttpServer::Impl::run() {
  asio::post(context, [this] { start_up(); });
  while (!context.stopped()) {
    try {
      context.run();
    } catch (const std::exception&) {
      tell(FrontTrouble::failed, 1);
    }
  }
}

void HttpServer::Impl::start_up() {
  front.answers->on_io_thread();
  tick();
  accept();
}

void HttpServer::Impl::tell(FrontTrouble what, std::size_t how_many) const {
  if (hooks.trouble) hooks.trouble(what, how_many);
}

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](error_code failure, Socket socket) { on_accept(failure, std::move(socket)); });
}

void HttpServer::Impl::on_accept(error_code failure, Socket socket) {
  if (front.draining || failure == asio::error::operation_aborted) return;
  if (!failure) {
    error_code gone;
    const auto endpoint = socket.remote_endpoint(gone);
    accept();  // first, since admitting may throw
    if (!gone) admit(std::move(socket), peer_text(endpoint.address().to_string()));
    return;
  }
  tell(FrontTrouble::no_descriptors, 1);
  close_idle();
  // Out of descriptors or memory: the next try may fail as fast, so give what is open time to end.
  accept_timer.expires_after(std::chrono::milliseconds(50));
  accept_timer.async_wait([this](error_code stopped) {
    if (!stopped && !front.draining) accept();
  });
}

void HttpServer::Impl::admit(Socket socket, std::string peer) {
  const auto found = per_peer.find(peer);
  const bool peer_is_full = found != per_peer.end() && found->second >= front.limits.max_connections_per_peer;
  if (peer_is_full) return turn_away(std::move(socket));
  if (connections.size() >= front.limits.max_connections && !close_idle()) return turn_away(std::move(socket));
  ++per_peer[peer];
  auto connection = std::make_shared<Connection>(front, std::move(socket), std::move(peer),
                                                 [this](Connection& closed) { remove(closed); });
  connection->index = connections.size();
  connections.push_back(connection);
  count = connections.size();
  connection->start();
}

// Closes those that have waited longest for their caller's next request, a hundredth of all at once, so that a crowd at the door
// does not cost a look at all of them each time. False when none waits.
bool HttpServer::Impl::close_idle() {
  std::vector<std::pair<SteadyClock::time_point, std::shared_ptr<Connection>>> resting;
  for (const auto& each : connections)
    if (const auto since = each->resting_since()) resting.emplace_back(*since, each);
  if (resting.empty()) return false;
  const auto most = std::min(resting.size(), std::clamp<std::size_t>(connections.size() / 100, 1, 64));
  std::partial_sort(resting.begin(), resting.begin() + static_cast<std::ptrdiff_t>(most), resting.end());
  for (std::size_t i = 0; i < most; ++i) resting[i].second->close();
  tell(FrontTrouble::full_closed_idle, most);
  return true;
}

// Those that have taken nothing for a while go first, until half of the room is free.
void HttpServer::Impl::free_unsent() {
  constexpr std::chrono::seconds while_enough{2};
  std::vector<std::pair<SteadyClock::time_point, std::shared_ptr<Connection>>> stalled;
  const auto latest = SteadyClock::now() - while_enough;
  for (const auto& each : connections)
    if (const auto since = each->stalled_since(); since && *since < latest) stalled.emplace_back(*since, each);
  std::sort(stalled.begin(), stalled.end());
  std::size_t closed = 0;
  for (; closed < stalled.size() && front.unsent_bytes > front.limits.max_unsent_bytes / 2; ++closed) stalled[closed].second->close();
  if (closed > 0) tell(FrontTrouble::closed_unread, closed);
}

// As much of an answer as the socket takes at once; a connection over the limit gets no more of our time than that.
void HttpServer::Impl::turn_away(Socket socket) {
  tell(FrontTrouble::full_turned_away, 1);
  const auto id = front.request_ids.next();
  auto response = problem(503, "too_many_connections", "This server has all the connections it takes.", id);
  response.headers.emplace_back("Retry-After", "5");
  std::string bytes;
  append_response(bytes, response, {.request_id = id, .date = front.date, .keep_alive = false});
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(bytes), ignored);
  socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

// One timer for all deadlines: to set one costs a store, not a place in a heap.
void HttpServer::Impl::tick() {
  front.date = http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  const auto now = SteadyClock::now();
  // Backwards, because one that closes is replaced by the last.
  for (std::size_t i = connections.size(); i-- > 0;) std::shared_ptr(connections[i])->check_deadline(now);
  const auto& limits = front.limits;
  const auto shortest = std::min({limits.head_timeout, limits.body_timeout, limits.idle_timeout, limits.write_timeout,
                                  limits.linger_timeout, std::chrono::milliseconds(1000)});
  tick_timer.expires_after(std::max(shortest / 4, std::chrono::milliseconds(5)));
  tick_timer.async_wait([this](error_code stopped) {
    if (!stopped) tick();
  });
}

void HttpServer::Impl::drain() {
  front.draining = true;
  error_code ignored;
  acceptor.close(ignored);
  for (std::size_t i = connections.size(); i-- > 0;) std::shared_ptr(connections[i])->drain();
  tell_drained();
}

void HttpServer::Impl::remove(Connection& connection) {
  const auto peer = per_peer.find(connection.peer());
  if (--peer->second == 0) per_peer.erase(peer);
  const auto index = connection.index;
  std::swap(connections[index], connections.back());
  connections[index]->index = index;
  connections.pop_back();
  count = connections.size();
  tell_drained();
}

void HttpServer::Impl::tell_drained() {
  if (front.draining && connections.empty() && !std::exchange(is_drained, true)) drained.set_value();
}

HttpServer::HttpServer(HttpLimits limits, Handler handler, FrontHooks hooks)
    : impl_(std::make_unique<Impl>(limits, std::move(handler), std::move(hooks))) {}
HttpServer::~HttpServer() { stop(std::chrono::milliseconds(0)); }

std::uint16_t HttpServer::listen(const std::string& address) {
  const auto [host, port] = parse_listen_address(address);
  error_code failure;
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(host, failure), port);
  auto& acceptor = impl_->acceptor;
  if (!failure) acceptor.open(endpoint.protocol(), failure);
  // Not SO_REUSEPORT: a second process must not be able to take half of our connections.
  if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
  // Connections inherit it: what a caller that never reads costs the kernel is bounded too (tcp(7) doubles the number).
  if (!failure) acceptor.set_option(asio::socket_base::send_buffer_size(send_buffer_bytes), failure);
  if (!failure) acceptor.bind(endpoint, failure);
  if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) throw std::runtime_error(fmt::format("cannot listen on {}: {}", address, failure.message()));
  return acceptor.local_endpoint().port();
}

void HttpServer::start() {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

void HttpServer::stop(std::chrono::milliseconds patience) {
  if (!impl_->thread.joinable()) return;
  auto drained = impl_->drained.get_future();
  asio::post(impl_->context, [impl = impl_.get()] { impl->drain(); });
  drained.wait_for(patience);
  impl_->front.answers->close();
  impl_->context.stop();
  impl_->thread.join();
  impl_->connections.clear();
  impl_->count = 0;
}

std::size_t HttpServer::connections() const { return impl_->count; }

}  // namespace answerback::server
