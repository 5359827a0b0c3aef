// Looks into a store beside a server that may be running on it: queries only, no lock, nothing written.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "flows/drawing/traffic.hpp"
#include "storage/store.hpp"

namespace answerback::server {

// Throws StoreError when there is none in the folder, or one of another version.
std::unique_ptr<storage::Store> open_store_view(const std::string& folder);

// Every conversation of a flow, the latest first, until `visit` says false.
void visit_conversations(storage::Store& store, const std::string& flow, const std::function<bool(const engine::Conversation&)>& visit);

// How the conversations of one revision went.
flows::Traffic traffic_of(storage::Store& store, const flows::Flow& flow, std::uint32_t revision);

}  // namespace answerback::server
