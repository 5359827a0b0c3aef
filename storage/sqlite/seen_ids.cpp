#include "storage/sqlite/seen_ids.hpp"

#include <algorithm>

namespace answerback::storage {

namespace {

// The index has the ids of all messages up to this row.
constexpr const char* marker = "SELECT value FROM facts WHERE name = 'seen_indexed'";

std::string bytes_of(const DedupKey& key) { return {key.begin(), key.end()}; }

}  // namespace

SeenIds::SeenIds(Connection& db, std::size_t at_once) : db_(db), at_once_(at_once) {
  read_unindexed();
}

void SeenIds::read_unindexed() {
  const auto indexed = db_.integer(marker);
  Query query(db_["SELECT seen_key, row FROM messages WHERE row > ?1 AND seen_key IS NOT NULL"]);
  query.bind(indexed);
  while (query.step()) {
    const auto bytes = query.blob(0);
    DedupKey key{};
    if (bytes.size() != key.size()) throw StoreError("a message's id is damaged");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    young_.emplace(key, query.integer(1));
  }
}

std::vector<std::optional<std::int64_t>> SeenIds::find(std::span<const DedupKey> keys) {
  absent_.clear();
  std::vector<std::optional<std::int64_t>> rows;
  rows.reserve(keys.size());
  for (const auto& key : keys) {
    auto row = find_held(key);
    if (!row) row = find_indexed(key);
    if (!row) absent_.insert(key);
    rows.push_back(row);
  }
  return rows;
}

std::optional<std::int64_t> SeenIds::find_held(const DedupKey& key) const {
  for (const auto* ids : {&fresh_, &young_, &old_}) {
    if (const auto it = ids->find(key); it != ids->end()) return it->second;
  }
  return std::nullopt;
}

std::optional<std::int64_t> SeenIds::find_indexed(const DedupKey& key) {
  const auto bytes = bytes_of(key);
  Query query(db_["SELECT message FROM seen WHERE key = ?1"]);
  query.bind(Blob{bytes});
  return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

void SeenIds::add(const DedupKey& key, std::int64_t message) {
  const bool known = find_held(key) || (absent_.count(key) == 0 && find_indexed(key));
  if (known) throw Contradiction("a message comes for the second time");
  fresh_.emplace(key, message);
}

// Some may be there already: the process ended before it was through with all that it held then.
void SeenIds::index_some() {
  if (next_ == order_.size()) return;
  for (auto left = fresh_.size(); left > 0 && reached_ != order_.size(); --left, ++reached_) {
    const auto bytes = bytes_of(order_[reached_].first);
    Query(db_["INSERT OR IGNORE INTO seen(key, message) VALUES (?1, ?2)"]).bind(Blob{bytes}, order_[reached_].second).run();
  }
  if (reached_ == order_.size()) move_marker();
}

void SeenIds::move_marker() {
  const auto last = std::max_element(order_.begin(), order_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  Query(db_["UPDATE facts SET value = ?1 WHERE name = 'seen_indexed'"]).bind(last->second).run();
}

void SeenIds::committed() {
  young_.merge(fresh_);
  fresh_.clear();
  next_ = reached_;
  if (next_ != order_.size() || young_.size() < at_once_) return;
  old_.clear();
  old_.swap(young_);
  order_.assign(old_.begin(), old_.end());
  std::sort(order_.begin(), order_.end());
  next_ = reached_ = 0;
}

void SeenIds::rolled_back() {
  fresh_.clear();
  reached_ = next_;
}

}  // namespace answerback::storage
