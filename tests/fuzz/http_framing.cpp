// Any bytes on a connection: nothing crashes, a head is judged the same in one piece and in many, and so is all that follows.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request_reader.hpp"

namespace {

using namespace answerback::server;

struct Outcome {
  std::vector<std::string> requests;  // path and body
  bool refused = false;
  bool operator==(const Outcome&) const = default;
};

const HttpLimits limits{.max_head_bytes = 2048, .max_headers = 10, .max_body_bytes = 512, .max_target_bytes = 256};

// Shows the reader `step` bytes more each time, as a socket would.
Outcome read_all(std::string_view bytes, std::size_t step) {
  Outcome outcome;
  RequestReader reader(limits);
  std::size_t shown = 0;
  while (!outcome.refused && (shown < bytes.size() || reader.state() == RequestReader::State::complete)) {
    if (reader.state() == RequestReader::State::complete) {
      const auto request = reader.take();
      outcome.requests.push_back(request.path + "\n" + request.body);
      if (request.body.size() > limits.max_body_bytes) std::abort();
    } else {
      shown = std::min(bytes.size(), shown + step);
    }
    const auto used = reader.feed(bytes.substr(0, shown));
    if (used > shown) std::abort();
    bytes.remove_prefix(used);
    shown -= used;
    outcome.refused = reader.state() == RequestReader::State::refused;
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const std::string bytes(data, data + size);
  const auto verdict = check_head(bytes, limits);
  if (const auto* head = std::get_if<Head>(&verdict)) {
    if (head->method.empty() || head->path.empty() || head->content_length > limits.max_body_bytes) std::abort();
    if (bytes.find('\0') != std::string::npos) std::abort();
  }
  const auto whole = read_all(bytes, bytes.size());
  if (read_all(bytes, 1) != whole || read_all(bytes, 7) != whole) std::abort();
  return 0;
}
