#include "server/api/short_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace answerback::server {

std::optional<ListPage> read_list_page(const Api& api, const Call& call) {
  Query query(call.request.query);
  ListPage page;
  const bool is_limited = query.has("limit");
  const auto asked = query.page(api.store.identity());
  if (is_limited) page.limit = asked.limit;
  page.after = asked.after;
  return accept(call, query) ? std::optional(page) : std::nullopt;
}

ApiJson cut(const Api& api, const ApiJson& all, const ListPage& page) {
  const auto begin = std::min(static_cast<std::size_t>(page.after), all.size());
  const auto end = page.limit ? std::min(begin + *page.limit, all.size()) : all.size();
  auto data = ApiJson::array();
  for (auto i = begin; i < end; ++i) data.push_back(all[i]);
  return page_json(api, std::move(data), end < all.size() ? static_cast<std::int64_t>(end) : 0);
}

void answer_list(Api& api, Call call, const char* what, std::function<std::optional<ApiJson>(const Call&)> all) {
  const auto page = read_list_page(api, call);
  if (!page) return;
  answer_query(api, std::move(call), [&api, page = *page, what, all = std::move(all)](const Call& asked) {
    const auto found = all(asked);
    return found ? json_response(200, cut(api, *found, page)) : not_found(asked, what);
  });
}

}  // namespace answerback::server
