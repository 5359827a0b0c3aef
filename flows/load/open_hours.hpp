// Reads when an office is open: `{"mon-fri": ["09:00-17:00"], "sat": ["10:00-14:00"], "closed": ["2026-12-25"]}`.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// "sat" or "mon-fri", which may go over the week's end, by weekday::c_encoding; nothing for anything else.
std::vector<std::size_t> weekdays_named(std::string_view name);

Hours read_hours(Loading& loading, const Part& part);

}  // namespace answerback::flows
