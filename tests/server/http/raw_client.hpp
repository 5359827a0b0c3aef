// A client for tests that sends exactly the bytes it is told to and waits at most two seconds for anything.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace answerback::server::testing {

struct RawAnswer {
  int status = 0;  // 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

class RawClient {
 public:
  // `receive_buffer` 0: the system's own size.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);
  // The next answer; its body by Content-Length, or none when `to_head`.
  RawAnswer answer(bool to_head = false);
  RawAnswer ask(std::string_view bytes);
  // True when the server closes without sending any more within two seconds.
  bool is_closed();
  // At most `most` bytes of what comes, added to `count`; false when nothing more comes.
  bool take(std::size_t most, std::size_t& count);
  // What arrives until the server closes.
  std::string rest();

 private:
  bool receive();
  int socket_ = -1;
  std::string input_;
};

}  // namespace answerback::server::testing
