#include "flows/load/expect.hpp"

#include <fmt/format.h>

#include "flows/load/choices.hpp"
#include "flows/load/kind_options.hpp"
#include "flows/load/names.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

void unknown_kind(Loading& loading, const Part& part, const std::string& kind, Position at) {
  auto message = fmt::format("there is no kind \"{}\"{}", kind, loading.hint(kind, expect_kinds()));
  loading.report.error("unknown_kind", std::move(message), part.pointer, at);
}

Expect read_shorthand(Loading& loading, const Part& part) {
  const auto& kind = part.json.string;
  if (!is_one_of(kind, expect_kinds())) {
    unknown_kind(loading, part, kind, part.json.at);
    return ExpectText{};
  }
  Json defaults;
  defaults.kind = Json::Kind::object;
  defaults.at = part.json.at;
  return read_kind(loading, kind, {defaults, part.pointer});
}

}  // namespace

Expect read_kind(Loading& loading, const std::string& kind, const Part& part) {
  return kind == "choice" ? read_choices(loading, part) : read_options(loading, kind, part);
}

Expect read_expect(Loading& loading, const Part& part) {
  if (part.json.kind == Json::Kind::string) return read_shorthand(loading, part);
  if (part.json.kind != Json::Kind::object) {
    loading.wrong_type(part, "a kind's name or an object");
    return ExpectText{};
  }
  Expect expect = ExpectText{};
  for (const auto& member : part.json.members) {
    if (is_one_of(member.key, expect_kinds())) {
      expect = read_kind(loading, member.key, part.member(member));
    } else {
      unknown_kind(loading, part.member(member), member.key, member.key_at);
    }
  }
  const auto kinds = part.json.members.size();
  if (kinds != 1) loading.error(part, "one_kind", fmt::format("a question accepts exactly one kind, here are {}", kinds));
  return expect;
}

std::optional<bool> read_confirm(Loading& loading, const Part& part) {
  if (part.json.kind != Json::Kind::object || part.json.members.size() != 1) return std::nullopt;
  const auto& options = part.json.members.front();
  const auto* confirm = options.value.find("confirm");
  if (confirm == nullptr) return std::nullopt;
  if (confirm->kind == Json::Kind::boolean) return confirm->boolean;
  // A choice may be called so: then its synonyms stand there.
  if (options.key != "choice") loading.wrong_type({*confirm, pointer_append(part.member(options).pointer, "confirm")}, "true or false");
  return std::nullopt;
}

}  // namespace answerback::flows
