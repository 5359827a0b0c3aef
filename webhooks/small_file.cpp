#include "webhooks/small_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace answerback::webhooks {

SmallFile read_small_file(const std::string& path, std::size_t max_bytes) {
  std::error_code unknown;
  // A folder opens like a file, and fails when it is read.
  if (std::filesystem::is_directory(path, unknown)) return {"", "can't be read"};
  std::ifstream in(path, std::ios::binary);
  if (!in) return {"", "can't be read"};
  SmallFile file;
  constexpr std::size_t piece = 64 * 1024;
  while (in && file.text.size() <= max_bytes) {
    const auto had = file.text.size();
    file.text.resize(had + piece);
    in.read(file.text.data() + had, piece);
    file.text.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return {"", "can't be read"};
  if (file.text.size() > max_bytes) return {"", fmt::format("is larger than {} bytes", max_bytes)};
  return file;
}

}  // namespace answerback::webhooks
