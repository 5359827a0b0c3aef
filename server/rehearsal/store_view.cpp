#include "server/rehearsal/store_view.hpp"

#include "storage/sqlite_store.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t whole_trail = 1'000;  // as much of its way as a conversation keeps

flows::Journey journey_of(const flows::Flow& flow, const engine::Conversation& conversation) {
  flows::Journey journey;
  journey.trail = conversation.trail;
  journey.whole = conversation.trail.size() < whole_trail;
  journey.ended = engine::outcome_of(conversation.life);
  if (!journey.ended) journey.waiting_at = flow.find(conversation.inside.empty() ? conversation.step : conversation.inside.front().step);
  return journey;
}

}  // namespace

std::unique_ptr<storage::Store> open_store_view(const std::string& folder) {
  storage::SqliteOptions options;
  options.folder = folder;
  options.read_only = true;
  return storage::open_sqlite_store(options);
}

void visit_conversations(storage::Store& store, const std::string& flow, const std::function<bool(const engine::Conversation&)>& visit) {
  storage::ConversationFilter filter;
  filter.flow = flow;
  storage::PageRequest request;
  request.limit = 500;
  do {
    const auto page = store.list_conversations(filter, request);
    for (const auto& conversation : page.items) {
      if (!visit(conversation)) return;
    }
    request.after = page.next;
  } while (request.after != 0);
}

flows::Traffic traffic_of(storage::Store& store, const flows::Flow& flow, std::uint32_t revision) {
  flows::Traffic traffic(flow);
  visit_conversations(store, flow.name, [&](const engine::Conversation& conversation) {
    if (conversation.revision == revision) traffic.add(journey_of(flow, conversation));
    return true;
  });
  return traffic;
}

}  // namespace answerback::server
