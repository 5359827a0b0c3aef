#include "tests/storage/conformance/support.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "storage/memory_store.hpp"
#include "storage/sqlite_store.hpp"

namespace answerback::storage::test {

namespace {

std::unique_ptr<Store> make(StoreKind kind, const std::string& folder) {
  switch (kind) {
    case StoreKind::memory: return make_memory_store();
    case StoreKind::sqlite: return open_sqlite_store({folder, 4u << 20, false});
  }
  throw std::logic_error("no such store");
}

constexpr std::int64_t silence_seconds = 3600;

}  // namespace

std::string file_of(const TemporaryFolder& folder) { return folder.path() + "/answerback.db"; }

Opened::Opened(StoreKind kind) : store_(make(kind, folder_.path())) {}

Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(1'800'000'000 + seconds)); }

Person::Person(Store& store, std::string phone) {
  const Address address = ByPhone{std::move(phone)};
  const auto state = store.load(std::span(&address, 1)).front();
  contact = state->contact;
  active = state->active;
}

Commit Person::changed(std::int64_t seconds) {
  Commit commit;
  commit.at = at(seconds);
  commit.decision.contact_changed = true;
  return commit;
}

void Person::add_message(Commit& commit, engine::Direction direction, const std::string& text) {
  const bool in = direction == engine::Direction::in;
  engine::Message message;
  message.direction = direction;
  message.at = commit.at;
  message.text = text;
  message.from = in ? contact.phone : "+15550001111";
  message.to = in ? "+15550001111" : contact.phone;
  message.carrier = "http";
  message.status = in ? engine::MessageStatus::received : engine::MessageStatus::sent;
  message.id = active ? engine::MessageId{contact.key, active->id.number, active->messages() + 1}
                      : engine::MessageId{contact.key, 0, contact.loose_messages + 1};
  if (!active) {
    ++contact.loose_messages;
  } else if (in) {
    ++active->messages_in;
  } else {
    ++active->messages_out;
  }
  commit.decision.messages.push_back(message);
}

void Person::add_event(Commit& commit, const std::string& type, bool urgent) {
  webhooks::RenderedEvent event;
  event.contact = contact.key;
  event.sequence = ++contact.sequence;
  event.id = engine::to_string(engine::EventId{contact.key, contact.sequence});
  event.type = type;
  event.at = commit.at;
  event.urgent = urgent;
  const auto conversation = contact.conversations == 0 ? "null" : fmt::format(R"({{"id":"{}"}})", engine::to_string(this->conversation()));
  event.body = fmt::format(R"({{"id":"{}","data":{{"phone":"{}","conversation":{}}}}})", event.id, contact.phone, conversation);
  commit.events.push_back(event);
}

Commit Person::begin(std::int64_t seconds) {
  auto commit = changed(seconds);
  commit.decision.is_new = contact.conversations == 0;
  if (contact.created_at == Instant{}) contact.created_at = commit.at;
  contact.active = ++contact.conversations;
  engine::Conversation conversation;
  conversation.id = {contact.key, contact.conversations};
  conversation.flow = "roof-estimate";
  conversation.revision = 1;
  conversation.life = engine::Life::waiting;
  conversation.step = "service";
  conversation.turn = 1;
  conversation.trigger = {engine::Trigger::Kind::keyword, "ROOF"};
  conversation.started_at = commit.at;
  conversation.due_at = at(seconds + silence_seconds);
  conversation.open = engine::OpenQuestion{"What do you need?", commit.at, commit.at, 0, 0};
  active = conversation;
  add_message(commit, engine::Direction::in, "ROOF");
  add_message(commit, engine::Direction::out, "What do you need?");
  add_event(commit, "conversation.started");
  commit.decision.contact = contact;
  commit.decision.conversations = {*active};
  return commit;
}

Commit Person::turn(std::int64_t seconds, const std::string& text) {
  auto commit = changed(seconds);
  commit.decision.contact_changed = false;
  add_message(commit, engine::Direction::in, text);
  add_message(commit, engine::Direction::out, "And then?");
  if (active) {
    ++active->turn;
    active->due_at = at(seconds + silence_seconds);
    flows::assign(active->answers, "service", text);
    active->interactions.push_back({"service", "service", "What do you need?", text, text, 1, commit.at, commit.at});
    commit.decision.conversations = {*active};
  }
  commit.decision.contact_changed = !active;
  commit.decision.contact = contact;
  return commit;
}

Commit Person::end(std::int64_t seconds, engine::Life life, const std::string& reason) {
  auto commit = changed(seconds);
  active->life = life;
  active->reason = reason;
  active->step.clear();
  active->open.reset();
  active->due_at.reset();
  active->ended_at = commit.at;
  contact.active = 0;
  add_event(commit, "conversation." + std::string(engine::to_string(life)));
  commit.decision.conversations = {*active};
  commit.decision.contact = contact;
  active.reset();
  return commit;
}

Commit Person::text(std::int64_t seconds, const std::string& text) {
  auto commit = changed(seconds);
  if (contact.created_at == Instant{}) contact.created_at = commit.at;
  add_message(commit, engine::Direction::out, text);
  auto& message = commit.decision.messages.back();
  message.status = engine::MessageStatus::queued;
  commit.outgoing.push_back({message.id, std::nullopt});
  commit.decision.contact = contact;
  if (active) commit.decision.conversations = {*active};
  return commit;
}

Commit Person::opt_out(std::int64_t seconds) {
  auto commit = changed(seconds);
  contact.consent = engine::Consent::opted_out;
  add_event(commit, "contact.opted_out", true);
  engine::LedgerRow row;
  row.contact = contact.key;
  row.at = commit.at;
  row.status = engine::Consent::opted_out;
  row.keyword = "stop";
  row.text = "Stop it, says Ana";
  commit.decision.ledger = {row};
  commit.decision.cancel_queued = true;
  commit.decision.contact = contact;
  return commit;
}

void commit(Store& store, const Commit& commit) { store.commit(std::span(&commit, 1)); }

DedupKey provider_key(const std::string& id) { return dedup_key("twilio", id); }

webhooks::Endpoint an_endpoint(const std::string& url) {
  webhooks::Endpoint endpoint;
  endpoint.url = url;
  endpoint.events = {"conversation.*", "contact.opted_out"};
  endpoint.description = "the CRM";
  endpoint.headers = {{"x-team", "roofs"}};
  endpoint.secrets = {webhooks::Secret::random(), {webhooks::Secret::random(), at(100)}, {webhooks::Secret::random(), at(90)}};
  endpoint.created_at = at(0);
  return endpoint;
}

Commit with_deliveries(Commit commit, webhooks::EndpointKey endpoint) {
  for (std::size_t i = 0; i < commit.events.size(); ++i) commit.deliveries.push_back({endpoint, i});
  return commit;
}

}  // namespace answerback::storage::test
