#include "flows/check/checks.hpp"

namespace answerback::flows {

void check_flow(Loading& loading) {
  check_paths(loading);
  check_answer_names(loading);
  check_field_types(loading);
  check_choices(loading);
  check_phrases(loading);
  check_segments(loading);
  check_translations(loading);
  if (loading.all_steps_read) check_unused(loading);
  if (!loading.linked) return;
  check_graph(loading);
  check_first_message(loading);
  check_quiet_hours(loading);
  const Facts facts(loading.flow);
  check_unset(loading, facts);
  if (loading.conditions_read) check_branches(loading, facts);
}

}  // namespace answerback::flows
