// TLS: always verified, chain and name; there is no switch to turn that off.
#include <unistd.h>

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/sink.hpp"

using namespace answerback::tests;
using answerback::webhooks::BeastClient;

namespace {

class CertificateFile {
 public:
  explicit CertificateFile(const std::string& pem)
      : path_(std::filesystem::temp_directory_path() / ("answerback_ca_" + std::to_string(::getpid()) + ".pem")) {
    std::ofstream(path_) << pem;
  }
  ~CertificateFile() { std::filesystem::remove(path_); }
  CertificateFile(const CertificateFile&) = delete;
  CertificateFile& operator=(const CertificateFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a certificate is trusted by its authority only") {
  const auto pem = self_signed("IP:127.0.0.1");
  const CertificateFile file(pem);
  Sink sink([](const SeenRequest&) { return reply(200, "safe"); }, pem);
  auto options = loopback_options();
  {
    BeastClient client(options);
    const auto answer = exchange(client, post(sink.url()));
    CHECK(answer.error == "tls");
    CHECK(answer.before_send);
    CHECK(sink.seen().empty());
  }
  options.ca_file = file.path();
  BeastClient client(options);
  for (int i = 0; i < 3; ++i) CHECK(exchange(client, post(sink.url())).body == "safe");
  CHECK(sink.connections() == 2);
  CHECK(sink.seen().at(0).server_name.empty());  // RFC 6066 3: an address is no server name
}

TEST_CASE("the certificate must be for the host that was asked for, and the host is named in the handshake") {
  const auto pem = self_signed("DNS:crm.example.com");
  const CertificateFile file(pem);
  Sink sink([](const SeenRequest&) { return reply(200); }, pem);
  auto options = loopback_options();
  options.ca_file = file.path();
  options.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);
  CHECK(sink.seen().at(0).server_name == "crm.example.com");
  CHECK(exchange(client, post(sink.url("other.example.com"))).error == "tls");
  CHECK(exchange(client, post(sink.url("127.0.0.1"))).error == "tls");
  CHECK(sink.seen().size() == 1);
}

TEST_CASE("a plain server at an https address is a TLS failure, and nothing of the request reaches it") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  BeastClient client(loopback_options());
  auto url = sink.url();
  url.replace(0, 4, "https");
  const auto answer = exchange(client, post(url));
  CHECK(answer.error == "tls");
  CHECK(answer.before_send);
  CHECK(sink.seen().empty());
}

TEST_CASE("authorities that can't be read are an error at once") {
  auto options = loopback_options();
  options.ca_file = "/nonexistent/authorities.pem";
  CHECK_THROWS(BeastClient(options));
}
