// Any bytes as the configuration file: a configuration that can be printed, or issues; a secret is never in what is printed.
#include <stdlib.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "server/config/config.hpp"

namespace {

using namespace answerback::server;

// One file per process, gone with it.
struct File {
  File() { close(mkstemp(path.data())); }
  ~File() { unlink(path.c_str()); }
  std::string path = "/tmp/answerback-fuzz-XXXXXX";
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  std::ofstream(file.path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  ConfigSources sources;
  sources.file = file.path;
  sources.environment["A"] = "the-secret-that-must-not-show";
  const auto result = load_config(sources);
  for (const bool json : {false, true}) {
    const auto shown = print_config(result.config, json);
    if (shown.find(sources.environment["A"]) != std::string::npos) std::abort();
  }
  return 0;
}
