// What a batch looks up for what it decides and tells: in the store, and in what the batch has decided before.
#include <algorithm>

#include "server/loop/batch.hpp"

namespace answerback::server {

namespace {

// So many of a conversation's texts go with the event that it bailed.
constexpr std::size_t max_transcript_texts = 50;

void append_texts_of(const engine::ConversationId& id, const storage::Commit& commit, std::vector<engine::Message>& texts) {
  for (const auto& message : commit.decision.messages) {
    if (message.id.contact == id.contact && message.id.conversation == id.number) texts.push_back(message);
  }
}

bool is_about_consent(const engine::Event& event) {
  return event.type == engine::Event::Type::contact_opted_in || event.type == engine::Event::Type::contact_opted_out;
}

}  // namespace

bool Turns::Batch::holds(engine::ContactKey contact, const std::string& external_id) const {
  const auto known = contacts_.find(contact.value);
  return known == contacts_.end() || known->second.contact.external_id == external_id;
}

bool Turns::Batch::is_taken(const std::string& external_id, engine::ContactKey by) {
  if (external_id.empty()) return false;
  const auto given = external_ids_.find(external_id);
  if (given != external_ids_.end() && holds(given->second, external_id)) return given->second != by;
  const auto owner = turns_.store_.external_id_owner(external_id);
  return owner && *owner != by && holds(*owner, external_id);
}

std::vector<engine::Message> Turns::Batch::newest_texts(const engine::ConversationId& id, const storage::Commit& commit) const {
  auto texts = turns_.store_.newest_messages(id, max_transcript_texts);
  for (const auto& earlier : commits) append_texts_of(id, earlier, texts);
  append_texts_of(id, commit, texts);
  if (texts.size() > max_transcript_texts) texts.erase(texts.begin(), texts.end() - static_cast<std::ptrdiff_t>(max_transcript_texts));
  return texts;
}

std::optional<engine::Conversation> Turns::Batch::last_conversation(engine::ContactKey contact) const {
  const engine::Conversation* last = nullptr;
  for (auto it = conversations_.lower_bound({contact, 0}); it != conversations_.end() && it->first.contact == contact; ++it) {
    if (last == nullptr || it->second->started_at >= last->started_at) last = it->second;
  }
  return last != nullptr ? std::optional(*last) : turns_.store_.last_conversation(contact);
}

// Who has opted out or in outside any conversation did so after the last one, if there was one.
void Turns::Batch::complete(engine::Event& event, const storage::Commit& commit) const {
  if (event.type == engine::Event::Type::conversation_bailed && event.conversation) event.transcript = newest_texts(event.conversation->id, commit);
  if (!is_about_consent(event) || event.conversation || event.contact.conversations == 0) return;
  event.conversation = last_conversation(event.contact.key);
  if (!event.conversation) return;
  event.campaign = event.conversation->campaign;
  auto reached = std::move(event.our_number);
  engine::describe(event, turns_.flows_, turns_.settings_);
  if (!reached.empty()) event.our_number = std::move(reached);
}

}  // namespace answerback::server
