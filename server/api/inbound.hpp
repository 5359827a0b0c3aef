// Inbound texts, whichever way they come: the job they make, and what the engine answered to one that came before.
#pragma once

#include <string>
#include <vector>

#include "server/api/api.hpp"
#include "webhooks/json_writer.hpp"

namespace answerback::server {

// Longer texts are refused: ten full messages of the largest size that any carrier joins.
inline constexpr std::size_t max_text_bytes = 16'000;

// A job for a text; `id` is the carrier's message id, "" when it has none.
Job inbound_job(const Api& api, engine::Inbound inbound, const std::string& id);

// {"id","flow","status","outcome","reason"} or null.
void write_touched(webhooks::JsonWriter& out, const engine::Conversation* conversation);
ApiJson touched_json(const engine::Conversation* conversation);

// 422: the message's id was another number's before.
HttpResponse clash_problem(const Call& call);

// What a text that was already handled led to then: its conversation as it is now, and those of its replies that may be sent now.
struct Earlier {
  std::optional<engine::Conversation> conversation;
  std::vector<engine::Message> replies;
};
Earlier earlier(storage::Store& store, const engine::MessageId& message);

}  // namespace answerback::server
