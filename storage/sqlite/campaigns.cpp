// Campaigns and their entries.
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

CampaignRecord read_campaign(const Query& row) {
  CampaignRecord record;
  record.campaign = {{row.integer(0)}, row.text(1), row.text(2), row.text(3)};
  record.state = row.text(4);
  record.created_at = row.instant(5);
  return record;
}

std::uint64_t& counter(CampaignRecord& record, engine::EntryState state) {
  switch (state) {
    case engine::EntryState::waiting: return record.waiting;
    case engine::EntryState::started: return record.started;
    case engine::EntryState::entered: return record.entered;
    case engine::EntryState::skipped_opted_out: return record.skipped_opted_out;
    case engine::EntryState::skipped_active: return record.skipped_active;
    case engine::EntryState::failed: return record.failed;
  }
  throw StoreError("a campaign entry is damaged");
}

void count_entries(Connection& db, CampaignRecord& record) {
  Query query(db["SELECT state, count(*) FROM campaign_entries WHERE campaign = ?1 GROUP BY state"]);
  query.bind(record.campaign.key.value);
  while (query.step())
    counter(record, in_doubt(query, 0, engine::EntryState::failed, engine::EntryState::failed)) += static_cast<std::uint64_t>(query.integer(1));
}

}  // namespace

engine::CampaignKey SqliteStore::add_campaign(const engine::Campaign& campaign, Instant at) {
  Writing writing(*this);
  Query((*writer_)["INSERT INTO campaigns(key, name, flow, sender, state, created_at) VALUES ("
                    "max(?5, (SELECT coalesce(max(key), 0) + 1 FROM campaigns)), ?1, ?2, ?3, 'draft', ?4)"])
      .bind(campaign.name, campaign.flow, campaign.sender, at, engine::key_after(0, identity_.origin))
      .run();
  const engine::CampaignKey key{writer_->last_row()};
  writing.commit();
  return key;
}

bool SqliteStore::set_campaign_state(engine::CampaignKey key, const std::string& state) {
  Writing writing(*this);
  const auto changed = Query((*writer_)["UPDATE campaigns SET state = ?2 WHERE key = ?1"]).bind(key.value, state).run();
  writing.commit();
  return changed != 0;
}

std::size_t SqliteStore::add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) {
  std::size_t added = 0;
  Writing writing(*this);
  for (const auto contact : contacts) {
    added += static_cast<std::size_t>(
        Query((*writer_)["INSERT INTO campaign_entries(campaign, contact, state) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING"])
            .bind(key.value, contact.value)
            .run());
  }
  writing.commit();
  return added;
}

std::vector<engine::ContactKey> SqliteStore::waiting_entries(engine::CampaignKey key, std::size_t limit) {
  Query query((*writer_)["SELECT contact FROM campaign_entries WHERE campaign = ?1 AND state = 0 ORDER BY contact LIMIT ?2"]);
  query.bind(key.value, limit);
  std::vector<engine::ContactKey> contacts;
  while (query.step()) contacts.push_back({query.integer(0)});
  return contacts;
}

std::vector<CampaignRecord> SqliteStore::campaigns() {
  Reading reading(*this);
  std::vector<CampaignRecord> records;
  Query query(reading.db["SELECT key, name, flow, sender, state, created_at FROM campaigns ORDER BY key"]);
  while (query.step()) records.push_back(read_campaign(query));
  for (auto& record : records) count_entries(reading.db, record);
  return records;
}

std::optional<CampaignRecord> SqliteStore::find_campaign(engine::CampaignKey key) {
  Reading reading(*this);
  Query query(reading.db["SELECT key, name, flow, sender, state, created_at FROM campaigns WHERE key = ?1"]);
  query.bind(key.value);
  if (!query.step()) return std::nullopt;
  auto record = read_campaign(query);
  count_entries(reading.db, record);
  return record;
}

}  // namespace answerback::storage
