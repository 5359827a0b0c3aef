// Times in the outbox that were written by a clock which was ahead.
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

// Rare, and as long as there are rows that wait: one statement each over the indexes of what is due.
void SqliteStore::clock_was_set_back(flows::Duration by, Instant now) {
  Writing writing(*this);
  for (const auto* statement : {"UPDATE deliveries SET due_at = max(?1, due_at - ?2) WHERE state = 1 AND due_at > ?1",
                                "UPDATE sends SET due_at = max(?1, due_at - ?2) WHERE state = 1 AND due_at > ?1",
                                "UPDATE calls SET due_at = CASE WHEN due_at > ?1 THEN max(?1, due_at - ?2) ELSE due_at END, give_up_at = give_up_at - ?2"}) {
    Query((*writer_)[statement]).bind(now, by.count()).run();
  }
  writing.commit();
}

}  // namespace answerback::storage
