// The part after '?', read by name like the fields of a JSON body: each taker marks its name as known, every problem is
// remembered with its place ("/query/limit"), `done()` reports what nobody took. A name given twice is a problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/issue.hpp"
#include "server/http/form.hpp"
#include "storage/records.hpp"

namespace answerback::server {

class Query {
 public:
  explicit Query(std::string_view raw);

  // Issue codes: `bad_encoding`, `duplicate`, `too_long`, `out_of_range`, `wrong_type`, `not_allowed`, `unknown_parameter`.
  std::optional<std::string> text(std::string_view name, std::size_t max_bytes = 256);
  std::optional<std::string> one_of(std::string_view name, const std::vector<std::string>& allowed);
  bool has(std::string_view name) const;  // asks without taking
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  // `limit` 1 to 500 and the `after` of a page before, which must be one of this store's: else the issue `cursor_of_another_store`.
  // With `word` a list says that it knows places by name: "latest" and ids of events are put there instead.
  storage::PageRequest page(const storage::Identity& store, std::string* word = nullptr);
  void error(std::string_view name, std::string code, std::string message);

  // Reports unknown names; true when nothing was wrong.
  bool done();
  const std::vector<flows::Issue>& issues() const { return issues_; }

 private:
  Form pairs_;
  std::vector<std::string> known_;
  std::vector<flows::Issue> issues_;
};

}  // namespace answerback::server
