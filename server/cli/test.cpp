#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "server/cli/cli.hpp"
#include "server/conversation_test.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

struct TestOptions {
  std::vector<std::string> paths;
  bool update = false;
  bool coverage = false;
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

class Runner {
 public:
  Runner(const TestOptions& options, Command& command) : options_(options), command_(command) {}

  void run(const std::vector<std::string>& files) {
    for (const auto& file : files) run_one(file);
    if (options_.coverage) report_coverage();
    if (command_.json) {
      print_out(Json{{"passed", passed_}, {"failed", failed_}, {"tests", tests_}, {"never_reached", never_reached_}}.dump(2) + "\n");
    } else {
      print_out(fmt::format("{} passed, {} failed\n", passed_, failed_));
    }
    if (failed_ > 0) command_.exit = exit_test_failed;
  }

 private:
  void run_one(const std::string& file) {
    std::string source;
    if (!read_whole_file(file, source)) print_err(fmt::format("answerback: {} can't be read", file));
    const auto folder = fs::path(file).parent_path();
    const auto result = run_conversation_test(source, [&](const std::string& path) {
      int ignored = 0;
      return load_flow_file((folder / path).string(), ignored);
    });
    if (options_.update && result.issues.empty()) {
      std::ofstream(file, std::ios::binary | std::ios::trunc) << result.rewritten;
      if (!command_.json) print_out(fmt::format("updated {}\n", file));
    }
    const bool ok = result.ok() || (options_.update && result.issues.empty());
    (ok ? passed_ : failed_) += 1;
    if (result.flow) cover(result);
    command_.json ? add_json(file, result, ok) : print_text(file, result, ok);
  }

  void print_text(const std::string& file, const TestResult& result, bool ok) const {
    print_out(fmt::format("{} {}\n", ok ? "ok  " : "FAIL", file));
    for (const auto& issue : result.issues) print_out("  " + flows::to_line(issue, file) + "\n");
    if (ok) return;
    for (const auto& mismatch : result.mismatches) {
      print_out(mismatch.turn == 0 ? "  outcome\n" : fmt::format("  turn {}: {}\n", mismatch.turn, mismatch.what));
      for (const auto& text : mismatch.expected) print_out("    - " + text + "\n");
      for (const auto& text : mismatch.got) print_out("    + " + text + "\n");
    }
  }

  void add_json(const std::string& file, const TestResult& result, bool ok) {
    auto problems = Json::array();
    for (const auto& issue : result.issues) problems.push_back({{"code", issue.code}, {"message", issue.message}, {"line", issue.at.line}, {"column", issue.at.column}});
    for (const auto& mismatch : result.mismatches) {
      problems.push_back({{"code", "mismatch"}, {"turn", mismatch.turn}, {"what", mismatch.what}, {"expected", mismatch.expected}, {"got", mismatch.got}});
    }
    tests_.push_back({{"file", file}, {"ok", ok}, {"problems", problems}});
  }

  void cover(const TestResult& result) {
    auto& [flow, reached] = covered_[result.flow->name];
    flow = result.flow;
    reached.insert(result.passed.begin(), result.passed.end());
  }

  void report_coverage() {
    for (const auto& [name, covered] : covered_) {
      auto missed = Json::array();
      for (const auto& step : covered.first->steps) {
        if (!covered.second.contains(step.name)) missed.push_back(step.name);
      }
      const auto total = covered.first->steps.size();
      if (!command_.json) print_out(fmt::format("{}: {} of {} steps reached\n", name, total - missed.size(), total));
      for (const auto& step : missed) {
        if (!command_.json) print_out(fmt::format("  never reached: {}\n", step.get<std::string>()));
      }
      never_reached_[name] = missed;
    }
  }

  const TestOptions& options_;
  Command& command_;
  std::size_t passed_ = 0, failed_ = 0;
  Json tests_ = Json::array();
  Json never_reached_ = Json::object();
  std::map<std::string, std::pair<flows::FlowPtr, std::set<std::string>>> covered_;
};

}  // namespace

void add_test(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("test", "Play conversation tests (*.test.json)");
  const auto options = std::make_shared<TestOptions>();
  verb->add_option("FILE", options->paths, "Test files or folders of them")->required();
  verb->add_flag("--update", options->update, "Rewrite the files with what really came back");
  verb->add_flag("--coverage", options->coverage, "Name the steps that no test reached");
  verb->callback([&command, options] {
    bool missing = false;
    const auto files = test_files(options->paths, missing);
    if (files.empty() && !missing) print_err("answerback: no *.test.json there");
    if (missing || files.empty()) {
      command.exit = exit_not_found;
      return;
    }
    Runner(*options, command).run(files);
  });
}

}  // namespace answerback::server
