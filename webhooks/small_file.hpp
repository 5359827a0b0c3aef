// A file of the operator's read whole, but never more than fits: a device or a pipe may have no end.
#pragma once

#include <cstddef>
#include <string>

namespace answerback::webhooks {

struct SmallFile {
  std::string text;
  std::string problem;  // "" or the end of a sentence: "can't be read", "is larger than 1048576 bytes"
};

SmallFile read_small_file(const std::string& path, std::size_t max_bytes);

}  // namespace answerback::webhooks
