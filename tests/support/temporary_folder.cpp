#include "tests/support/temporary_folder.hpp"

#include <stdlib.h>  // mkdtemp is POSIX

#include <fstream>
#include <stdexcept>

namespace answerback::tests {

TemporaryFolder::TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "answerback-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  auto file = path_ + "/" + name;
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

}  // namespace answerback::tests
