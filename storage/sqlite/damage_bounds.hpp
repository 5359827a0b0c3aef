// What the numbers of each table may be, as data: `db check` and `db mend` read it.
#pragma once

#include <span>
#include <string>

namespace answerback::storage {

struct Bound {
  const char* table;
  const char* name;             // SQL: how a row is named
  const char* broken;           // SQL: which rows are damaged
  const char* what;             // is wrong with such a row
  const char* repair;           // SQL: what is put into it; ?1 is now
  const char* mended;           // what it is then
  const char* record = nullptr;  // SQL before it, up to its FROM: what keeps a trace
};

std::span<const Bound> bounds();  // in the order in which they are mended
// With the spans of numbers that `<count>`, `<sequence>` and `<instant>` stand for.
std::string filled(const char* condition);

}  // namespace answerback::storage
