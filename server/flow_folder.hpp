// Brings what is published into memory at start, and publishes what changed in the folder of flow files.
#pragma once

#include <optional>
#include <string>

#include "engine/flow_book.hpp"
#include "server/secrets.hpp"
#include "storage/store.hpp"

namespace answerback::server {

// Every stored revision; one that no longer loads is named in the log and left out.
void load_published(storage::Store& store, engine::FlowBook& book);

struct FolderResult {
  std::size_t published = 0;
  std::size_t unchanged = 0;
  std::size_t refused = 0;
};
// On the thread that writes. A file with errors is named in the log with each issue; the good revision stays. The folder is the
// operator's own: `secrets` learn where its flows send them.
FolderResult publish_folder(const std::string& folder, storage::Store& store, engine::FlowBook& book, engine::Instant now,
                            const std::optional<webhooks::UrlRules>& urls = std::nullopt, Secrets* secrets = nullptr);

}  // namespace answerback::server
