// SQLite's own page cache, asked less: see page_cache.cpp.
#pragma once

namespace answerback::storage {

// Once, before the first connection; later calls and a SQLite that refuses change nothing but speed.
void install_page_cache();

}  // namespace answerback::storage
