// Timers. Nearly every turn moves its conversation's timer further away, and hardly any timer is ever reached. So the index
// is over `wake_at`, which a turn leaves alone as long as it is early enough; who wakes up too early is put back here.
#include <algorithm>

#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

constexpr std::size_t max_put_back = 256;

struct Sleeper {
  std::int64_t row = 0;
  DueTimer timer;
  bool too_early = false;
};

std::vector<Sleeper> first_to_wake(Connection& db, Instant until, std::size_t limit) {
  Query query(db["SELECT row, contact, number, turn, due_at, wake_at < due_at FROM conversations "
                 "WHERE wake_at IS NOT NULL AND wake_at <= ?1 ORDER BY wake_at LIMIT ?2"]);
  query.bind(until, limit);
  std::vector<Sleeper> sleepers;
  while (query.step())
    sleepers.push_back({query.integer(0), {{{query.integer(1)}, query.number(2)}, query.small(3), query.instant(4)}, query.flag(5)});
  return sleepers;
}

void put_back(Connection& db, std::int64_t row) {
  Query(db["UPDATE conversations SET wake_at = due_at WHERE row = ?1"]).bind(row).run();
}

}  // namespace

// When too many wake up too early at once, some are left for the next call: that one comes soon, next_timer() sees to it.
std::vector<DueTimer> SqliteStore::due_timers(Instant now, std::size_t limit) {
  std::vector<DueTimer> due;
  for (std::size_t put = 0; put < max_put_back;) {
    const auto sleepers = first_to_wake(*writer_, now, limit);
    const auto early = std::count_if(sleepers.begin(), sleepers.end(), [](const auto& sleeper) { return sleeper.too_early; });
    if (early == 0) {
      for (const auto& sleeper : sleepers) due.push_back(sleeper.timer);
      break;
    }
    Writing writing(*this);
    for (const auto& sleeper : sleepers) {
      if (sleeper.too_early) put_back(*writer_, sleeper.row);
    }
    writing.commit();
    put += static_cast<std::size_t>(early);
  }
  return due;
}

std::optional<Instant> SqliteStore::next_timer() {
  for (std::size_t put = 0; put < max_put_back; ++put) {
    const auto first = first_to_wake(*writer_, Instant::max(), 1);
    if (first.empty()) return std::nullopt;
    if (!first[0].too_early) return first[0].timer.due_at;
    Writing writing(*this);
    put_back(*writer_, first[0].row);
    writing.commit();
  }
  Query query((*writer_)["SELECT min(wake_at) FROM conversations WHERE wake_at IS NOT NULL"]);
  return query.step() ? query.maybe_instant(0) : std::nullopt;
}

}  // namespace answerback::storage
