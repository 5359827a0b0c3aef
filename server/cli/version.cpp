#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>

#include "server/cli/cli.hpp"
#include "server/version.hpp"

namespace answerback::server {

namespace {

void print_version(bool json) {
  const auto boost = fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
  const std::string openssl = OpenSSL_version(OPENSSL_VERSION_STRING);
  if (json) {
    const nlohmann::ordered_json object{{"version", version()}, {"sqlite", sqlite3_libversion()}, {"openssl", openssl}, {"boost", boost}, {"compiler", __VERSION__}};
    print_out(object.dump() + "\n");
  } else {
    print_out(fmt::format("answerback {}\nsqlite {}\nopenssl {}\nboost {}\ncompiler {}\n", version(), sqlite3_libversion(), openssl, boost, __VERSION__));
  }
}

}  // namespace

void add_version(CLI::App& app, Command& command) {
  app.add_subcommand("version", "Say which answerback this is, and on what it stands")->callback([&] { print_version(command.json); });
}

}  // namespace answerback::server
