// Reads when an office is open: `{"mon-fri": ["09:00-17:00"], "sat": ["10:00-14:00"], "closed": ["2026-12-25"]}`.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

Hours read_hours(Loading& loading, const Part& part);

}  // namespace answerback::flows
