#include "flows/load/texts.hpp"

#include <fmt/format.h>

#include "flows/text.hpp"

namespace answerback::flows {

namespace {

void note_paths(Loading& loading, const Part& part, const Text& text) {
  for (const auto& piece : text.pieces) {
    if (const auto* placeholder = std::get_if<Placeholder>(&piece)) {
      loading.path_uses.push_back({placeholder->path, part.pointer, loading.source.inside(part.json.at, placeholder->offset)});
    }
  }
}

}  // namespace

Text read_value_text(Loading& loading, const Part& part) {
  const auto& source = part.json.string;
  const auto characters = count_characters(source);
  if (characters > loading.limits.max_text_characters) {
    loading.error(part, "limit",
                  fmt::format("a text of {} characters, at most {} are allowed", characters, loading.limits.max_text_characters));
    return {};
  }
  std::vector<TemplateProblem> problems;
  auto text = parse_text(source, problems);
  for (auto& problem : problems) {
    const auto at = loading.source.inside(part.json.at, problem.offset);
    loading.report.error(std::move(problem.code), std::move(problem.message), part.pointer, at);
  }
  note_paths(loading, part, text);
  return text;
}

Text read_text(Loading& loading, const Part& part) {
  if (part.json.kind == Json::Kind::object) {
    loading.error(part, "not_supported", "a text in several languages is not supported yet, give one text");
    return {};
  }
  if (part.json.kind != Json::Kind::string) {
    loading.wrong_type(part, "a text");
    return {};
  }
  if (trim(part.json.string).empty()) loading.error(part, "empty_text", "a message without text cannot be sent");
  return read_value_text(loading, part);
}

}  // namespace answerback::flows
