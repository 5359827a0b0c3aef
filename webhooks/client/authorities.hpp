// Whose certificates the client trusts: the system's authorities and, beside them, those of a file of the operator's.
#pragma once

#include <string>

namespace boost::asio::ssl {
class context;
}

namespace answerback::webhooks::client {

// "" = this file can be had and holds certificates only; else what is wrong with it, as the end of a sentence.
std::string authorities_problem(const std::string& file);

// `file` "" = the system's alone. Throws std::runtime_error with a sentence.
void trust_authorities(boost::asio::ssl::context& tls, const std::string& file);

}  // namespace answerback::webhooks::client
