#include "flows/load/header.hpp"

#include <fmt/format.h>

#include "flows/load/names.hpp"

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
  if (!is_language(*language)) {
    flow.error("language", "bad_language", fmt::format("\"{}\" is no language, write one such as \"en\" or \"es-MX\"", *language));
  }
}

void read_contact_fields(Loading& loading, Fields& flow) {
  const auto* json = flow.array("contact_fields");
  if (json == nullptr) return;
  const Part list{*json, flow.pointer_to("contact_fields")};
  if (!loading.within(list, json->items.size(), loading.limits.max_contact_fields, "contact fields")) return;
  for (std::size_t i = 0; i < json->items.size(); ++i) {
    const auto item = list.item(i);
    if (item.json.kind != Json::Kind::string) {
      loading.wrong_type(item, "a field's name");
    } else if (!is_name(item.json.string)) {
      loading.error(item, "bad_name", fmt::format("\"{}\" is no field's name, use 1 to 64 of letters, digits, _ and -", item.json.string));
    } else {
      loading.flow.contact_fields.push_back({item.json.string, FieldType::any});
    }
  }
}

}  // namespace

void read_header(Loading& loading, Fields& flow) {
  flow.string("$schema");
  read_name(loading, flow);
  loading.flow.title = flow.string("title", max_title_bytes).value_or("");
  read_language(loading, flow);
  loading.language_seen(loading.flow.language);
  loading.flow.sender = flow.string("sender", max_sender_bytes).value_or("");
  read_contact_fields(loading, flow);
}

}  // namespace answerback::flows
