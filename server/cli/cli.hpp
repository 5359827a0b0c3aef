// The command line: one file per verb beside this. Data on stdout, everything else on stderr.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flows/load/load.hpp"

namespace CLI {
class App;
}

namespace answerback::server {

// Exit codes are part of the contract (docs/operating.md).
enum ExitCode : int {
  exit_ok = 0,
  exit_failure = 1,
  exit_usage = 2,
  exit_configuration = 3,
  exit_flow_errors = 4,
  exit_test_failed = 5,
  exit_not_found = 6
};

// What the verbs share: flags before or after the verb, and the exit code that the chosen verb sets.
struct Command {
  bool json = false;
  std::string config_file;
  std::map<std::string, std::string> flags;  // dotted setting -> text
  int exit = exit_ok;
};

void add_serve(CLI::App& app, Command& command);
void add_check(CLI::App& app, Command& command);
void add_chat(CLI::App& app, Command& command);
void add_test(CLI::App& app, Command& command);
void add_understand(CLI::App& app, Command& command);
void add_consent(CLI::App& app, Command& command);
void add_replay(CLI::App& app, Command& command);
void add_graph(CLI::App& app, Command& command);
void add_keys(CLI::App& app, Command& command);
void add_db(CLI::App& app, Command& command);
void add_config(CLI::App& app, Command& command);
void add_version(CLI::App& app, Command& command);

int run_command_line(int argc, char** argv);

// A file's bytes, or nothing.
bool read_whole_file(const std::string& path, std::string& text);

void print_out(std::string_view text);  // to stdout, flushed
void print_err(std::string_view text);  // a line to stderr

// Loads a flow with the reserved words wired in, prints its issues; null when it has errors. `exit` is set then.
flows::FlowPtr load_flow_file(const std::string& path, int& exit);
flows::LoadResult load_flow_text(std::string_view text);

// The flow files that a list of files and folders names: in folders every *.json but tests and schemas, sorted.
std::vector<std::string> flow_files(const std::vector<std::string>& paths, std::vector<std::string>& missing);

}  // namespace answerback::server
