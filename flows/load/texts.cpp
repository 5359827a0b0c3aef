#include "flows/load/texts.hpp"

#include <fmt/format.h>

#include "flows/load/names.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

void note_paths(Loading& loading, const Part& part, const Text& text) {
  for (const auto& piece : text.pieces) {
    if (const auto* placeholder = std::get_if<Placeholder>(&piece)) {
      loading.path_uses.push_back({placeholder->path, part.pointer, loading.source.inside(part.json.at, placeholder->offset), false});
    }
  }
}

Text read_message(Loading& loading, const Part& part) {
  if (part.json.kind != Json::Kind::string) {
    loading.wrong_type(part, "a text");
    return {};
  }
  if (trim(part.json.string).empty()) loading.error(part, "empty_text", "a message without text cannot be sent");
  return read_value_text(loading, part);
}

template <typename ReadText>
Wording read_translations(Loading& loading, const Part& part, ReadText read_text) {
  Wording wording;
  if (!loading.within(part, part.json.members.size(), loading.limits.max_languages, "languages")) return wording;
  for (const auto& member : part.json.members) {
    const auto text = part.member(member);
    judge_language(loading, member.key, text.pointer, member.key_at);
    auto read = read_text(loading, text);
    if (member.key == loading.flow.language) {
      wording.text = std::move(read);
    } else {
      wording.others.emplace_back(member.key, std::move(read));
    }
    loading.language_seen(member.key);
  }
  if (part.json.find(loading.flow.language) == nullptr) {
    loading.error(part, "missing_translation", fmt::format("the text lacks the flow's own language, \"{}\"", loading.flow.language));
  }
  return wording;
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

Wording read_wording(Loading& loading, const Part& part) {
  auto wording = part.json.kind == Json::Kind::object ? read_translations(loading, part, read_message) : Wording{read_message(loading, part), {}};
  loading.wordings.push_back({part, wording});
  return wording;
}

Wording read_value_wording(Loading& loading, const Part& part) {
  return read_translations(loading, part, [](Loading& within, const Part& text) {
    if (text.json.kind == Json::Kind::string) return read_value_text(within, text);
    within.wrong_type(text, "a text");
    return Text{};
  });
}

void judge_language(Loading& loading, const std::string& language, const std::string& pointer, Position at) {
  if (is_language(language)) return;
  loading.report.error("bad_language", fmt::format("\"{}\" is no language, write one such as \"en\" or \"es-MX\"", language), pointer, at);
}

}  // namespace answerback::flows
