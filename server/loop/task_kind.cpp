#include "server/loop/task_kind.hpp"

#include <array>

namespace answerback::server {

namespace {

// In the order of the kinds.
constexpr std::array<std::string_view, task_kinds> names_of_task_kinds{
    "stimuli",          "keyed_stimulus",    "receipt",     "timers",       "campaigns", "enrol",   "lease_sends",     "start_sends",
    "lease_deliveries", "settle_deliveries", "lease_calls", "settle_calls", "wake",      "change",  "publish",         "remove_endpoint",
    "replay",           "redeliver",         "migrate",     "erase",        "keep_answer", "ready", "reload",          "purge",
    "clock",            "look",              "tend"};
static_assert(names_of_task_kinds.back() == "tend");

}  // namespace

std::string_view to_string(TaskKind kind) { return names_of_task_kinds[static_cast<std::size_t>(kind)]; }

}  // namespace answerback::server
