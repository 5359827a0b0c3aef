// A URL as it may be shown to others and written to logs: where it leads, without what may let somebody in. Its query, its user
// information and what looks like a token in its path are left out. Pure and total: any text may come in, also a relative one.
#pragma once

#include <string>
#include <string_view>

namespace answerback::webhooks {

inline constexpr std::size_t max_shown_url = 256;

// "https://u:p@hooks.example/services/T0/B1/x9K2mQ8z?key=1#a" -> "https://hooks.example/services/T0/B1/***?***"
std::string shown_url(std::string_view url);

}  // namespace answerback::webhooks
