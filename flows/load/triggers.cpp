#include "flows/load/triggers.hpp"

#include <fmt/format.h>

#include "flows/load/phrases.hpp"
#include "flows/load/targets.hpp"
#include "flows/text.hpp"

namespace answerback::flows {

namespace {

void judge_phrase(Loading& loading, const Phrase& phrase, std::map<std::string, Position>& seen) {
  refuse_reserved(loading, phrase.written, phrase.part.pointer, phrase.part.json.at);
  if (phrase.folded.empty()) return;  // reported where it was read
  const auto [first, fresh] = seen.emplace(phrase.folded, phrase.part.json.at);
  if (fresh) return;
  loading.warning(phrase.part, "duplicate_phrase", fmt::format("\"{}\" stands in line {} already", phrase.written, first->second.line));
}

// A phrase is looked for among the words of a reply, so that one without words is never found.
void judge_words(Loading& loading, const Phrase& phrase) {
  const auto has_words = !phrase.folded.empty() && fold_words(phrase.written) == phrase.folded;
  if (!has_words && !phrase.folded.empty()) loading.error(phrase.part, "empty_phrase", "a phrase needs a word or a number");
}

Anytime read_entry(Loading& loading, const Part& part, std::map<std::string, Position>& seen) {
  Fields fields(part.json, part.pointer, loading.report);
  Anytime anytime;
  if (part.json.kind != Json::Kind::object) return anytime;
  const auto* phrases = fields.any("phrases");
  if (phrases == nullptr) {
    fields.missing("phrases");
  } else {
    const Part list{*phrases, fields.pointer_to("phrases")};
    if (phrases->kind == Json::Kind::array && phrases->items.empty()) loading.error(list, "required", "no phrase is given");
    for (auto& phrase : read_phrases(loading, list, loading.limits.max_phrases, "phrases")) {
      judge_phrase(loading, phrase, seen);
      judge_words(loading, phrase);
      anytime.phrases.push_back(std::move(phrase.written));
      anytime.folded.push_back(std::move(phrase.folded));
    }
  }
  anytime.to = read_target_within(loading, fields);
  fields.done();
  return anytime;
}

}  // namespace

Triggers read_triggers(Loading& loading, Fields& flow) {
  Triggers triggers;
  triggers.interrupts = flow.boolean("interrupts").value_or(false);
  const auto* json = flow.object("triggers");
  if (json == nullptr) return triggers;
  Fields fields(*json, flow.pointer_to("triggers"), loading.report);
  std::map<std::string, Position> seen;
  if (const auto* keywords = fields.any("keywords")) {
    for (auto& phrase : read_phrases(loading, {*keywords, fields.pointer_to("keywords")}, loading.limits.max_keywords, "keywords")) {
      judge_phrase(loading, phrase, seen);
      triggers.keywords.push_back({std::move(phrase.written), std::move(phrase.folded), ""});
    }
  }
  triggers.any = fields.boolean("any").value_or(false);
  triggers.interrupts = fields.boolean("interrupts").value_or(triggers.interrupts);
  fields.done();
  return triggers;
}

std::vector<Anytime> read_anytime(Loading& loading, Fields& flow) {
  std::vector<Anytime> entries;
  const auto* json = flow.array("anytime");
  if (json == nullptr) return entries;
  const Part list{*json, flow.pointer_to("anytime")};
  if (!loading.within(list, json->items.size(), loading.limits.max_anytime, "entries of \"anytime\"")) return entries;
  std::map<std::string, Position> seen;
  for (std::size_t i = 0; i < json->items.size(); ++i) entries.push_back(read_entry(loading, list.item(i), seen));
  return entries;
}

}  // namespace answerback::flows
