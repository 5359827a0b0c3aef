// SQLite's own page cache, asked less: see page_cache.cpp.
#pragma once

struct sqlite3_pcache_methods2;

namespace answerback::storage {

// Once, before the first connection; later calls and a SQLite that refuses change nothing but speed.
void install_page_cache();
// What SQLite was given then.
const sqlite3_pcache_methods2& page_cache();

}  // namespace answerback::storage
