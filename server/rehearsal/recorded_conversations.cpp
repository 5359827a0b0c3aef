#include "server/rehearsal/recorded_conversations.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "server/api/json_values.hpp"
#include "server/config/flow_rules.hpp"
#include "server/rehearsal/store_view.hpp"

namespace answerback::server {

namespace {

// A contact as its conversation's `conversation.started` event shows it.
struct AsItBegan {
  engine::Values fields;
  engine::Consent consent = engine::Consent::unknown;
};

std::optional<AsItBegan> read_started(const std::string& body, std::string& conversation) {
  const auto parsed = flows::parse_json(body);
  const auto* json = std::get_if<flows::Json>(&parsed);
  const auto* data = json ? json->find("data") : nullptr;
  const auto* about = data ? data->find("conversation") : nullptr;
  const auto* id = about ? about->find("id") : nullptr;
  const auto* contact = data ? data->find("contact") : nullptr;
  const auto* fields = contact ? contact->find("fields") : nullptr;
  if (!id || !fields) return std::nullopt;
  conversation = id->string;
  AsItBegan began;
  flows::Report ignored;
  began.fields = read_values(*fields, "", ignored);
  if (const auto* consent = contact->find("consent")) began.consent = engine::parse_consent(consent->string).value_or(engine::Consent::unknown);
  return began;
}

// By conversation, of those that began at `since` or later.
std::map<std::string, AsItBegan> contacts_at_start(storage::Store& store, engine::Instant since) {
  std::map<std::string, AsItBegan> found;
  storage::PageRequest request;
  request.limit = 500;
  do {
    const auto page = store.list_events("conversation.started", request);
    for (const auto& event : page.items) {
      std::string conversation;
      auto began = event.at < since ? std::nullopt : read_started(event.body, conversation);
      if (began) found.emplace(std::move(conversation), std::move(*began));
    }
    request.after = page.next;
  } while (request.after != 0);
  return found;
}

class Revisions {
 public:
  Revisions(storage::Store& store, std::string flow) : store_(store), flow_(std::move(flow)) {}

  flows::FlowPtr at(std::uint32_t revision) {
    const auto [known, fresh] = loaded_.try_emplace(revision);
    if (!fresh) return known->second;
    if (const auto found = store_.find_flow(flow_, revision)) known->second = flows::load_flow(found->source, flow_rules()).flow;
    return known->second;
  }

 private:
  storage::Store& store_;
  std::string flow_;
  std::map<std::uint32_t, flows::FlowPtr> loaded_;
};

}  // namespace

void visit_recorded(storage::Store& store, const std::string& flow, engine::Instant since, const std::function<void(const Recorded&)>& visit) {
  const auto began = contacts_at_start(store, since);
  Revisions revisions(store, flow);
  visit_conversations(store, flow, [&](const engine::Conversation& conversation) {
    if (conversation.started_at < since) return true;
    Recorded recorded;
    recorded.conversation = conversation;
    recorded.transcript = store.transcript(conversation.id);
    recorded.flow = revisions.at(conversation.revision);
    recorded.contact = store.find_contact(conversation.id.contact).value_or(engine::Contact{});
    recorded.fields_now = recorded.contact.fields;
    recorded.contact.sequence = 0;
    recorded.contact.active = 0;
    recorded.contact.loose_messages = 0;
    recorded.contact.conversations = engine::count_of(conversation.id.number) - 1;
    const auto known = began.find(engine::to_string(conversation.id));
    if (known != began.end()) {
      recorded.contact.fields = known->second.fields;
      recorded.contact.consent = known->second.consent;
    } else if (recorded.contact.consent == engine::Consent::opted_out) {
      recorded.contact.consent = engine::Consent::unknown;  // it was not then, or nothing could have begun
    }
    visit(recorded);
    return true;
  });
}

}  // namespace answerback::server
