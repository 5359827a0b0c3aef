// A CRM that receives answerback's webhooks: the part to copy is `is_genuine`. Everything that is needed to verify a
// Standard Webhooks signature is here, in one file, on OpenSSL.
//
//   crm_receiver --port 9090 --secret-file secret.txt [--exit-after N]
//
// It prints one line per event, refuses what is not signed, and answers a repeated event id with 200 without acting twice.
// The server library is for a trusted network only; put a real web server in front of yours.

#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr long long tolerance_seconds = 300;
constexpr std::size_t max_body = 1 << 20;

std::string decode_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) return "";
  const auto padding = text.ends_with("==") ? 2u : text.ends_with("=") ? 1u : 0u;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

std::string encode_base64(const unsigned char* bytes, int length) {
  std::string text(static_cast<std::size_t>(4 * ((length + 2) / 3)), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, length);
  return text;
}

// Standard Webhooks v1: base64(HMAC-SHA256(secret, id + "." + timestamp + "." + body)), over the raw body as it came.
std::string expected_signature(const std::string& secret, const std::string& id, const std::string& timestamp, const std::string& body) {
  const auto key = decode_base64(secret.substr(std::strlen("whsec_")));
  const auto signed_bytes = id + "." + timestamp + "." + body;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size(),
       digest, &length);
  return "v1," + encode_base64(digest, static_cast<int>(length));
}

bool is_recent(const std::string& timestamp) {
  char* end = nullptr;
  const long long sent = std::strtoll(timestamp.c_str(), &end, 10);
  if (timestamp.empty() || *end != '\0') return false;
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return std::llabs(now - sent) <= tolerance_seconds;
}

// The header holds one signature per secret while a secret is being rotated; one that fits is enough.
bool is_genuine(const httplib::Request& request, const std::string& secret) {
  const auto timestamp = request.get_header_value("webhook-timestamp");
  const auto expected = expected_signature(secret, request.get_header_value("webhook-id"), timestamp, request.body);
  std::istringstream signatures(request.get_header_value("webhook-signature"));
  bool fits = false;
  for (std::string given; signatures >> given;) {
    fits = fits || (given.size() == expected.size() && CRYPTO_memcmp(given.data(), expected.data(), expected.size()) == 0);
  }
  return fits && is_recent(timestamp);
}

// One line that a person can read.
std::string describe(const nlohmann::json& event) {
  const auto& data = event.at("data");
  std::string line = event.at("type").get<std::string>();
  if (data.contains("conversation") && data["conversation"].is_object()) {
    const auto& conversation = data["conversation"];
    line += " " + conversation.at("flow").get<std::string>();
    if (conversation.at("outcome").is_string()) line += " reason=" + conversation.at("reason").get<std::string>();
  }
  if (data.contains("consent")) line += " by " + data["consent"].at("source").get<std::string>();
  if (data.contains("answers") && !data["answers"].empty()) line += " answers=" + data["answers"].dump();
  return line;
}

class Receiver {
 public:
  Receiver(std::string secret, int exit_after) : secret_(std::move(secret)), exit_after_(exit_after) {}

  void take(const httplib::Request& request, httplib::Response& response) {
    if (!is_genuine(request, secret_)) {
      std::cout << "webhook  REFUSED: the signature does not fit" << std::endl;
      response.status = 401;
      return;
    }
    const auto event = nlohmann::json::parse(request.body, nullptr, false);
    if (event.is_discarded() || !is_first(request.get_header_value("webhook-id"))) return;
    std::cout << "webhook  verified  " << describe(event) << std::endl;
    ++taken_;
  }

  bool is_done() const { return exit_after_ > 0 && taken_ >= exit_after_; }

 private:
  // A retry carries the same id; acting on it again would be the receiver's fault.
  bool is_first(const std::string& id) {
    const std::scoped_lock lock(mutex_);
    return seen_.insert(id).second;
  }

  std::string secret_;
  int exit_after_;
  std::atomic<int> taken_{0};
  std::mutex mutex_;
  std::set<std::string> seen_;
};

// The library's default lets a second process share the port unnoticed.
void use_port_alone(int socket) {
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

std::string argument(const std::vector<std::string>& arguments, const std::string& name) {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    if (arguments[i] == name) return arguments[i + 1];
  }
  return "";
}

std::string first_word_of(const std::string& file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return word;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto port = std::atoi(argument(arguments, "--port").c_str());
  const auto secret_file = argument(arguments, "--secret-file");
  if (secret_file.empty()) {
    std::cerr << "usage: crm_receiver --port 9090 --secret-file FILE [--exit-after N]\n";
    return 2;
  }
  const auto secret = first_word_of(secret_file);
  if (!secret.starts_with("whsec_")) {
    std::cerr << "crm_receiver: " << secret_file << " holds no secret (whsec_…)\n";
    return 1;
  }
  Receiver receiver(secret, std::atoi(argument(arguments, "--exit-after").c_str()));
  httplib::Server server;
  server.set_tcp_nodelay(true);
  server.set_payload_max_length(max_body);
  server.set_socket_options(use_port_alone);
  server.Post("/webhooks", [&](const httplib::Request& request, httplib::Response& response) { receiver.take(request, response); });
  server.set_logger([&](const httplib::Request&, const httplib::Response&) {
    if (receiver.is_done()) server.stop();
  });
  if (!server.listen("127.0.0.1", port)) {
    std::cerr << "crm_receiver: port " << port << " can't be had\n";
    return 1;
  }
  return 0;
}
