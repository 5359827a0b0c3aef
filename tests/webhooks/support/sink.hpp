// A receiver on the loopback that behaves as a test tells it to, also badly. Plain or TLS, one thread per connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace answerback::tests {

struct SeenRequest {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string server_name;                     // SNI
  int connection = 0;                          // counted from 1
  int on_connection = 0;                       // n-th request of its connection, from 1
};

struct SinkReply {
  enum class Then : std::uint8_t { keep, close, reset, hang };
  std::string bytes;
  Then then = Then::keep;
  std::chrono::milliseconds drip{0};  // between single bytes; 0 = all at once
  std::string endless = {};           // behind `bytes`, again and again for as long as they are taken
};

SinkReply reply(int status, const std::string& body = "", const std::string& more_headers = "");

class Sink {
 public:
  using Script = std::function<SinkReply(const SeenRequest&)>;

  struct Tls {
    std::string certificate_and_key;  // PEM; "" = plain
    bool speaks_1_1_only = false;
    bool demands_certificate = false;
  };
  explicit Sink(Script script, const std::string& certificate_and_key = "") : Sink(std::move(script), Tls{certificate_and_key}) {}
  Sink(Script script, const Tls& tls);
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  std::uint16_t port() const;
  std::string url(const std::string& host = "127.0.0.1") const;
  int connections() const;
  std::size_t open_connections() const;  // that neither side has ended
  // Ends what it has to say on every open connection; true once the other sides' systems have heard so.
  bool hang_up();
  std::size_t endless_bytes() const;  // of `endless` that were taken
  std::vector<SeenRequest> seen() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// A key and a certificate that signs itself, both PEM, for these names: "IP:127.0.0.1,DNS:crm.example". Good for two hours around
// now, or around as many hours later.
std::string self_signed(const std::string& names, int hours_later = 0);

}  // namespace answerback::tests
