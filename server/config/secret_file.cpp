#include "server/config/secret_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace answerback::server {

namespace {

bool write_all_of(int file, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const auto count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    written += static_cast<std::size_t>(count);
  }
  return ::fsync(file) == 0;
}

}  // namespace

void write_secret_file(const std::string& path, const std::string& text) {
  // One that is there already may be readable by others, or lead elsewhere.
  ::unlink(path.c_str());
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool done = file >= 0 && write_all_of(file, text);
  const int why = errno;
  if (file >= 0) ::close(file);
  if (!done) throw std::runtime_error(fmt::format("{} can't be written: {}", path, std::strerror(why)));
}

}  // namespace answerback::server
