#include "server/config/flow_folder.hpp"

#include "flows/load/load.hpp"
#include "server/cli/cli.hpp"
#include "server/config/flow_rules.hpp"
#include "server/log/log.hpp"

namespace answerback::server {

namespace {

void log_issues(const std::string& file, const std::vector<flows::Issue>& issues) {
  for (const auto& issue : issues) {
    log(issue.severity == flows::Severity::error ? LogLevel::error : LogLevel::warning, "flow_issue", {{"issue", flows::to_line(issue, file)}});
  }
}

struct ReadFile {
  std::string file;
  std::string source;
};

std::vector<ReadFile> read_folder(const std::string& folder) {
  std::vector<ReadFile> read;
  std::vector<std::string> missing;
  for (const auto& file : flow_files({folder}, missing)) {
    std::string source;
    if (read_whole_file(file, source)) read.push_back({file, std::move(source)});
  }
  if (!missing.empty()) log(LogLevel::error, "flow_folder_missing", {{"folder", folder}});
  return read;
}

}  // namespace

void load_published(storage::Store& store, engine::FlowBook& book) {
  for (const auto& revision : store.all_flows()) {
    auto loaded = flows::load_flow(revision.source, flow_rules());
    if (loaded.flow) {
      book.publish(std::move(loaded.flow), revision.revision);
    } else {
      log_issues(revision.name + " revision " + std::to_string(revision.revision), loaded.issues);
    }
  }
}

LoadedFolder load_folder(const std::string& folder, const std::optional<webhooks::UrlRules>& urls, Secrets* secrets) {
  LoadedFolder loaded;
  for (auto& one : read_folder(folder)) {
    auto& file = loaded.files.emplace_back(FlowFile{one.file, flows::load_flow(one.source, flow_rules())});
    if (secrets != nullptr && file.result.flow) secrets->trust(*file.result.flow);
    add_call_issues(file.result, {urls, secrets});
    loaded.sources.push_back(std::move(one.source));
  }
  return loaded;
}

FolderResult publish_folder(LoadedFolder folder, storage::Store& store, engine::FlowBook& book, engine::Instant now) {
  FolderResult result;
  auto& files = folder.files;
  const auto published = [&](const std::string& name) {
    const auto* latest = book.latest(name);
    return latest == nullptr ? flows::FlowPtr() : latest->flow;
  };
  check_among(files, published, flows::Severity::error);
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto& [file, loaded] = files[i];
    log_issues(file, loaded.issues);
    if (!loaded.flow) {
      ++result.refused;
      log(LogLevel::error, "flow_refused", {{"file", file}, {"kept", "the published revision, if there is one"}});
      continue;
    }
    const auto latest = store.find_flow(loaded.flow->name, std::nullopt);
    if (latest && latest->source == folder.sources[i]) {
      ++result.unchanged;
      continue;
    }
    const auto revision = store.publish_flow(loaded.flow->name, folder.sources[i], now);
    log(LogLevel::info, "flow_published", {{"flow", loaded.flow->name}, {"revision", std::to_string(revision)}, {"file", file}});
    book.publish(std::move(loaded.flow), revision);
    ++result.published;
  }
  return result;
}

}  // namespace answerback::server
