#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "server/cli/cli.hpp"
#include "server/cli/generate_tests.hpp"
#include "server/cli/test_report.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

constexpr unsigned least_threads = 2;

struct TestOptions {
  std::vector<std::string> paths;
  bool update = false;
  bool coverage = false;
  bool generate = false;
};

std::vector<std::string> test_files(const std::vector<std::string>& paths, bool& missing) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error)) {
        if (entry.path().filename().string().ends_with(".test.json")) files.push_back(entry.path().string());
      }
    } else if (fs::exists(path, error)) {
      files.push_back(path);
    } else {
      print_err(fmt::format("answerback: there is no file or folder {}", path));
      missing = true;
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Tests share nothing, so threads take them in turn; the results are told in the order of the files.
class Playing {
 public:
  Playing(const std::vector<std::string>& files, FlowShelf& shelf) : files_(files), shelf_(shelf), results_(files.size()) {}

  std::vector<TestResult> play() {
    const auto count = std::min<std::size_t>(files_.size(), std::max(least_threads, std::thread::hardware_concurrency()));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    for (auto& thread : threads) thread.join();
    if (on_terminal_) fmt::print(stderr, "\r\x1b[K");
    return std::move(results_);
  }

 private:
  void work() {
    for (auto index = next_++; index < files_.size(); index = next_++) {
      results_[index] = play_one(files_[index]);
      const auto done = ++done_;
      if (on_terminal_) fmt::print(stderr, "\r{} of {}", done, files_.size());
    }
  }

  TestResult play_one(const std::string& file) {
    std::string source;
    if (!read_whole_file(file, source)) print_err(fmt::format("answerback: {} can't be read", file));
    const auto folder = fs::path(file).parent_path();
    return run_conversation_test(source, [&](const std::string& path) { return shelf_.family((folder / path).lexically_normal().string()); });
  }

  const std::vector<std::string>& files_;
  FlowShelf& shelf_;
  std::vector<TestResult> results_;
  std::atomic<std::size_t> next_{0}, done_{0};
  const bool on_terminal_ = ::isatty(STDERR_FILENO) == 1;
};

// The file is written anew only where something came back otherwise and writing it down would make it pass.
bool rewrite(const std::string& file, const TestResult& result) {
  if (result.ok() || !result.can_be_rewritten()) return false;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << result.rewritten;
  out.flush();
  if (!out) print_err(fmt::format("answerback: {} can't be written", file));
  return out.good();
}

void run_tests(const std::vector<std::string>& files, const TestOptions& options, Command& command) {
  FlowShelf shelf;
  const auto results = Playing(files, shelf).play();
  TestReport report(command.json, options.coverage, shelf);
  for (std::size_t i = 0; i < files.size(); ++i) report.add(files[i], results[i], options.update && rewrite(files[i], results[i]));
  report.finish();
  if (report.failed() > 0) command.exit = exit_test_failed;
}

}  // namespace

void add_test(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("test", "Play conversation tests (*.test.json), or write them");
  const auto options = std::make_shared<TestOptions>();
  verb->add_option("FILE", options->paths, "Test files or folders of them; with --generate flow files or folders of those")->required();
  auto* update = verb->add_flag("--update", options->update, "Write into the files that fail what really came back, and show what changed");
  auto* coverage = verb->add_flag("--coverage", options->coverage, "Name the steps and branches that no test took");
  auto* generate = verb->add_flag("--generate", options->generate, "Write tests that together take every branch of each flow");
  generate->excludes(update)->excludes(coverage);
  verb->callback([&command, options] {
    if (options->generate) return generate_tests(options->paths, command);
    bool missing = false;
    const auto files = test_files(options->paths, missing);
    if (files.empty() && !missing) print_err("answerback: no *.test.json there");
    if (missing || files.empty()) {
      command.exit = exit_not_found;
      return;
    }
    run_tests(files, *options, command);
  });
}

}  // namespace answerback::server
