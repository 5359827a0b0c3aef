// What waits for its time stands in the file with the instant of the wall clock at which it is due; that clock may be set back.
#include <array>

#include "storage/sqlite/identity.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

// ?1 by how much, ?2 what time it is now. Silence of conversations is not among them: it is told to people in hours of the wall clock.
constexpr std::array earlier{
    "UPDATE sends SET due_at = due_at - ?1 WHERE due_at > ?2",
    "UPDATE messages SET expires_at = expires_at - ?1 WHERE row IN (SELECT message FROM sends) AND expires_at > ?2",
    "UPDATE deliveries SET due_at = due_at - ?1 WHERE state < 3 AND due_at > ?2",
    "UPDATE endpoints SET paused_until = paused_until - ?1 WHERE paused_until > ?2",
    "UPDATE calls SET due_at = due_at - ?1 WHERE due_at > ?2",
    "UPDATE calls SET give_up_at = give_up_at - ?1 WHERE give_up_at > ?2",
};

bool anything_waits(Connection& db, Instant now) {
  Query query(db["SELECT EXISTS (SELECT 1 FROM sends WHERE due_at > ?1) OR EXISTS (SELECT 1 FROM deliveries WHERE state < 3 AND due_at > ?1)"]);
  query.bind(now);
  return query.step() && query.flag(0);
}

}  // namespace

void SqliteStore::clock_set_back(flows::Duration by, Instant now) {
  Writing writing(*this);
  for (const auto* sql : earlier) Query((*writer_)[sql]).bind(by.count(), now).run();
  writing.commit();
}

std::optional<Instant> SqliteStore::remember_clock(Instant now) {
  const auto before = fact(*writer_, "clock_seen");
  const bool is_behind = before && *before > now.time_since_epoch().count();  // what was remembered has been acted on
  if (is_behind || anything_waits(*writer_, now)) {
    Writing writing(*this);
    set_fact(*writer_, "clock_seen", now.time_since_epoch().count());
    writing.commit();
  }
  return before ? std::optional(Instant(flows::Duration(*before))) : std::nullopt;
}

}  // namespace answerback::storage
