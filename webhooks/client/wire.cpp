#include "webhooks/client/wire.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <optional>
#include <utility>

#include "webhooks/client/tls_failure.hpp"

namespace answerback::webhooks::client {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

struct Wire::Impl {
  Impl(asio::io_context& context, asio::ssl::context& tls_context) : socket(context), tls(tls_context) {}

  tcp::socket socket;
  asio::ssl::context& tls;
  std::optional<asio::ssl::stream<tcp::socket&>> secured;
  std::array<char, 8192> incoming{};
  std::chrono::steady_clock::time_point opened_at = std::chrono::steady_clock::now();
  TlsFindings findings;
};

Wire::Wire(asio::io_context& context, asio::ssl::context& tls) : impl_(std::make_shared<Impl>(context, tls)) {}

Wire::~Wire() { close(); }

void Wire::connect(const std::string& address, std::uint16_t port, Done done) {
  Error error;
  const auto ip = asio::ip::make_address(address, error);
  if (error) return asio::post(impl_->socket.get_executor(), [done = std::move(done)] { done(false); });
  impl_->socket.async_connect({ip, port}, [impl = impl_, done = std::move(done)](const Error& failed) {
    Error ignored;
    if (!failed) impl->socket.set_option(tcp::no_delay(true), ignored);  // a request is written whole: nothing to wait for
    done(!failed);
  });
}

void Wire::secure(const std::string& host, Secured done) {
  auto& stream = impl_->secured.emplace(impl_->socket, impl_->tls);
  watch_handshake(stream.native_handle(), impl_->findings);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback([impl = impl_.get(), fits = asio::ssl::host_name_verification(host)](bool is_trusted, asio::ssl::verify_context& chain) {
    const bool accepted = fits(is_trusted, chain);
    if (is_trusted && !accepted) impl->findings.wrong_name = true;
    return accepted;
  });
  Error literal;
  asio::ip::make_address(host, literal);
  // RFC 6066 3: SNI carries names, not addresses. (Spelt out, since OpenSSL's macro hides an old-style cast.)
  std::string name = host;
  if (literal) SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
  stream.async_handshake(asio::ssl::stream_base::client, [impl = impl_, done = std::move(done)](const Error& failed) {
    done(failed ? why_not_secure(impl->secured->native_handle(), failed, impl->findings) : nullptr);
  });
}

bool Wire::was_asked_for_certificate() const { return impl_->findings.wants_certificate; }

void Wire::write(std::string_view bytes, Done done) {
  auto written = [impl = impl_, done = std::move(done)](const Error& failed, std::size_t) { done(!failed); };
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  if (impl_->secured) return asio::async_write(*impl_->secured, buffer, std::move(written));
  asio::async_write(impl_->socket, buffer, std::move(written));
}

void Wire::read(Got got) {
  auto came = [impl = impl_, got = std::move(got)](const Error&, std::size_t count) {
    got(std::string_view(impl->incoming.data(), count));
  };
  if (impl_->secured) return impl_->secured->async_read_some(asio::buffer(impl_->incoming), std::move(came));
  impl_->socket.async_read_some(asio::buffer(impl_->incoming), std::move(came));
}

void Wire::close() {
  Error ignored;
  impl_->socket.close(ignored);
}

bool Wire::is_quiet() const {
  char byte = 0;
  const auto count = ::recv(impl_->socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

std::chrono::steady_clock::time_point Wire::opened_at() const { return impl_->opened_at; }

}  // namespace answerback::webhooks::client
