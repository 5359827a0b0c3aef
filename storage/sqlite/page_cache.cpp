// At the end of every transaction SQLite tells its page cache to drop pages beyond the end of the file. The cache looks for them only
// when it has seen a page number that high. A B-tree that puts its pages in order lends one of them, for a moment, the number of the
// lock page at 1 GiB: the cache remembers it as seen, and from then on looks through all it holds, at nearly every commit, for
// nothing. With 64 MiB of pages that is a millisecond each time.
//
// So this layer before the cache remembers the highest number by itself, without the lent one, and passes only those requests
// on that can find something. Written for SQLite 3.40's balance_nonroot() and pcache1Truncate().
#include "storage/sqlite/page_cache.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <new>

namespace answerback::storage {

namespace {

constexpr unsigned lock_byte = 0x40000000;  // sqlite.org/fileformat.html, "the lock-byte page"

sqlite3_pcache_methods2 inner;
sqlite3_pcache_methods2 ours;

struct Cache {
  sqlite3_pcache* pages;
  unsigned lent;  // the number of the lock page
  unsigned highest = 0;
};

Cache& of(sqlite3_pcache* cache) { return *reinterpret_cast<Cache*>(cache); }

sqlite3_pcache* create(int page_size, int extra_size, int purgeable) {
  auto* pages = inner.xCreate(page_size, extra_size, purgeable);
  if (!pages) return nullptr;
  void* memory = sqlite3_malloc(sizeof(Cache));
  if (!memory) {
    inner.xDestroy(pages);
    return nullptr;
  }
  return reinterpret_cast<sqlite3_pcache*>(new (memory) Cache{pages, lock_byte / static_cast<unsigned>(page_size) + 1});
}

sqlite3_pcache_page* fetch(sqlite3_pcache* cache, unsigned number, int may_create) {
  auto& self = of(cache);
  if (may_create) self.highest = std::max(self.highest, number);
  return inner.xFetch(self.pages, number, may_create);
}

void rekey(sqlite3_pcache* cache, sqlite3_pcache_page* page, unsigned from, unsigned to) {
  auto& self = of(cache);
  if (to != self.lent) self.highest = std::max(self.highest, to);
  inner.xRekey(self.pages, page, from, to);
}

void truncate(sqlite3_pcache* cache, unsigned limit) {
  auto& self = of(cache);
  if (self.highest < limit) return;
  inner.xTruncate(self.pages, limit);
  self.highest = limit == 0 ? 0 : limit - 1;
}

void destroy(sqlite3_pcache* cache) {
  inner.xDestroy(of(cache).pages);
  sqlite3_free(cache);
}

void set_size(sqlite3_pcache* cache, int pages) { inner.xCachesize(of(cache).pages, pages); }
int count(sqlite3_pcache* cache) { return inner.xPagecount(of(cache).pages); }
void unpin(sqlite3_pcache* cache, sqlite3_pcache_page* page, int discard) { inner.xUnpin(of(cache).pages, page, discard); }
void shrink(sqlite3_pcache* cache) { inner.xShrink(of(cache).pages); }

}  // namespace

void install_page_cache() {
  if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &inner) != SQLITE_OK || inner.iVersion != 1) return;
  ours = {1, inner.pArg, inner.xInit, inner.xShutdown, create, set_size, count, fetch, unpin, rekey, truncate, destroy, shrink};
  sqlite3_config(SQLITE_CONFIG_PCACHE2, &ours);
}

const sqlite3_pcache_methods2& page_cache() { return ours; }

}  // namespace answerback::storage
