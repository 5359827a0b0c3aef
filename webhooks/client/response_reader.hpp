// Reads one HTTP/1 response from bytes as they come, without doing any I/O. Bounded while it reads: 16 KiB each for a header, a
// chunk's size line and the trailers, 100 fields, 8 interim responses, and as much of the body as is wanted; what lies beyond
// that is cut and changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "webhooks/http_client.hpp"

namespace answerback::webhooks::client {

class ResponseReader {
 public:
  enum class Progress : std::uint8_t { more, complete, broken };

  ResponseReader(std::size_t max_body_bytes, bool has_no_body);  // a HEAD request's answer has none
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  Progress feed(std::string_view bytes);
  // The other side closed: fine for a body that ends so, broken off otherwise.
  Progress close();

  bool has_begun() const;         // some byte came
  int status() const;             // of the final response once its header is whole, else 0
  bool leaves_reusable() const;   // once complete: the connection may carry another request
  HttpAnswer take();              // once status() is there

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks::client
