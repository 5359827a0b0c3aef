// Brings what is published into memory at start, and publishes what changed in the folder of flow files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/flow_book.hpp"
#include "server/config/flow_rules.hpp"
#include "server/config/secrets.hpp"
#include "storage/store.hpp"

namespace answerback::server {

// Every stored revision; one that no longer loads is named in the log and left out.
void load_published(storage::Store& store, engine::FlowBook& book);

struct FolderResult {
  std::size_t published = 0;
  std::size_t unchanged = 0;
  std::size_t refused = 0;
};
// The files of a folder, read and loaded, which takes its time for large ones: on any thread. The folder is the operator's own: `secrets`
// learn where its flows send them.
struct LoadedFolder {
  std::vector<std::string> sources;  // in step with `files`
  std::vector<FlowFile> files;
};
LoadedFolder load_folder(const std::string& folder, const std::optional<webhooks::UrlRules>& urls = std::nullopt, Secrets* secrets = nullptr);

// On the thread that writes. A file with errors is named in the log with each issue; the good revision stays.
FolderResult publish_folder(LoadedFolder folder, storage::Store& store, engine::FlowBook& book, engine::Instant now);

}  // namespace answerback::server
