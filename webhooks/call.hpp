// The HTTP request of a `call` step on its way: its id, where it goes, and what an answer to it means for the flow. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/decide.hpp"

namespace answerback::webhooks {

// Which turn of which conversation made it, and under which origin: a conversation waits after a call, so a turn makes one at most.
struct CallKey {
  engine::ConversationId conversation;
  std::uint32_t turn = 0;
  engine::Origin origin = engine::no_origin;
  auto operator<=>(const CallKey&) const = default;
};
std::string to_string(const CallKey& key);  // "cnv_7_2-t4"

CallKey key_of(const engine::CallRequest& request);

// The URL's host in lower case, "?" when there is none to be found: such a request fails when it is to leave.
std::string host_of(const engine::CallRequest& request);

inline constexpr std::size_t max_call_answer_bytes = 64 * 1024;
inline constexpr std::size_t max_saved_bytes = 4'096;  // of one text
inline constexpr std::size_t max_saved_items = 100;    // of one list

struct CallReading {
  engine::CallAnswered answer;
  std::string error;  // "" or why it is not ok: status, answer_size, not_json, pointer, value
};

// What the flow hears. A 2xx is ok when every pointer of `save` leads to a text, a number, true or false, a list of texts, or null
// (which takes the value away). With nothing to save the body is not looked at, so that 204 will do. Status 0: nobody answered.
CallReading read_call_answer(const engine::CallRequest& request, int status, std::string_view body);

}  // namespace answerback::webhooks
