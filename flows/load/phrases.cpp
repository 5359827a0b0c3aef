#include "flows/load/phrases.hpp"

#include <fmt/format.h>

#include "flows/load/texts.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_phrase_characters = 100;

void judge_phrase(Loading& loading, const WrittenPhrase& phrase) {
  if (phrase.phrase.folded.empty()) loading.error(phrase.part, "empty_phrase", "nobody can type this, give a word");
  if (count_characters(phrase.phrase.written) > max_phrase_characters) {
    loading.error(phrase.part, "limit", fmt::format("at most {} characters are allowed here", max_phrase_characters));
  }
}

void read_list(Loading& loading, const Part& part, const std::string& language, std::size_t max, std::string_view what,
               std::vector<WrittenPhrase>& phrases) {
  if (part.json.kind != Json::Kind::array) return loading.wrong_type(part, "a list of texts");
  if (!loading.within(part, part.json.items.size(), max, what)) return;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) {
    const auto item = part.item(i);
    if (item.json.kind != Json::Kind::string) {
      loading.wrong_type(item, "a text");
      continue;
    }
    phrases.push_back({{item.json.string, fold_phrase(item.json.string), language}, item});
    judge_phrase(loading, phrases.back());
  }
}

}  // namespace

void refuse_reserved(Loading& loading, const std::string& written, const std::string& pointer, Position at, bool answers) {
  const auto warn = [&](std::string_view why) {
    loading.report.warning("keyword_collision", fmt::format("\"{}\" {} before the flow sees it", written, why), pointer, at);
  };
  switch (loading.limits.reserved ? loading.limits.reserved(written) : ReservedWord::none) {
    case ReservedWord::none: return;
    case ReservedWord::stop:
      loading.report.error("keyword_collision", fmt::format("\"{}\" opts out, no flow ever sees it", written), pointer, at);
      return;
    case ReservedWord::ordinary_stop:
      if (!answers) warn("opts out where its language is spoken,");
      return;
    case ReservedWord::start:
      warn("may be taken as an opt-in");
      return;
    case ReservedWord::help: return warn("is answered with the help text");
  }
}

std::vector<WrittenPhrase> read_phrases(Loading& loading, const Part& part, std::size_t max, std::string_view what) {
  std::vector<WrittenPhrase> phrases;
  if (part.json.kind != Json::Kind::object) {
    read_list(loading, part, "", max, what, phrases);
    return phrases;
  }
  if (!loading.within(part, part.json.members.size(), loading.limits.max_languages, "languages")) return phrases;
  for (const auto& member : part.json.members) {
    const auto list = part.member(member);
    judge_language(loading, member.key, list.pointer, member.key_at);
    read_list(loading, list, member.key, max, what, phrases);
  }
  return phrases;
}

std::string pointer_of_phrase(const Json& list, std::string_view pointer, std::size_t index) {
  for (const auto& member : list.members) {
    if (index < member.value.items.size()) return pointer_of_phrase(member.value, pointer_append(pointer, member.key), index);
    index -= member.value.items.size();
  }
  return pointer_append(pointer, std::to_string(index));
}

}  // namespace answerback::flows
