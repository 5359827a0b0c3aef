#include "flows/load/header.hpp"

#include <fmt/format.h>

#include "flows/load/names.hpp"
#include "flows/load/open_hours.hpp"
#include "flows/load/texts.hpp"
#include "flows/load/values.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_title_bytes = 400;
constexpr std::size_t max_sender_bytes = 200;

void read_name(Loading& loading, Fields& flow) {
  if (!flow.has("flow")) return flow.missing("flow");
  const auto name = flow.string("flow");
  if (!name) return;
  loading.flow.name = *name;
  if (!is_flow_name(*name)) flow.error("flow", "bad_name", fmt::format("\"{}\" is no flow's name, use 1 to 64 of a-z, 0-9 and -", *name));
}

void read_language(Loading& loading, Fields& flow) {
  const auto language = flow.string("language");
  if (!language) return;
  loading.flow.language = *language;
  judge_language(loading, *language, flow.pointer_to("language"), flow.any("language")->at);
}

}  // namespace

void read_header(Loading& loading, Fields& flow) {
  flow.string("$schema");
  read_name(loading, flow);
  loading.flow.title = flow.string("title", max_title_bytes).value_or("");
  read_language(loading, flow);
  loading.language_seen(loading.flow.language);
  loading.flow.sender = flow.string("sender", max_sender_bytes).value_or("");
  loading.flow.eager = flow.boolean("eager").value_or(false);
  loading.has_hours = flow.has("hours");
  if (const auto* hours = flow.object("hours")) loading.flow.hours = read_hours(loading, {*hours, flow.pointer_to("hours")});
  read_contact_fields(loading, flow);
  read_variables(loading, flow);
}

}  // namespace answerback::flows
