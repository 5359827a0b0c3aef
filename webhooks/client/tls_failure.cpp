#include "webhooks/client/tls_failure.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <boost/asio/ssl/error.hpp>

namespace answerback::webhooks::client {

namespace {

int note_request(SSL*, void* findings) {
  static_cast<TlsFindings*>(findings)->wants_certificate = true;
  return 1;  // go on without one: it may be optional
}

// Null: the chain is not what failed.
const char* chain_word(long verdict) {
  switch (verdict) {
    case X509_V_OK: return nullptr;
    case X509_V_ERR_CERT_HAS_EXPIRED: return "tls_expired";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "tls_not_yet_valid";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "tls_name";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_INVALID_CA: return "tls_unknown_authority";
    default: return "tls";
  }
}

// Null: OpenSSL's reason says nothing that a word is for.
const char* reason_word(int reason) {
  switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return "tls_version";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: return "tls_client_certificate";
    case SSL_R_WRONG_VERSION_NUMBER:  // OpenSSL's word for bytes that are no TLS at all
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST: return "tls_not_spoken";
    default: return nullptr;
  }
}

}  // namespace

void watch_handshake(ssl_st* connection, TlsFindings& findings) { SSL_set_cert_cb(connection, note_request, &findings); }

const char* why_not_secure(const ssl_st* connection, const boost::system::error_code& failure, const TlsFindings& findings) {
  if (findings.wrong_name) return "tls_name";
  if (const auto* word = chain_word(SSL_get_verify_result(connection))) return word;
  if (failure.category() == boost::asio::error::get_ssl_category()) {
    if (const auto* word = reason_word(ERR_GET_REASON(static_cast<unsigned long>(failure.value())))) return word;
  }
  return findings.wants_certificate ? "tls_client_certificate" : "tls";
}

}  // namespace answerback::webhooks::client
