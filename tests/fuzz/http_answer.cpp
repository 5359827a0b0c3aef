// Any bytes as a receiver's answer: nothing crashes, it is read the same in one piece and in many, and never more of it is kept
// than was wanted.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "webhooks/client/response_reader.hpp"

using answerback::webhooks::client::ResponseReader;

namespace {

constexpr std::size_t max_body = 64;

struct Reading {
  ResponseReader::Progress progress = ResponseReader::Progress::more;
  int status = 0;
  std::string body;
  bool operator==(const Reading&) const = default;
};

Reading read_all(std::string_view bytes, std::size_t step) {
  ResponseReader reader(max_body, false);
  Reading reading;
  for (; !bytes.empty() && reading.progress == ResponseReader::Progress::more; bytes.remove_prefix(std::min(step, bytes.size())))
    reading.progress = reader.feed(bytes.substr(0, step));
  reading.status = reader.status();
  if (reading.progress != ResponseReader::Progress::complete) return reading;
  reading.body = reader.take().body;
  if (reading.body.size() > max_body || reading.status < 200 || reading.status > 599) std::abort();
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string bytes(data, data + size);
  const auto whole = read_all(bytes, bytes.size());
  for (const auto step : {std::size_t{1}, std::size_t{7}}) {
    const auto pieces = read_all(bytes, step);
    // What is no HTTP may show sooner in one piece than in another; an answer is the same in all.
    const bool is_answer = whole.progress == ResponseReader::Progress::complete || pieces.progress == ResponseReader::Progress::complete;
    if (is_answer && pieces != whole) std::abort();
  }
  return 0;
}
