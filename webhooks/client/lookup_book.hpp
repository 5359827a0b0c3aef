// Which name is looked up next, and what is remembered of names: a machine without I/O, clock or thread. Lookups block and
// can't be cancelled, so that a name that hangs keeps its thread; what is promised is that it keeps nobody else's:
//   - a name is looked up once at a time, whoever asks;
//   - names that answered quickly last time always find a thread, for the others have a part of the threads only;
//   - of the names that were slow last time a few are looked up at once, so that new ones find threads too;
//   - a lookup that has become overdue no longer counts among the new ones, up to the bound of all threads.
// Answers are good for half a minute, failures for a moment: a server behind a name moves, and a record is mended, within that.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace answerback::webhooks::client {

using Addresses = std::vector<std::string>;

class LookupBook {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Span = std::chrono::steady_clock::duration;

  static constexpr Span overdue_after = std::chrono::seconds{1};
  static constexpr Span good_for = std::chrono::seconds{30};
  static constexpr Span bad_for = std::chrono::seconds{5};
  static constexpr std::size_t max_under_way = 128;
  static constexpr std::size_t max_others = 112;  // of them for names that are not known as quick
  static constexpr std::size_t max_new = 32;      // of those, names of which nothing is known, until they are overdue
  static constexpr std::size_t max_slow = 16;     // and names that were slow last time
  static constexpr std::size_t max_remembered = 4096;

  // What the name is known to resolve to, none = it has no addresses; nothing when that is not known or no longer fresh.
  const Addresses* known(const std::string& host, Time now) const;
  // It is to be looked up. No name twice: the caller keeps who waits for it.
  void want(const std::string& host);
  // A name whose lookup starts now.
  std::optional<std::string> start(Time now);
  void finished(const std::string& host, Addresses addresses, Time now);
  // When a lookup under way becomes overdue, so that another may start; nothing when none waits for that.
  std::optional<Time> next_change(Time now) const;

 private:
  enum class Manner : std::uint8_t { quick, unknown, slow };
  static constexpr std::size_t manners = 3;
  struct Known {
    Addresses addresses;
    Time until;
    bool is_slow = false;
    std::list<std::string>::iterator age;
  };
  struct UnderWay {
    Manner manner = Manner::unknown;
    Time since;
  };

  Manner manner_of(const std::string& host) const;
  bool has_room(Manner manner, Time now) const;
  std::size_t count(Manner manner) const;
  void remember(const std::string& host, Addresses addresses, bool is_slow, Time now);

  std::unordered_map<std::string, Known> known_;
  std::list<std::string> ages_;  // of what is known, oldest first
  std::deque<std::string> waiting_[manners];
  std::map<std::string, UnderWay> under_way_;
};

}  // namespace answerback::webhooks::client
