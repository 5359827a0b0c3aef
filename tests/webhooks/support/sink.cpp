#include "tests/webhooks/support/sink.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>
#include <mutex>
#include <set>
#include <thread>

#include "tests/support/eventually.hpp"

namespace answerback::tests {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Error = boost::system::error_code;
using Then = SinkReply::Then;

SinkReply reply(int status, const std::string& body, const std::string& more_headers) {
  return {fmt::format("HTTP/1.1 {} Status\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), more_headers, body), Then::keep, {}, {}};
}

namespace {

// Said, but not acknowledged by the other side's system.
bool end_is_on_its_way(int handle) {
  tcp_info info{};
  socklen_t size = sizeof info;
  return ::getsockopt(handle, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_state == TCP_FIN_WAIT1;
}

}  // namespace

struct Sink::Impl {
  Script script;
  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  std::unique_ptr<asio::ssl::context> tls;
  std::atomic<bool> stopping{false};
  mutable std::mutex mutex;
  std::set<int> open;  // sockets, to wake their threads at the end
  std::vector<SeenRequest> seen;
  std::vector<std::thread> threads;  // one per connection
  std::thread accepting;
  int connections = 0;
  std::atomic<std::size_t> endless_bytes{0};

  void accept();
  void serve(tcp::socket socket, int connection);
  template <typename Stream>
  void talk(Stream& stream, tcp::socket& socket, int connection, const std::string& server_name);
  template <typename Stream>
  bool answer(Stream& stream, tcp::socket& socket, const SinkReply& reply);
  void rest() const;
};

void Sink::Impl::accept() {
  while (!stopping) {
    Error error;
    auto socket = acceptor.accept(error);
    if (error || stopping) return;
    const std::scoped_lock lock(mutex);
    open.insert(socket.native_handle());
    threads.emplace_back([this, number = ++connections, moved = std::move(socket)]() mutable { serve(std::move(moved), number); });
  }
}

void Sink::Impl::serve(tcp::socket socket, int connection) {
  Error error;
  socket.set_option(tcp::no_delay(true), error);
  const auto handle = socket.native_handle();
  if (tls) {
    asio::ssl::stream<tcp::socket&> stream(socket, *tls);
    stream.handshake(asio::ssl::stream_base::server, error);
    const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
    if (!error) talk(stream, socket, connection, name == nullptr ? "" : name);
  } else {
    talk(socket, socket, connection, "");
  }
  const std::scoped_lock lock(mutex);
  open.erase(handle);
  socket.close(error);
}

template <typename Stream>
void Sink::Impl::talk(Stream& stream, tcp::socket& socket, int connection, const std::string& server_name) {
  boost::beast::flat_buffer buffer;
  for (int number = 1; number <= 1'000'000 && !stopping; ++number) {
    Error error;
    http::request<http::string_body> request;
    http::read(stream, buffer, request, error);
    if (error) return;
    SeenRequest got{std::string(request.method_string()), std::string(request.target()), request.body(), {}, server_name, connection, number};
    for (const auto& field : request) {
      std::string name(field.name_string());
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      got.headers.emplace(name, std::string(field.value()));
    }
    {
      const std::scoped_lock lock(mutex);
      seen.push_back(got);
    }
    if (!answer(stream, socket, script(got))) return;
  }
}

template <typename Stream>
bool Sink::Impl::answer(Stream& stream, tcp::socket& socket, const SinkReply& reply) {
  Error error;
  if (reply.drip.count() == 0) asio::write(stream, asio::buffer(reply.bytes), error);
  for (std::size_t i = 0; reply.drip.count() > 0 && i < reply.bytes.size() && !error && !stopping; ++i) {
    asio::write(stream, asio::buffer(&reply.bytes[i], 1), error);
    std::this_thread::sleep_for(reply.drip);
  }
  constexpr int most_pieces = 1'000'000;
  for (int i = 0; i < most_pieces && !reply.endless.empty() && !error && !stopping; ++i)
    endless_bytes += asio::write(stream, asio::buffer(reply.endless), error);
  if (reply.then == Then::hang) rest();
  if (reply.then == Then::reset) socket.set_option(asio::socket_base::linger(true, 0), error);
  return reply.then == Then::keep && !error;
}

void Sink::Impl::rest() const {
  for (int ticks = 0; ticks < 6000 && !stopping; ++ticks) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

Sink::Sink(Script script, const Tls& tls) : impl_(std::make_shared<Impl>()) {
  impl_->script = std::move(script);
  if (!tls.certificate_and_key.empty()) {
    impl_->tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    impl_->tls->use_certificate_chain(asio::buffer(tls.certificate_and_key));
    impl_->tls->use_private_key(asio::buffer(tls.certificate_and_key), asio::ssl::context::pem);
    if (tls.demands_certificate) impl_->tls->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    if (tls.speaks_1_1_only) {
      SSL_CTX_set_cipher_list(impl_->tls->native_handle(), "DEFAULT:@SECLEVEL=0");
      SSL_CTX_set_min_proto_version(impl_->tls->native_handle(), TLS1_VERSION);
      SSL_CTX_set_max_proto_version(impl_->tls->native_handle(), TLS1_1_VERSION);
    }
  }
  impl_->accepting = std::thread([impl = impl_.get()] { impl->accept(); });
}

Sink::~Sink() {
  impl_->stopping = true;
  ::shutdown(impl_->acceptor.native_handle(), SHUT_RDWR);
  impl_->accepting.join();  // from here on no thread is added
  {
    const std::scoped_lock lock(impl_->mutex);
    for (const int handle : impl_->open) ::shutdown(handle, SHUT_RDWR);
  }
  for (auto& thread : impl_->threads) thread.join();
}

std::uint16_t Sink::port() const { return impl_->acceptor.local_endpoint().port(); }

std::string Sink::url(const std::string& host) const {
  return fmt::format("{}://{}:{}/hook?x=1", impl_->tls ? "https" : "http", host, port());
}

int Sink::connections() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->connections;
}

std::size_t Sink::open_connections() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->open.size();
}

bool Sink::hang_up() {
  {
    const std::scoped_lock lock(impl_->mutex);
    for (const int handle : impl_->open) ::shutdown(handle, SHUT_WR);
  }
  return eventually([&] {
    const std::scoped_lock lock(impl_->mutex);
    return std::none_of(impl_->open.begin(), impl_->open.end(), end_is_on_its_way);
  });
}

std::size_t Sink::endless_bytes() const { return impl_->endless_bytes; }

std::vector<SeenRequest> Sink::seen() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->seen;
}

}  // namespace answerback::tests
