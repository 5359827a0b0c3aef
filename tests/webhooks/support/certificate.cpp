#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/webhooks/support/sink.hpp"

namespace answerback::tests {

namespace {

template <auto release>
struct Release {
  template <typename Thing>
  void operator()(Thing* thing) const {
    release(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Text = std::unique_ptr<BIO, Release<BIO_free>>;

void extend(X509* certificate, int what, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()));
  if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) throw std::runtime_error("no certificate extension");
}

Certificate sign(EVP_PKEY* key, const std::string& names, int hours_later) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 3600L * (hours_later - 1));
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600L * (hours_later + 1));
  X509_set_pubkey(certificate.get(), key);
  auto* name = X509_get_subject_name(certificate.get());
  const std::vector<unsigned char> common_name(names.begin(), names.end());  // of its own, so that authorities are told apart
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name.data(), static_cast<int>(common_name.size()), -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate.get(), NID_subject_alt_name, names);
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) throw std::runtime_error("the certificate can't be signed");
  return certificate;
}

}  // namespace

std::string self_signed(const std::string& names, int hours_later) {
  std::string curve = "P-256";
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
  if (!key) throw std::runtime_error("no key");
  const auto certificate = sign(key.get(), names, hours_later);
  const Text text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(text.get(), certificate.get());
  PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::string pem(BIO_ctrl_pending(text.get()), '\0');
  BIO_read(text.get(), pem.data(), static_cast<int>(pem.size()));
  return pem;
}

}  // namespace answerback::tests
