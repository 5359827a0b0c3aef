#include "server/rehearsal/rehearsal.hpp"

#include <algorithm>

#include "flows/text/text.hpp"
#include "server/config/zone.hpp"
#include "storage/memory_store.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_timers_per_wait = 10'000;
constexpr std::size_t max_timers_of_an_instant = 16;

}  // namespace

struct Rehearsal::Impl {
  Impl(flows::FlowPtr flow_, engine::Values fields_, engine::Instant at, RehearsalOptions options)
      : flow(std::move(flow_)),
        fields(std::move(fields_)),
        clock(at),
        zones(options.zone, at),
        store(storage::make_memory_store()),
        turns(*store, settings_of(options), routing()),
        phone(options.contact ? options.contact->phone : options.phone) {
    for (auto& other : options.others) turns.flows().publish(std::move(other), 1);
    turns.flows().publish(flow, options.revision);
    if (options.contact) seed(*options.contact);
    turns.on_commit = [this](const std::vector<storage::Commit>& commits) {
      for (const auto& commit : commits) listen(commit);
    };
  }

  engine::Settings settings_of(const RehearsalOptions& options) const {
    auto settings = options.settings;
    if (!settings.office_clock) settings.office_clock = zones.by_default();
    return settings;
  }

  Routing routing() {
    Routing made;
    made.clock = [this](const engine::Contact& contact) { return zones.of(contact); };
    return made;
  }

  void seed(const engine::Contact& contact) {
    storage::Commit commit;
    commit.decision.contact = contact;
    commit.decision.contact_changed = commit.decision.is_new = true;
    commit.at = clock.now();
    store->commit({&commit, 1});
  }

  void listen(const storage::Commit& commit) {
    for (const auto& message : commit.decision.messages) {
      if (message.direction == engine::Direction::out) heard.texts.push_back(message.text);
    }
    heard.calls.insert(heard.calls.end(), commit.decision.calls.begin(), commit.decision.calls.end());
    if (!commit.decision.calls.empty()) last_call = commit.decision.calls.back();
    for (const auto& [name, passage] : commit.decision.inner_passages) inner[name].push_back(passage);
    heard.events.insert(heard.events.end(), commit.events.begin(), commit.events.end());
    for (const auto& event : commit.decision.events) heard.why += event.detail;
    for (const auto& conversation : commit.decision.conversations) {
      latest = conversation.id;
      conversations.insert_or_assign(conversation.id, conversation);
      if (conversation.is_over()) heard.ended = conversation;
    }
  }

  Heard happen(engine::Stimulus stimulus, std::optional<webhooks::CallKey> settles = std::nullopt) {
    std::vector<Job> jobs(1);
    jobs[0].address = storage::ByPhone{phone};
    jobs[0].stimulus = std::move(stimulus);
    jobs[0].at = clock.now();
    jobs[0].settles = settles;
    jobs[0].done = [this](const Handled& handled) { heard.refusal = handled.decision.refusal; };
    heard = {};
    turns.process(jobs);
    return std::exchange(heard, {});
  }

  // The contact exists with its fields before the first text.
  void introduce() {
    if (introduced) return;
    introduced = true;
    if (!fields.empty()) happen(engine::UpsertContact{fields});
  }

  flows::FlowPtr flow;
  engine::Values fields;
  mutable VirtualClock clock;
  Zones zones;
  std::unique_ptr<storage::Store> store;
  Turns turns;
  std::string phone;
  Heard heard;
  std::optional<engine::ConversationId> latest;
  std::optional<engine::CallRequest> last_call;
  std::map<engine::ConversationId, engine::Conversation> conversations;
  std::map<std::string, std::vector<flows::Passage>> inner;
  bool introduced = false;
};

Rehearsal::Rehearsal(flows::FlowPtr flow, engine::Values contact_fields, engine::Instant at, RehearsalOptions options)
    : impl_(std::make_unique<Impl>(std::move(flow), std::move(contact_fields), at, std::move(options))) {}

Rehearsal::~Rehearsal() = default;

Heard Rehearsal::start(const std::string& sender) {
  impl_->introduce();
  engine::Start start;
  start.flow = impl_->flow->name;
  start.sender = sender;
  return impl_->happen(std::move(start));
}

Heard Rehearsal::receive(engine::Inbound inbound) {
  impl_->introduce();
  inbound.carrier = stored_only_carrier;
  inbound.from = impl_->phone;
  inbound.received_at = impl_->clock.now();
  return impl_->happen(std::move(inbound));
}

Heard Rehearsal::say(const std::string& text, std::vector<std::string> media) {
  engine::Inbound inbound;
  inbound.text = flows::clean_utf8(text);
  inbound.media = std::move(media);
  return receive(std::move(inbound));
}

Heard Rehearsal::wait(flows::Duration duration) {
  const auto until = impl_->clock.now() + duration;
  impl_->heard = {};
  for (std::size_t i = 0; i < max_timers_per_wait; ++i) {
    const auto next = impl_->store->next_timer();
    if (!next || *next > until) break;
    impl_->clock.move_to(std::max(impl_->clock.now(), *next));
    auto jobs = impl_->turns.due_timers(impl_->clock.now(), max_timers_of_an_instant);
    impl_->turns.process(jobs);
  }
  impl_->clock.move_to(until);
  return std::exchange(impl_->heard, {});
}

Heard Rehearsal::answer(const engine::CallRequest& call, int status, const std::string& body) {
  return impl_->happen(webhooks::read_call_answer(call, status, body).answer, webhooks::key_of(call));
}

std::optional<engine::CallRequest> Rehearsal::pending_call() const {
  const auto current = conversation();
  const auto& call = impl_->last_call;
  const bool waits = call && current && current->id == call->conversation && current->open && current->open->awaited == engine::Awaited::call &&
                     current->open->made_in == call->turn;
  return waits ? call : std::nullopt;
}

engine::Instant Rehearsal::now() const { return impl_->clock.now(); }

std::optional<engine::Conversation> Rehearsal::conversation() const {
  return impl_->latest ? impl_->store->conversation(*impl_->latest) : std::nullopt;
}

Heard Rehearsal::end(engine::Outcome outcome, const std::string& reason) {
  const auto current = conversation();
  return current ? impl_->happen(engine::OperatorEnd{current->id, outcome, reason}) : Heard{};
}

std::optional<engine::Contact> Rehearsal::contact() const { return impl_->store->find_contact(impl_->phone); }

const std::map<engine::ConversationId, engine::Conversation>& Rehearsal::conversations() const { return impl_->conversations; }

const std::map<std::string, std::vector<flows::Passage>>& Rehearsal::inner_passages() const { return impl_->inner; }

std::vector<std::string> Rehearsal::passed() const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const auto& [id, conversation] : impl_->conversations) {
    if (conversation.flow != impl_->flow->name) continue;
    for (const auto& passage : conversation.trail) add(impl_->flow->steps[passage.step].name);
    add(conversation.inside.empty() ? conversation.step : conversation.inside.front().step);
  }
  return names;
}

}  // namespace answerback::server
