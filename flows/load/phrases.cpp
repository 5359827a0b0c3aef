#include "flows/load/phrases.hpp"

#include <fmt/format.h>

#include "flows/text.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_phrase_characters = 100;

void judge_phrase(Loading& loading, const WrittenPhrase& phrase) {
  if (phrase.folded.empty()) loading.error(phrase.part, "empty_phrase", "nobody can type this, give a word");
  if (count_characters(phrase.written) > max_phrase_characters) {
    loading.error(phrase.part, "limit", fmt::format("at most {} characters are allowed here", max_phrase_characters));
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
  if (part.json.kind != Json::Kind::array) {
    loading.wrong_type(part, "a list of texts");
    return phrases;
  }
  if (!loading.within(part, part.json.items.size(), max, what)) return phrases;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) {
    const auto item = part.item(i);
    if (item.json.kind != Json::Kind::string) {
      loading.wrong_type(item, "a text");
      continue;
    }
    phrases.push_back({item.json.string, fold_phrase(item.json.string), item});
    judge_phrase(loading, phrases.back());
  }
  return phrases;
}

}  // namespace answerback::flows
