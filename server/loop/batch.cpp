#include "server/loop/batch.hpp"

#include <algorithm>
#include <limits>

namespace answerback::server {

namespace {

constexpr auto none = std::numeric_limits<std::size_t>::max();

void append(std::vector<engine::Event>& to, std::vector<engine::Event>& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

bool worth_storing(const engine::Decision& decision) {
  return decision.contact_changed || !decision.conversations.empty() || !decision.messages.empty() || decision.entry ||
         decision.message_change || decision.cancel_queued;
}

bool opts_out(const engine::Decision& decision) {
  return std::any_of(decision.ledger.begin(), decision.ledger.end(),
                     [](const auto& row) { return row.status == engine::Consent::opted_out; });
}

}  // namespace

Turns::Batch::Batch(Turns& turns, std::span<const Job> jobs) : turns_(turns) {
  const auto& subscriptions = turns.subscriptions_;
  wishes_ = {subscriptions.anyone_wants("message.received"), subscriptions.anyone_wants("message.sent"),
             subscriptions.anyone_wants("message.delivered"), subscriptions.anyone_wants("message.failed")};
  std::vector<storage::Address> addresses;
  std::vector<storage::DedupKey> keys;
  addresses.reserve(jobs.size());
  for (const auto& job : jobs) {
    addresses.push_back(job.address);
    seen_index_.push_back(job.dedup ? keys.size() : none);
    if (job.dedup) keys.push_back(*job.dedup);
  }
  loaded_ = turns.store_.load(addresses);
  seen_ = turns.store_.seen(keys);
  for (const auto& state : loaded_) {
    if (state) adopt(*state);
  }
  commits.reserve(jobs.size());  // at most one each: what is in them stays where it is
}

void Turns::Batch::adopt(const storage::ContactState& state) {
  const auto* active = state.active ? &*state.active : nullptr;
  const auto [it, fresh] = contacts_.try_emplace(state.contact.key.value, Live{state.contact, state.is_new, active});
  if (!fresh || !state.is_new || !turns_.routing_.phone_hash) return;
  // An erased contact's opt-out outlives it: whoever comes back under that number is still opted out.
  if (turns_.store_.is_suppressed(turns_.routing_.phone_hash(state.contact.phone))) it->second.contact.consent = engine::Consent::opted_out;
}

Turns::Batch::Live* Turns::Batch::live(std::size_t index) {
  if (!loaded_[index]) return nullptr;
  const auto it = contacts_.find(loaded_[index]->contact.key.value);
  return it == contacts_.end() ? nullptr : &it->second;
}

std::optional<engine::MessageId> Turns::Batch::duplicate(const Job& job, std::size_t index) const {
  if (!job.dedup) return std::nullopt;
  if (const auto& stored = seen_[seen_index_[index]]) return stored;
  const auto it = new_seen_.find(*job.dedup);
  return it == new_seen_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<engine::Conversation> Turns::Batch::conversation(const engine::ConversationId& id) {
  const auto it = conversations_.find(id);
  return it != conversations_.end() ? std::optional(*it->second) : turns_.store_.conversation(id);
}

std::optional<engine::CampaignEntry> Turns::Batch::entry(engine::CampaignKey campaign, engine::ContactKey contact) {
  const auto it = entries_.find({campaign.value, contact.value});
  return it != entries_.end() ? it->second : turns_.store_.campaign_entry(campaign, contact);
}

void Turns::Batch::look_up(engine::Situation& situation, const engine::MessageId& message,
                           std::optional<engine::CampaignKey> campaign) {
  const bool in_active = situation.active && situation.active->id.number == message.conversation;
  if (message.conversation != 0 && !in_active) situation.subject = conversation({message.contact, message.conversation});
  if (campaign) situation.entry = entry(*campaign, message.contact);
}

engine::Situation Turns::Batch::situation(const Live& live, const engine::Stimulus& stimulus) {
  engine::Situation found;
  found.contact = live.contact;
  found.is_new = live.is_new;
  found.origin = turns_.origin_;
  if (live.active) found.active = *live.active;
  if (turns_.routing_.clock) found.clock = turns_.routing_.clock(live.contact);
  if (const auto* end = std::get_if<engine::OperatorEnd>(&stimulus)) {
    if (!live.active || live.active->id != end->conversation) found.addressed = conversation(end->conversation);
  } else if (const auto* start = std::get_if<engine::Start>(&stimulus)) {
    if (start->campaign) found.entry = entry(start->campaign->key, live.contact.key);
    found.external_id_taken = is_taken(start->references.external_id.value_or(""), live.contact.key);
  } else if (const auto* upsert = std::get_if<engine::UpsertContact>(&stimulus)) {
    found.external_id_taken = is_taken(upsert->references.external_id.value_or(""), live.contact.key);
  } else if (const auto* handover = std::get_if<engine::Handover>(&stimulus)) {
    look_up(found, handover->message.id, handover->message.campaign);
  } else if (const auto* receipt = std::get_if<engine::Receipt>(&stimulus)) {
    look_up(found, receipt->message.id, receipt->message.campaign);
  }
  return found;
}

engine::Decision Turns::Batch::decide(Live& live, const engine::Stimulus& stimulus, engine::Instant now) {
  auto decision = engine::decide(situation(live, stimulus), stimulus, turns_.flows_, turns_.settings_, wishes_, now);
  apply(live, decision);
  return decision;
}

// What later stimuli of the batch see is the decision's own conversation: it must stay where it is.
void Turns::Batch::apply(Live& live, const engine::Decision& decision) {
  if (decision.contact_changed) {
    live.contact = decision.contact;
    live.is_new = false;
  }
  for (const auto& changed : decision.conversations) {
    conversations_.insert_or_assign(changed.id, &changed);
    if (!changed.is_over()) {
      live.active = &changed;
    } else if (live.active && live.active->id == changed.id) {
      live.active = nullptr;
    }
  }
  if (decision.entry) entries_.insert_or_assign({decision.entry->campaign.value, decision.entry->contact.value}, *decision.entry);
  if (opts_out(decision)) opted_out.push_back(decision.contact.key);
  if (decision.references_changed && !decision.contact.external_id.empty()) external_ids_.insert_or_assign(decision.contact.external_id, decision.contact.key);
}

// The carrier has the text already (it is stored only, or rides in the answer): settled in the same commit, by the same rules.
void Turns::Batch::hand_over(Live& live, storage::Commit& commit, engine::Message& message) {
  if (!message.campaign && !wishes_.message_sent) {
    message.status = engine::MessageStatus::sent;
    return;
  }
  auto settled = decide(live, engine::Handover{message, engine::Handover::Result::accepted, "", ""}, commit.at);
  message.status = engine::MessageStatus::sent;
  append(commit.decision.events, settled.events);
  if (settled.contact_changed) {
    commit.decision.contact = settled.contact;
    commit.decision.contact_changed = true;
    commit.decision.only_pace_changed = false;
  }
  if (settled.entry) commit.decision.entry = settled.entry;
}

void Turns::Batch::send(Live& live, storage::Commit& commit, const std::string& answered_by) {
  for (auto& message : commit.decision.messages) {
    if (message.direction != engine::Direction::out) continue;
    const auto routed = turns_.routing_.carrier ? turns_.routing_.carrier(message.from) : std::string(stored_only_carrier);
    message.carrier = answered_by.empty() ? routed : answered_by;
    if (!answered_by.empty() || message.carrier == stored_only_carrier) {
      hand_over(live, commit, message);
    } else {
      commit.outgoing.push_back({message.id, std::nullopt});
      result.sends_with_work = true;
    }
  }
}

void Turns::Batch::fan_out(storage::Commit& commit) {
  const auto name = [this](engine::CampaignKey key) { return turns_.campaign_name(key); };
  for (auto& event : commit.decision.events) {
    complete(event, commit);
    commit.events.push_back(webhooks::render(event, name));
    for (const auto endpoint : turns_.subscriptions_.wanting(commit.events.back())) {
      commit.deliveries.push_back({endpoint, commit.events.size() - 1});
      result.endpoints_with_work.push_back(endpoint);
    }
  }
}

// A receipt may have overtaken the answer to the hand-over: what is stored now counts, not what was leased.
void Turns::Batch::refresh(Job& job) const {
  auto* handover = std::get_if<engine::Handover>(&job.stimulus);
  if (!handover) return;
  if (auto stored = turns_.store_.message(handover->message.id)) handover->message = std::move(*stored);
}

storage::Commit Turns::Batch::requeue(Live& live, const Job& job) const {
  const auto& handover = std::get<engine::Handover>(job.stimulus);
  storage::Commit commit;
  commit.decision.contact = live.contact;
  commit.decision.message_change = {handover.message.id, engine::MessageStatus::queued, "", handover.error};
  commit.send_retry_at = job.retry_at;
  commit.at = job.at;
  return commit;
}

// Whose text it is that came under another number's id is in doubt, and in doubt the opt-out stands: one that a contact sent so is kept,
// and nothing else of it. Nobody is answered: the caller hears of the clash.
void Turns::Batch::heed_opt_out(Live& live, const Job& job) {
  auto text = std::get<engine::Inbound>(job.stimulus);
  text.carrier_replied = true;
  storage::Commit commit;
  commit.at = job.at;
  commit.decision = engine::decide(situation(live, text), text, turns_.flows_, turns_.settings_, wishes_, job.at);
  if (!opts_out(commit.decision)) return;
  apply(live, commit.decision);
  fan_out(commit);
  keep(std::move(commit), none);
}

Handled Turns::Batch::handle(Job& job, std::size_t index) {
  Handled handled;
  auto* who = live(index);
  handled.known_contact = who != nullptr;
  handled.duplicate_of = duplicate(job, index);
  if (who && handled.duplicate_of && handled.duplicate_of->contact != who->contact.key) {
    handled.duplicate_of.reset();
    handled.clash = true;
    heed_opt_out(*who, job);
  }
  if (!who || handled.duplicate_of || handled.clash) return handled;
  if (job.retry_at) {
    keep(requeue(*who, job), none);
    return handled;
  }
  refresh(job);
  storage::Commit commit;
  commit.at = job.at;
  commit.decision = decide(*who, job.stimulus, job.at);
  send(*who, commit, job.answered_by);
  fan_out(commit);
  if (job.dedup && !commit.decision.messages.empty()) {
    commit.seen = job.dedup;
    new_seen_.emplace(*job.dedup, commit.decision.messages.front().id);
  }
  commit.settled_call = job.settles;
  if (!commit.decision.calls.empty()) result.calls_with_work = true;
  if (job.remember) {
    handled.decision = commit.decision;
    commit.idempotency = job.remember(handled);
  }
  if (worth_storing(commit.decision) || commit.idempotency || commit.settled_call) {
    keep(std::move(commit), index);
  } else {
    handled.decision = std::move(commit.decision);
  }
  return handled;
}

void Turns::Batch::keep(storage::Commit commit, std::size_t owner) {
  commits.push_back(std::move(commit));
  owners_.push_back(owner);
}

void Turns::Batch::give_back(std::span<Handled> handled) {
  for (std::size_t i = 0; i < commits.size(); ++i) {
    if (owners_[i] != none) handled[owners_[i]].decision = std::move(commits[i].decision);
  }
}

}  // namespace answerback::server
