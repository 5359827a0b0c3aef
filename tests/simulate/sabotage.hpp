// Ways to break an invariant on purpose, each as a fault that a program like this could have. Whoever checks the invariants must notice.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace answerback::simulate {

enum class Sabotage : std::uint8_t {
  none,
  ack_before_disk,        // the caller hears 200 before the disk has it
  forget_ids,             // a carrier's message id is not known again
  second_outcome,         // an ended conversation tells its outcome twice
  no_outcome,             // an ended conversation tells nobody
  lose_events,            // now and then an event is not stored
  lose_deliveries,        // now and then an event has no delivery for who subscribed
  unheard_stop,           // an opt-out changes the contact and not what waits for them, and nobody looks again
  stop_forgotten,         // consent is not stored with the opt-out
  start_unasked,          // a text starts without a look at consent
  send_again_unknown,     // what was under way in a crash is sent once more
  send_again_answered,    // a text whose answer was lost is sent once more
  send_twice,             // a text is leased twice
  mark_early,             // texts are marked when they are leased, long before their first byte
  wrong_person,           // a text goes to somebody else
  ids_twice,              // the number of a delivery that is gone is given again, and a settlement names nothing else
  unbooked_line,          // the store does not say when the next delivery falls due
  lost_wake,              // nobody is woken for new work
  give_up_early,          // a delivery is dead after its first failure
  forget_retry,           // a failed delivery counts as delivered
  out_of_order,           // deliveries of a contact do not wait for each other
  patient_opt_out,        // an opt-out waits behind what fails
  other_bytes,            // a retry has another body than the first attempt
  unsigned_webhook,       // the signature is somebody else's
  forget_timer,           // a timer is never due
  all_or_nothing,         // one that can't be stored takes its batch along
  keep_phone,             // an erased contact's number stays in events
  lose_answers,           // an outcome lacks the answers
  slow_campaign,          // a campaign's waiting contacts are not found again
  ignore_settlement,      // what came of a text is dropped
  count,
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Sabotage::count)> sabotage_names{
    "none",          "ack_before_disk", "forget_ids",    "second_outcome", "no_outcome",      "lose_events",   "lose_deliveries",     "unheard_stop",
    "stop_forgotten", "start_unasked",  "send_again_unknown", "send_again_answered", "send_twice", "mark_early", "wrong_person",
    "ids_twice",     "unbooked_line",   "lost_wake",     "give_up_early",  "forget_retry",    "out_of_order",  "patient_opt_out",     "other_bytes",
    "unsigned_webhook", "forget_timer", "all_or_nothing", "keep_phone",      "lose_answers",  "slow_campaign",       "ignore_settlement"};

std::optional<Sabotage> parse_sabotage(std::string_view name);

}  // namespace answerback::simulate
