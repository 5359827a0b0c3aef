// The id under which a request is found in the log and in the answer: the caller's own when it is sane, else one made here.
#pragma once

#include <cstdint>
#include <string>

#include "server/http/message.hpp"

namespace answerback::server {

class RequestIds {
 public:
  RequestIds();
  std::string of(const HttpRequest& request);
  std::string next();  // unique in this process, and by its random beginning most likely everywhere

 private:
  std::string prefix_;
  std::uint64_t count_ = 0;
};

}  // namespace answerback::server
