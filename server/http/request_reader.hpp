// Bytes in, requests out: the strict check of the head, then Beast's parser for head and body. Knows no socket and no clock,
// so that any cut of any bytes can be tried on it. One per connection, used from one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "server/http/framing.hpp"
#include "server/http/message.hpp"

namespace answerback::server {

class RequestReader {
 public:
  // `limits` outlives this.
  explicit RequestReader(const HttpLimits& limits);
  ~RequestReader();

  enum class State {
    head,      // waits for (more of) a head
    body,      // the head is good, waits for (more of) its body
    complete,  // take() it; nothing more is used up before that
    refused,   // answer refusal() and close; nothing more is ever used up
  };

  // Uses up bytes at the front and returns how many. What is left is to be shown again, together with what follows it.
  std::size_t feed(std::string_view bytes);

  State state() const { return state_; }
  const Refusal& refusal() const { return refusal_; }
  // Of the request whose head was read last; what it says of the body holds from State::body on.
  const Head& head() const { return head_; }
  bool is_head_method() const { return is_head_method_; }
  // What came before the body, from State::body on.
  HttpRequest& request() { return request_; }
  // In State::body: a lower limit than that of all bodies; may refuse at once.
  void limit_body(std::size_t bytes);
  // Moves the complete request out (without peer and id) and begins with the next one.
  HttpRequest take();

 private:
  struct Parser;
  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  bool begin(std::string_view raw);
  void refuse(const Refusal& refusal);

  const HttpLimits& limits_;
  HeadScanner scanner_;
  State state_ = State::head;
  Refusal refusal_;
  Head head_;
  bool is_head_method_ = false;
  bool skipped_empty_line_ = false;
  std::size_t max_body_bytes_ = 0;
  std::size_t body_wire_bytes_ = 0;
  HttpRequest request_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace answerback::server
