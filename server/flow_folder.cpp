#include "server/flow_folder.hpp"

#include "flows/load.hpp"
#include "server/cli/cli.hpp"
#include "server/flow_rules.hpp"
#include "server/log.hpp"

namespace answerback::server {

namespace {

void log_issues(const std::string& file, const std::vector<flows::Issue>& issues) {
  for (const auto& issue : issues) {
    log(issue.severity == flows::Severity::error ? LogLevel::error : LogLevel::warning, "flow_issue", {{"issue", flows::to_line(issue, file)}});
  }
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

FolderResult publish_folder(const std::string& folder, storage::Store& store, engine::FlowBook& book, engine::Instant now) {
  FolderResult result;
  std::vector<std::string> missing;
  for (const auto& file : flow_files({folder}, missing)) {
    std::string source;
    if (!read_whole_file(file, source)) continue;
    auto loaded = flows::load_flow(source, flow_rules());
    log_issues(file, loaded.issues);
    if (!loaded.flow) {
      ++result.refused;
      log(LogLevel::error, "flow_refused", {{"file", file}, {"kept", "the published revision, if there is one"}});
      continue;
    }
    const auto latest = store.find_flow(loaded.flow->name, std::nullopt);
    if (latest && latest->source == source) {
      ++result.unchanged;
      continue;
    }
    const auto revision = store.publish_flow(loaded.flow->name, source, now);
    log(LogLevel::info, "flow_published", {{"flow", loaded.flow->name}, {"revision", std::to_string(revision)}, {"file", file}});
    book.publish(std::move(loaded.flow), revision);
    ++result.published;
  }
  if (!missing.empty()) log(LogLevel::error, "flow_folder_missing", {{"folder", folder}});
  return result;
}

}  // namespace answerback::server
