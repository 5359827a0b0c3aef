// One connection, plain or TLS, on the client's thread. Every call but close has its callback called once, later, also after
// close; bytes handed to write stay valid until then.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace answerback::webhooks::client {

class Wire {
 public:
  using Done = std::function<void(bool ok)>;
  using Secured = std::function<void(const char* why_not)>;  // null = it is; else HttpAnswer's word
  using Got = std::function<void(std::string_view bytes)>;  // none: the other side closed, or the connection broke

  Wire(boost::asio::io_context& context, boost::asio::ssl::context& tls);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void connect(const std::string& address, std::uint16_t port, Done done);
  // TLS from here on: the chain and the host's name (RFC 6125) are verified.
  void secure(const std::string& host, Secured done);
  void write(std::string_view bytes, Done done);
  void read(Got got);
  void close();

  // Nothing came and the other side has not closed, as far as this side can know.
  bool is_quiet() const;
  std::chrono::steady_clock::time_point opened_at() const;
  bool was_asked_for_certificate() const;  // which this side does not have

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks::client
