// A folder that goes with the object, and files written into it.
#pragma once

#include <filesystem>
#include <string>

namespace answerback::tests {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const;  // gives the whole path

 private:
  std::string path_;
};

}  // namespace answerback::tests
