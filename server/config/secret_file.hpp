// A file that its owner alone may read, for what is shown once.
#pragma once

#include <string>

namespace answerback::server {

// Made anew with mode 0600 and on disk when this returns. Throws std::runtime_error with a sentence.
void write_secret_file(const std::string& path, const std::string& text);

}  // namespace answerback::server
