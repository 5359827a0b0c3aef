// What people do by hand: end a conversation, take it over to another revision, record consent, set fields.
#include <fmt/format.h>

#include "engine/decide/handlers.hpp"

namespace answerback::engine {

namespace {

std::string describe(const ManualConsent& consent) {
  if (consent.source.empty() || consent.note.empty()) return consent.source + consent.note;
  return fmt::format("{}: {}", consent.source, consent.note);
}

}  // namespace

void handle(Turn& turn, const OperatorEnd& end) {
  if (turn.conversation && turn.conversation->id == end.conversation) {
    turn.admit_contact();
    return turn.end_if_running({end.outcome, end.reason.empty() ? std::string(reasons::by_operator) : end.reason});
  }
  const auto& addressed = turn.before.addressed;
  const bool known = addressed && addressed->id == end.conversation;
  turn.decision.refusal = known ? Refusal::already_ended : Refusal::unknown_conversation;
}

void handle(Turn& turn, const ManualConsent& consent) {
  turn.admit_contact();
  LedgerRow row;
  row.source = ConsentSource::manual;
  row.text = describe(consent);
  row.evidence = consent.evidence;
  row.actor = consent.actor;
  const bool changed = turn.change_consent(consent.opt_in ? ConsentSignal::manual_in : ConsentSignal::manual_out, std::move(row));
  if (changed) turn.decision.events.back().note = consent.note;
  if (!consent.opt_in) turn.end_if_running(discarded(reasons::opted_out));
}

void handle(Turn& turn, const UpsertContact& upsert) {
  if (!turn.may_take(upsert.references)) return;
  turn.merge_fields(upsert.fields);
  turn.merge(upsert.references);
  turn.admit_contact();
}

// What the conversation waits for stays as it is: who asks for this has made sure that the step's image can go on with it.
void handle(Turn& turn, const Migrate& migrate) {
  auto& conversation = turn.conversation;
  if (!conversation || conversation->id != migrate.conversation) {
    turn.decision.refusal = Refusal::unknown_conversation;
    return;
  }
  const auto flow = turn.flows.at(conversation->flow, migrate.revision);
  if (!flow || !flow->find(migrate.step)) {
    turn.decision.refusal = Refusal::no_image;
    return;
  }
  turn.admit_contact();
  ++conversation->turn;
  conversation->revision = migrate.revision;
  (conversation->inside.empty() ? conversation->step : conversation->inside.front().step) = migrate.step;
  conversation->trail.clear();  // its numbers are those of the older revision
}

}  // namespace answerback::engine
