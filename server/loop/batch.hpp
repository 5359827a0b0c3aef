// One batch on its way to one commit: what was loaded, with what the batch's earlier stimuli already changed laid over it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "server/loop/turns.hpp"

namespace answerback::server {

class Turns::Batch {
 public:
  Batch(Turns& turns, std::span<const Job> jobs);

  // Decides one job; its commit is kept for later when there is something to store.
  Handled handle(Job& job, std::size_t index);
  // Once the commits are on disk and nobody needs them any more: hands each decision to its job.
  void give_back(std::span<Handled> handled);

  std::vector<storage::Commit> commits;
  std::vector<engine::ContactKey> opted_out;
  Result result;

 private:
  struct Live {
    engine::Contact contact;
    bool is_new = false;
    const engine::Conversation* active = nullptr;  // in loaded_ or in commits
  };

  Live* live(std::size_t index);
  void adopt(const storage::ContactState& state);
  std::optional<engine::MessageId> duplicate(const Job& job, std::size_t index) const;
  engine::Situation situation(const Live& live, const engine::Stimulus& stimulus);
  void look_up(engine::Situation& situation, const engine::MessageId& message, std::optional<engine::CampaignKey> campaign);
  std::optional<engine::Conversation> conversation(const engine::ConversationId& id);
  std::optional<engine::CampaignEntry> entry(engine::CampaignKey campaign, engine::ContactKey contact);
  void heed_opt_out(Live& live, const Job& job);
  engine::Decision decide(Live& live, const engine::Stimulus& stimulus, engine::Instant now);
  void apply(Live& live, const engine::Decision& decision);
  void send(Live& live, storage::Commit& commit, const std::string& answered_by);
  void hand_over(Live& live, storage::Commit& commit, engine::Message& message);
  bool is_taken(const std::string& external_id, engine::ContactKey by);
  bool holds(engine::ContactKey contact, const std::string& external_id) const;
  std::vector<engine::Message> newest_texts(const engine::ConversationId& id, const storage::Commit& commit) const;
  std::optional<engine::Conversation> last_conversation(engine::ContactKey contact) const;
  void complete(engine::Event& event, const storage::Commit& commit) const;
  void fan_out(storage::Commit& commit);
  void refresh(Job& job) const;
  void keep(storage::Commit commit, std::size_t owner);
  storage::Commit requeue(Live& live, const Job& job) const;

  Turns& turns_;
  engine::EventWishes wishes_;
  std::vector<std::optional<storage::ContactState>> loaded_;
  std::vector<std::optional<engine::MessageId>> seen_;
  std::vector<std::size_t> seen_index_;  // job -> index into seen_
  std::unordered_map<std::int64_t, Live> contacts_;
  std::vector<std::size_t> owners_;      // commit -> job, or none
  std::map<engine::ConversationId, const engine::Conversation*> conversations_;  // changed by this batch; in commits
  std::map<std::pair<std::int64_t, std::int64_t>, engine::CampaignEntry> entries_;
  std::map<storage::DedupKey, engine::MessageId> new_seen_;
  std::map<std::string, engine::ContactKey> external_ids_;  // given by this batch
};

}  // namespace answerback::server
