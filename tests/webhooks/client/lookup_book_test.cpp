// Slow names hold up nobody else's: which lookup starts when, by a clock that stands in the test.
#include "webhooks/client/lookup_book.hpp"

#include <catch2/catch.hpp>

using namespace answerback::webhooks::client;
using namespace std::chrono_literals;

namespace {

using Time = LookupBook::Time;

const Time midday{1h};

std::string name(int number) { return "host" + std::to_string(number) + ".example"; }

std::vector<std::string> start_all(LookupBook& book, Time now) {
  std::vector<std::string> started;
  while (auto host = book.start(now)) started.push_back(*host);
  return started;
}

// Names that are known by how their last lookup went.
void make_known(LookupBook& book, const std::string& host, LookupBook::Span took, Time now) {
  book.want(host);
  REQUIRE(book.start(now) == host);
  book.finished(host, {"93.184.216.34"}, now + took);
}

}  // namespace

TEST_CASE("an answer is good for half a minute, and no address for a moment") {
  LookupBook book;
  CHECK(book.known("a.example", midday) == nullptr);
  make_known(book, "a.example", 10ms, midday);
  REQUIRE(book.known("a.example", midday + 30s));
  CHECK(book.known("a.example", midday + 30s)->front() == "93.184.216.34");
  CHECK(book.known("a.example", midday + 30s + 10ms) == nullptr);

  book.want("b.example");
  REQUIRE(book.start(midday));
  book.finished("b.example", {}, midday);
  REQUIRE(book.known("b.example", midday + 4s));
  CHECK(book.known("b.example", midday + 4s)->empty());
  CHECK(book.known("b.example", midday + 5s) == nullptr);
}

TEST_CASE("a name that was quick last time finds a thread, however many new names hang") {
  LookupBook book;
  make_known(book, "crm.example", 20ms, midday);
  for (int i = 0; i < 1000; ++i) book.want(name(i));
  std::size_t hanging = 0;
  for (auto now = midday; now < midday + 60s; now += 1s) hanging += start_all(book, now).size();
  CHECK(hanging == LookupBook::max_others);
  book.want("crm.example");
  CHECK(book.start(midday + 61s) == "crm.example");
}

TEST_CASE("a new name starts within moments though those before it hang, for an overdue lookup counts no longer") {
  LookupBook book;
  for (int i = 0; i < 60; ++i) book.want(name(i));
  book.want("crm.example");
  CHECK(start_all(book, midday).size() == LookupBook::max_new);
  CHECK(book.next_change(midday) == midday + LookupBook::overdue_after);
  CHECK(start_all(book, midday + 999ms).empty());
  const auto then = start_all(book, midday + 1s);
  CHECK(then.back() == "crm.example");
  CHECK_FALSE(book.next_change(midday + 1s).has_value());
}

TEST_CASE("names that were slow last time are looked up a few at once, and new ones do not wait for them") {
  LookupBook book;
  for (int i = 0; i < 100; ++i) make_known(book, name(i), 20s, midday + i * 30s);
  const auto later = midday + 2h;
  for (int i = 0; i < 100; ++i) book.want(name(i));
  CHECK(start_all(book, later).size() == LookupBook::max_slow);
  CHECK(start_all(book, later + 10s).empty());
  CHECK_FALSE(book.next_change(later + 10s).has_value());
  book.want("new.example");
  CHECK(book.start(later + 10s) == "new.example");
}

TEST_CASE("a name that has become quick again is one of the quick") {
  LookupBook book;
  make_known(book, "crm.example", 20s, midday);
  make_known(book, "crm.example", 20ms, midday + 60s);
  for (int i = 0; i < 500; ++i) book.want(name(i));
  for (auto now = midday + 100s; now < midday + 160s; now += 1s) start_all(book, now);
  book.want("crm.example");
  CHECK(book.start(midday + 160s) == "crm.example");
}

TEST_CASE("no more lookups are under way than there may be threads, and each end lets the next one start") {
  LookupBook book;
  for (int i = 0; i < 300; ++i) make_known(book, name(i), 1ms, midday);
  const auto later = midday + 2h;
  for (int i = 0; i < 300; ++i) book.want(name(i));
  const auto started = start_all(book, later);
  CHECK(started.size() == LookupBook::max_under_way);
  book.finished(started.front(), {}, later);
  CHECK(start_all(book, later).size() == 1);
}

TEST_CASE("of names no more are remembered than the bound, the oldest goes first") {
  LookupBook book;
  for (std::size_t i = 0; i <= LookupBook::max_remembered; ++i) make_known(book, name(static_cast<int>(i)), 1ms, midday);
  CHECK(book.known(name(0), midday) == nullptr);
  CHECK(book.known(name(1), midday) != nullptr);
}

TEST_CASE("an end that nobody waits for changes nothing") {
  LookupBook book;
  book.finished("a.example", {"93.184.216.34"}, midday);
  CHECK(book.known("a.example", midday) == nullptr);
}
