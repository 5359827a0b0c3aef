// The ids under which carriers' messages came, for knowing them again. A new one is stored beside its message, at the end of
// that table, and held in memory; from there ids go into the index in the order of their keys, as many with each commit as
// came with it. So a commit touches a few pages of the index and not one for every text, and the index still has them all.
#pragma once

#include <cstring>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

class SeenIds {
 public:
  // `at_once`: so many ids are put in order before they go into the index; twice as many are held in memory at most.
  explicit SeenIds(Connection& db, std::size_t at_once = 65'536);

  // The rows of the messages that came under these ids.
  std::vector<std::optional<std::int64_t>> find(std::span<const DedupKey> keys);

  // Inside a transaction, when the message is stored with its id. Throws StoreError when the id is known already.
  void add(const DedupKey& key, std::int64_t message);
  // At the end of that transaction: moves ids into the index.
  void index_some();
  // What became of it.
  void committed();
  void rolled_back();

 private:
  // The keys are the beginnings of SHA-256 sums: any part of one is as good as a hash.
  struct Hash {
    std::size_t operator()(const DedupKey& key) const {
      std::size_t part = 0;
      std::memcpy(&part, key.data(), sizeof part);
      return part;
    }
  };
  using Ids = std::unordered_map<DedupKey, std::int64_t, Hash>;

  void read_unindexed();
  std::optional<std::int64_t> find_held(const DedupKey& key) const;
  std::optional<std::int64_t> find_indexed(const DedupKey& key);
  void move_marker();

  Connection& db_;
  std::size_t at_once_;
  Ids fresh_;                 // of the open transaction
  Ids young_;                 // wait until they are enough
  Ids old_;                   // on their way into the index
  std::vector<std::pair<DedupKey, std::int64_t>> order_;  // the same by their keys
  std::size_t next_ = 0;      // the index has those before this one,
  std::size_t reached_ = 0;   // and with the open transaction those before this one
  std::unordered_set<DedupKey, Hash> absent_;  // from the index, as the last find() saw: add() need not look again
};

}  // namespace answerback::storage
