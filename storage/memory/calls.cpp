#include <algorithm>

#include "storage/memory/changes.hpp"
#include "storage/memory/memory_store_impl.hpp"

namespace answerback::storage::memory {

namespace {

using Waiting = std::vector<const KeptCall*>;

void note_call(std::optional<Instant>& soonest, Instant at) {
  if (!soonest || at < *soonest) soonest = at;
}

std::map<std::string, Waiting> waiting_by_host(const Data& data, const CallLeases& leases) {
  std::map<std::string, Waiting> hosts;
  for (const auto& [key, call] : data.calls) {
    if (!leases.leased(key)) hosts[webhooks::host_of(call.request)].push_back(&call);
  }
  for (auto& [host, waiting] : hosts)
    std::stable_sort(waiting.begin(), waiting.end(), [](const auto* a, const auto* b) { return a->due_at < b->due_at; });
  return hosts;
}

void lease_waiting(const Waiting& waiting, std::uint32_t room, Instant now, webhooks::LeasedCalls& into) {
  for (const auto* call : waiting) {
    if (room == 0 || call->due_at > now) return note_call(into.next_due, call->due_at);
    --room;
    into.due.push_back({call->request, call->attempts + 1, call->due_at});
  }
}

}  // namespace

void apply_calls(Data& data, const Commit& commit) {
  if (commit.settled_call) data.calls.erase(*commit.settled_call);
  for (const auto& conversation : commit.decision.conversations) {
    if (conversation.is_over()) std::erase_if(data.calls, [&](const auto& each) { return each.first.conversation == conversation.id; });
  }
  for (const auto& call : commit.decision.calls) data.calls[webhooks::key_of(call)] = {call, 0, commit.at};
}

webhooks::LeasedCalls MemoryStore::lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) {
  const Lock lock(mutex_);
  call_leases_.drop_expired(now);
  std::erase_if(data_.calls, [now](const auto& each) { return each.second.request.give_up_at <= now; });
  const auto hosts = waiting_by_host(data_, call_leases_);
  webhooks::LeasedCalls leased;
  auto next = hosts.upper_bound(call_leases_.last_host);
  for (std::size_t looked_at = 0; looked_at < hosts.size(); ++looked_at, ++next) {
    if (next == hosts.end()) next = hosts.begin();
    const auto room = std::min(call_leases_.room(next->first, per_host), slots - static_cast<std::uint32_t>(leased.due.size()));
    if (room == 0) continue;
    lease_waiting(next->second, room, now, leased);
    call_leases_.last_host = next->first;
  }
  for (const auto& [key, call] : data_.calls) note_call(leased.next_due, call.request.give_up_at);
  for (const auto& call : leased.due) call_leases_.take(call.request);
  return leased;
}

void MemoryStore::retry_calls(std::span<const webhooks::CallSettlement> settlements) {
  const Lock lock(mutex_);
  for (const auto& each : settlements) {
    const auto key = webhooks::key_of(each.call.request);
    call_leases_.release(key);
    const auto it = data_.calls.find(key);
    if (it == data_.calls.end() || !each.retry_at) continue;
    it->second.due_at = *each.retry_at;
    it->second.attempts = each.call.attempt;
  }
}

}  // namespace answerback::storage::memory
