// What SQLite tells its page cache to forget is forgotten, also after a page was lent the number of the lock page.
#include "storage/sqlite/page_cache.hpp"

#include <sqlite3.h>

#include <set>

#include "storage/sqlite/connection.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr int page_size = 4'096;
constexpr unsigned lock_page = 0x40000000 / page_size + 1;

// A cache as SQLite would make one, with the pages 1 to `count` in it.
class Pages {
 public:
  explicit Pages(unsigned count) : cache_(methods_.xCreate(page_size, 128, 1)) {
    REQUIRE(cache_ != nullptr);
    methods_.xCachesize(cache_, 1'000);
    for (unsigned number = 1; number <= count; ++number) keep(number);
  }
  ~Pages() { methods_.xDestroy(cache_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  void keep(unsigned number) { methods_.xUnpin(cache_, methods_.xFetch(cache_, number, 2), 0); }
  // As a B-tree does that puts its pages in order.
  void lend_lock_page(unsigned number) {
    auto* page = methods_.xFetch(cache_, number, 0);
    REQUIRE(page != nullptr);
    methods_.xRekey(cache_, page, number, lock_page);
    methods_.xRekey(cache_, page, lock_page, number);
    methods_.xUnpin(cache_, page, 0);
  }
  void move(unsigned from, unsigned to) {
    auto* page = methods_.xFetch(cache_, from, 0);
    methods_.xRekey(cache_, page, from, to);
    methods_.xUnpin(cache_, page, 0);
  }
  void forget_from(unsigned number) { methods_.xTruncate(cache_, number); }
  std::set<unsigned> held(unsigned up_to) {
    std::set<unsigned> numbers;
    for (unsigned number = 1; number <= up_to; ++number) {
      auto* page = methods_.xFetch(cache_, number, 0);
      if (!page) continue;
      numbers.insert(number);
      methods_.xUnpin(cache_, page, 0);
    }
    return numbers;
  }

 private:
  TemporaryFolder folder_;
  Connection connection_{folder_.path() + "/any.db", Connection::Role::writer, 1u << 20};  // SQLite has begun with it
  const sqlite3_pcache_methods2& methods_ = page_cache();
  sqlite3_pcache* cache_;
};

}  // namespace


TEST_CASE("pages from a number on are forgotten, the others stay") {
  Pages pages(10);
  pages.forget_from(6);
  CHECK(pages.held(10) == std::set<unsigned>{1, 2, 3, 4, 5});
  pages.keep(8);
  pages.forget_from(7);
  CHECK(pages.held(10) == std::set<unsigned>{1, 2, 3, 4, 5});
}

TEST_CASE("a page that was lent the number of the lock page is forgotten like any other") {
  Pages pages(10);
  pages.lend_lock_page(9);
  pages.forget_from(11);
  CHECK(pages.held(10).size() == 10);
  pages.forget_from(9);
  CHECK(pages.held(10) == std::set<unsigned>{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("a page that got a higher number is forgotten by that one") {
  Pages pages(5);
  pages.move(2, 20);
  pages.forget_from(15);
  CHECK(pages.held(20) == std::set<unsigned>{1, 3, 4, 5});
}

TEST_CASE("from 0 on means all") {
  Pages pages(10);
  pages.forget_from(0);
  CHECK(pages.held(10).empty());
  pages.keep(3);
  pages.forget_from(2);
  CHECK(pages.held(10).empty());
}
