// How the data change, the same way as the tables of the embedded store do.
#pragma once

#include "storage/memory/data.hpp"

namespace answerback::storage::memory {

// Throws StoreError when one of the commits can't be kept; nothing has changed then.
void validate(const Data& data, std::span<const Commit> commits);
void apply(Data& data, const Commit& commit);

void finish_send(Data& data, Row row);
void cancel_sends(Data& data, engine::ContactKey contact, bool exempt_too);

void apply_calls(Data& data, const Commit& commit);

std::int64_t insert_event(Data& data, const webhooks::RenderedEvent& event);
webhooks::DeliveryKey insert_delivery(Data& data, webhooks::EndpointKey endpoint, std::int64_t event, DeliveryClass what, Instant now);
void set_state(Data& data, KeptDelivery& kept, webhooks::DeliveryState state);
// After one of them has finished or gone.
void release_delivery(Data& data, webhooks::EndpointKey endpoint, engine::ContactKey contact);
void drop_delivery(Data& data, std::int64_t key);
// Strips the events that were kept for receivers of an erasure and are needed no more, or were kept until now; how many.
std::size_t strip_kept_events(Data& data, Instant now);
bool is_unfinished(const Data& data, std::int64_t event);

}  // namespace answerback::storage::memory
