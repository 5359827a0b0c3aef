// The proofs of a flow: what can be judged only once the whole of it is read. Each adds its issues to the loading's report.
#pragma once

#include "flows/check/facts.hpp"
#include "flows/load/loading.hpp"

namespace answerback::flows {

// Every proof that what was read allows.
void check_flow(Loading& loading);

// Paths of texts and conditions: is there such an answer, variable, contact field?
void check_paths(Loading& loading);

// An answer and the answers of a run under one name.
void check_answer_names(Loading& loading);

// Fixed values and comparisons of contact fields whose type is declared.
void check_field_types(Loading& loading);

// Choices that a slip of the hand turns into another, phrases and choices that an earlier phrase takes.
void check_choices(Loading& loading);
void check_phrases(Loading& loading);

// What texts cost in segments, and languages that they lack.
void check_segments(Loading& loading);
void check_translations(Loading& loading);

// Variables and contact fields that nothing reads.
void check_unused(Loading& loading);

// Steps that cannot be reached, ways round that never end. Needs a linked flow, like all below.
void check_graph(Loading& loading);

// The first text to a contact names the sender and the way out (CTIA Messaging Principles; carriers filter what does not).
void check_first_message(Loading& loading);

// Texts that leave at night whenever the conversation began.
void check_quiet_hours(Loading& loading);

// Answers and variables that a text names before they have a value; the way on which they have none is told.
void check_unset(Loading& loading, const Facts& facts);

// Conditions that never hold, branches never taken, lists of them of which none may be taken.
void check_branches(Loading& loading, const Facts& facts);

}  // namespace answerback::flows
