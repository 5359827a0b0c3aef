#include "flows/load/triggers.hpp"

#include <fmt/format.h>

#include "flows/load/phrases.hpp"
#include "flows/load/targets.hpp"
#include "flows/load/texts.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

// `in_each_language`: a phrase may stand once in each, as words that languages share do.
void judge_phrase(Loading& loading, const WrittenPhrase& phrase, std::map<std::string, Position>& seen, bool in_each_language) {
  const auto& [written, folded, language] = phrase.phrase;
  refuse_reserved(loading, written, phrase.part.pointer, phrase.part.json.at);
  if (folded.empty()) return;  // reported where it was read
  const auto [first, fresh] = seen.emplace(in_each_language ? language + " " + folded : folded, phrase.part.json.at);
  if (fresh) return;
  loading.warning(phrase.part, "duplicate_phrase", fmt::format("\"{}\" stands in line {} already", written, first->second.line));
}

// A phrase is looked for among the words of a reply, so that one without words is never found.
void judge_words(Loading& loading, const WrittenPhrase& phrase) {
  const auto& [written, folded, language] = phrase.phrase;
  const auto has_words = !folded.empty() && fold_words(written) == folded;
  if (!has_words && !folded.empty()) loading.error(phrase.part, "empty_phrase", "a phrase needs a word or a number");
}

bool is_list(const Json& json) { return json.kind == Json::Kind::array || json.kind == Json::Kind::object; }

void read_phrases_of(Loading& loading, Fields& fields, Anytime& anytime, std::map<std::string, Position>& seen) {
  const auto* phrases = fields.any("phrases");
  if (phrases == nullptr) return fields.missing("phrases");
  const Part list{*phrases, fields.pointer_to("phrases")};
  if (phrases->items.empty() && phrases->members.empty() && is_list(*phrases)) loading.error(list, "required", "no phrase is given");
  for (auto& phrase : read_phrases(loading, list, loading.limits.max_phrases, "phrases")) {
    judge_phrase(loading, phrase, seen, true);
    judge_words(loading, phrase);
    anytime.phrases.push_back(std::move(phrase.phrase));
  }
}

// What is said of an entry that comes back to the question: before it, or in its stead.
void read_detour(Loading& loading, Fields& fields, Anytime& anytime) {
  const auto* say = fields.any("say");
  if (say != nullptr) anytime.say = read_wording(loading, {*say, fields.pointer_to("say")});
  if (say == nullptr && anytime.kind == Anytime::Kind::resume) fields.missing("say");
  for (const std::string_view way : {"to", "complete", "bail", "discard"}) {
    if (fields.any(way) == nullptr) continue;
    fields.error(way, "one_way", "this entry comes back to the question, it cannot lead on as well");
  }
}

Anytime read_anytime_entry(Loading& loading, const Part& part, std::map<std::string, Position>& seen) {
  Fields fields(part.json, part.pointer, loading.report);
  Anytime anytime;
  if (part.json.kind != Json::Kind::object) return anytime;
  read_phrases_of(loading, fields, anytime, seen);
  const bool resumes = fields.boolean("resume").value_or(false);
  const bool corrects = fields.boolean("correct").value_or(false);
  if (resumes && corrects) fields.error("correct", "one_way", "an entry either resumes or corrects, not both");
  if (resumes) anytime.kind = Anytime::Kind::resume;
  if (corrects) anytime.kind = Anytime::Kind::correct;
  if (anytime.kind == Anytime::Kind::go) {
    anytime.to = read_target_within(loading, fields);
  } else {
    read_detour(loading, fields, anytime);
  }
  fields.done();
  return anytime;
}

// A plain list, or lists by language: who begins with "TECHO" is spoken to in Spanish.
void read_keywords(Loading& loading, const Part& part, Triggers& triggers) {
  std::map<std::string, Position> seen;
  for (auto& keyword : read_phrases(loading, part, loading.limits.max_keywords, "keywords")) {
    judge_phrase(loading, keyword, seen, false);
    triggers.keywords.push_back(std::move(keyword.phrase));
  }
}

}  // namespace

Triggers read_triggers(Loading& loading, Fields& flow) {
  Triggers triggers;
  triggers.interrupts = flow.boolean("interrupts").value_or(false);
  const auto* json = flow.object("triggers");
  if (json == nullptr) return triggers;
  Fields fields(*json, flow.pointer_to("triggers"), loading.report);
  if (const auto* keywords = fields.any("keywords")) read_keywords(loading, {*keywords, fields.pointer_to("keywords")}, triggers);
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
  for (std::size_t i = 0; i < json->items.size(); ++i) entries.push_back(read_anytime_entry(loading, list.item(i), seen));
  return entries;
}

}  // namespace answerback::flows
