#include "server/http/cursor.hpp"

#include <catch2/catch.hpp>

#include "server/http/query.hpp"

using namespace answerback;
using namespace answerback::server;

namespace {

storage::Identity store_of(engine::Origin origin, bool plain_cursors = false) { return {origin, plain_cursors, ""}; }

constexpr engine::Origin ours = 0x12d687;
constexpr engine::Origin theirs = 77;

bool is_foreign(const std::string& text, const storage::Identity& store) {
  const auto cursor = read_cursor(text, store);
  REQUIRE(cursor);
  return cursor->foreign;
}

}  // namespace

TEST_CASE("a cursor comes back as it went out, to the store that gave it") {
  for (const auto& store : {store_of(engine::no_origin, true), store_of(ours), store_of(ours, true), store_of(engine::max_origin)}) {
    for (const std::int64_t place : {std::int64_t{1}, std::int64_t{255}, INT64_MAX}) {
      const auto cursor = read_cursor(to_cursor(place, store), store);
      REQUIRE(cursor);
      CHECK(cursor->place == place);
      CHECK_FALSE(cursor->foreign);
    }
  }
}

TEST_CASE("a cursor of another store, or of another life of this one, is known as such") {
  CHECK(is_foreign(to_cursor(9, store_of(theirs)), store_of(ours)));
  CHECK(is_foreign(to_cursor(9, store_of(ours)), store_of(engine::no_origin, true)));
  CHECK(is_foreign("p9", store_of(ours)));
  CHECK_FALSE(is_foreign("p9", store_of(ours, true)));
  CHECK_FALSE(is_foreign("p9", store_of(engine::no_origin, true)));
}

TEST_CASE("what is no cursor is not taken for one") {
  for (const std::string text : {"", "p", "p0", "pz", "1", "p1 ", "pffffffffffffffffff", "p-1", "ps00qglj", "p9s", "p9s00qgl", "p9s00qgljj", "p9s000000", "p9S00qglj", "p9szzzzzz"}) {
    INFO(text);
    CHECK_FALSE(read_cursor(text, store_of(ours, true)));
  }
}

TEST_CASE("a query with a foreign cursor says so by that name, and keeps its other problems") {
  Query query("after=p9s00qglj&limit=0");
  query.page(store_of(theirs));
  REQUIRE(query.issues().size() == 2);
  CHECK(query.issues()[1].code == foreign_cursor_code);
  CHECK(query.issues()[1].pointer == "/query/after");
}
