// The strict look at a request's head before any parser sees it. Whatever two readers of HTTP could understand differently is
// refused here (RFC 9112, sections 2 to 6 and 11.2), so that nothing can be smuggled past us. Pure: bytes in, a verdict out.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "server/http/limits.hpp"

namespace answerback::server {

// Answered as a problem document; then the connection is closed.
struct Refusal {
  int status = 400;
  std::string_view code;
  std::string_view detail;
};

// A head without faults. The views point into the checked bytes.
struct Head {
  enum class Body { none, length, chunked };
  std::string_view method;
  std::string_view path;   // of the origin or absolute form, without the query
  std::string_view query;
  bool http_1_1 = true;
  Body body = Body::none;
  std::uint64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

// `raw` is everything up to and including the empty line. Total: any bytes may come in.
std::variant<Head, Refusal> check_head(std::string_view raw, const HttpLimits& limits);

// Looks for the end of a head that arrives in pieces and refuses as soon as it can be known: a bare LF, a wrong request line
// or too many bytes need not wait for the rest.
class HeadScanner {
 public:
  explicit HeadScanner(const HttpLimits& limits) : limits_(limits) {}

  struct Incomplete {};
  using Result = std::variant<Incomplete, std::size_t, Refusal>;  // size_t: the head's length

  // `bytes` begins where it began in the last call and has grown since.
  Result scan(std::string_view bytes);
  void reset() { scanned_ = line_begin_ = 0; }

 private:
  const HttpLimits& limits_;
  std::size_t scanned_ = 0;
  std::size_t line_begin_ = 0;
};

}  // namespace answerback::server
