#include "webhooks/client/authorities.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <stdexcept>
#include <vector>

#include "webhooks/small_file.hpp"

namespace answerback::webhooks::client {

namespace {

constexpr std::size_t max_authorities_bytes = 4 * 1024 * 1024;  // some ten times what a whole distribution trusts

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

struct Authorities {
  std::vector<Certificate> certificates;
  std::string problem;
};

// RFC 7468 5: certificates one after the other, with other text around them.
Authorities read_authorities(const std::string& file) {
  Authorities found;
  const auto content = read_small_file(file, max_authorities_bytes);
  found.problem = content.problem;
  if (!found.problem.empty()) return found;
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(content.text.data(), static_cast<int>(content.text.size())), BIO_free);
  ERR_clear_error();
  while (auto* certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) found.certificates.emplace_back(certificate, X509_free);
  const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!is_at_end) found.problem = fmt::format("holds a broken certificate, the one numbered {}", found.certificates.size() + 1);
  if (is_at_end && found.certificates.empty()) found.problem = "holds no certificate in PEM form";
  return found;
}

}  // namespace

std::string authorities_problem(const std::string& file) { return read_authorities(file).problem; }

void trust_authorities(boost::asio::ssl::context& tls, const std::string& file) {
  tls.set_default_verify_paths();
  if (file.empty()) return;
  const auto authorities = read_authorities(file);
  if (!authorities.problem.empty()) throw std::runtime_error(fmt::format("{} {}", file, authorities.problem));
  auto* store = SSL_CTX_get_cert_store(tls.native_handle());
  for (const auto& certificate : authorities.certificates) {
    if (X509_STORE_add_cert(store, certificate.get()) != 1) throw std::runtime_error(fmt::format("{} can't be trusted", file));
  }
}

}  // namespace answerback::webhooks::client
