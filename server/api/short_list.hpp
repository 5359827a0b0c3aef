// Lists that are short enough to be read as a whole: endpoints, keys, campaigns, flows, revisions, a contact's ledger. They are paged
// like the long ones; without a `limit` they come at once.
#pragma once

#include "server/api/api.hpp"

namespace answerback::server {

struct ListPage {
  std::optional<std::uint32_t> limit{};
  std::int64_t after = 0;  // how many came before
};

// Nothing after the problems of the query were answered.
std::optional<ListPage> read_list_page(const Api& api, const Call& call);

// {"data": […], "next": "…"|null} of an array with everything.
ApiJson cut(const Api& api, const ApiJson& all, const ListPage& page);

// Answers with the page that is asked for; nothing from `all` = there is no such `what`.
void answer_list(Api& api, Call call, const char* what, std::function<std::optional<ApiJson>(const Call&)> all);

}  // namespace answerback::server
