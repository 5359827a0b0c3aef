// Why a TLS handshake failed, in the words of HttpAnswer: an operator has to know which certificate to renew, or whose.
#pragma once

#include <boost/system/error_code.hpp>

// OpenSSL's `SSL`.
struct ssl_st;

namespace answerback::webhooks::client {

// What comes to light during a handshake; outlives the connection's `ssl_st`.
struct TlsFindings {
  bool wrong_name = false;         // the chain is good, but the certificate is another host's
  bool wants_certificate = false;  // the other side asked for one of ours
};

void watch_handshake(ssl_st* connection, TlsFindings& findings);

const char* why_not_secure(const ssl_st* connection, const boost::system::error_code& failure, const TlsFindings& findings);

}  // namespace answerback::webhooks::client
