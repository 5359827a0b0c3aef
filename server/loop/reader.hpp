// The thread that answers questions: queries run here, so that neither the I/O thread nor the one that writes waits for them.
#pragma once

#include <functional>
#include <memory>

namespace answerback::server {

class Reader {
 public:
  explicit Reader(std::size_t max_waiting = 10'000);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // False when too much waits already.
  bool submit(std::function<void()> task);
  void stop();  // works off what waits

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
