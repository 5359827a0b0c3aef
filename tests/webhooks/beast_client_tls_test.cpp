// TLS: always verified, chain and name; there is no switch to turn that off.
#include <unistd.h>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/sink.hpp"
#include "webhooks/client/authorities.hpp"

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
    CHECK(answer.error == "tls_unknown_authority");
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
  CHECK(exchange(client, post(sink.url("other.example.com"))).error == "tls_name");
  CHECK(exchange(client, post(sink.url("127.0.0.1"))).error == "tls_name");
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

TEST_CASE("a certificate out of its time says which way") {
  const int hours_later = GENERATE(-48, 48);
  const auto pem = self_signed("IP:127.0.0.1", hours_later);
  const CertificateFile file(pem);
  Sink sink([](const SeenRequest&) { return reply(200); }, pem);
  auto options = loopback_options();
  options.ca_file = file.path();
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url())).error == (hours_later < 0 ? "tls_expired" : "tls_not_yet_valid"));
}

TEST_CASE("a server of old TLS versions, and one that wants a certificate of ours, are told apart") {
  const auto pem = self_signed("IP:127.0.0.1");
  const CertificateFile file(pem);
  auto options = loopback_options();
  options.ca_file = file.path();
  BeastClient client(options);
  Sink old([](const SeenRequest&) { return reply(200); }, Sink::Tls{pem, true, false});
  CHECK(exchange(client, post(old.url())).error == "tls_version");
  Sink mutual([](const SeenRequest&) { return reply(200); }, Sink::Tls{pem, false, true});
  CHECK(exchange(client, post(mutual.url())).error == "tls_client_certificate");
  CHECK(mutual.seen().empty());
}

TEST_CASE("the file's authorities stand beside the system's") {
  const auto pem = self_signed("IP:127.0.0.1"), system = self_signed("IP:127.0.0.1,DNS:crm.example");
  const CertificateFile file(pem);
  const auto of_system = std::filesystem::temp_directory_path() / ("answerback_system_" + std::to_string(::getpid()) + ".pem");
  std::ofstream(of_system) << system;
  ::setenv("SSL_CERT_FILE", of_system.c_str(), 1);  // OpenSSL's own place for the system's
  auto options = loopback_options();
  options.ca_file = file.path();
  BeastClient client(options);
  Sink one([](const SeenRequest&) { return reply(200); }, pem), other([](const SeenRequest&) { return reply(201); }, system);
  CHECK(exchange(client, post(one.url())).status == 200);
  CHECK(exchange(client, post(other.url())).status == 201);
  ::unsetenv("SSL_CERT_FILE");
  std::filesystem::remove(of_system);
}

TEST_CASE("what is wrong with a file of authorities is said") {
  using answerback::webhooks::client::authorities_problem;
  const auto good = self_signed("IP:127.0.0.1");
  CHECK(authorities_problem(CertificateFile(good).path()).empty());
  CHECK(authorities_problem(CertificateFile("our own authority:\n" + good + good).path()).empty());
  CHECK(authorities_problem("/nonexistent/authorities.pem") == "can't be read");
  CHECK(authorities_problem("/tmp") == "can't be read");
  CHECK(authorities_problem("/dev/zero") == "is larger than 4194304 bytes");
  CHECK(authorities_problem(CertificateFile("").path()) == "holds no certificate in PEM form");
  CHECK(authorities_problem(CertificateFile("not a certificate").path()) == "holds no certificate in PEM form");
  CHECK(authorities_problem(CertificateFile(good.substr(good.find("-----BEGIN PRIVATE"))).path()) == "holds no certificate in PEM form");
  auto cut = good;
  cut.erase(100, 40);
  CHECK(authorities_problem(CertificateFile(cut).path()) == "holds a broken certificate, the one numbered 1");
  CHECK(authorities_problem(CertificateFile(good + cut).path()) == "holds a broken certificate, the one numbered 2");
}

TEST_CASE("authorities that can't be read are an error at once") {
  auto options = loopback_options();
  options.ca_file = "/nonexistent/authorities.pem";
  CHECK_THROWS(BeastClient(options));
}
