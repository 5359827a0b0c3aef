#include "flows/load/choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "flows/load/phrases.hpp"
#include "flows/load/texts.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/choice_forms.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_label_characters = 100;

// What the choices of one question claim so far. A word of one language is free in the others.
class Claims {
 public:
  explicit Claims(Loading& loading) : loading_(loading) {}

  void claim(const std::string& key, const std::string& written, const std::string& language, const std::string& pointer, Position at) {
    refuse_reserved(loading_, written, pointer, at, true);
    const auto folded = fold_phrase(written);
    if (folded.empty()) return;  // reported where it was read
    for (const auto& [other, owner] : owners_[folded]) {
      const bool meet = other.empty() || language.empty() || other == language;
      if (!meet || owner == key) continue;
      loading_.report.error("duplicate_choice", fmt::format("\"{}\" already means \"{}\"", written, owner), pointer, at);
      return;
    }
    owners_[folded].emplace_back(language, key);
  }

 private:
  Loading& loading_;
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> owners_;  // folded -> language, key
};

void read_synonyms(Loading& loading, const Part& part, Choice& choice, Claims& claims) {
  for (auto& [phrase, at] : read_phrases(loading, part, loading.limits.max_synonyms, "synonyms")) {
    if (!phrase.language.empty()) loading.language_seen(phrase.language);
    claims.claim(choice.key, phrase.written, phrase.language, at.pointer, at.json.at);
    choice.synonyms.push_back(std::move(phrase));
  }
}

void read_label(Loading& loading, const Part& part, const std::string& language, Choice& choice, Claims& claims) {
  if (part.json.kind != Json::Kind::string) return loading.wrong_type(part, "a text");
  if (fold_phrase(part.json.string).empty()) loading.error(part, "empty_phrase", "nobody can type this, give a word");
  const auto characters = count_characters(part.json.string);
  if (characters > max_label_characters) loading.error(part, "limit", fmt::format("at most {} characters are allowed here", max_label_characters));
  claims.claim(choice.key, part.json.string, language, part.pointer, part.json.at);
  choice.labels.emplace_back(language, part.json.string);
}

// One for all, or one for each language, the flow's own among them and first in what is kept.
void read_labels(Loading& loading, const Part& part, Choice& choice, Claims& claims) {
  if (part.json.kind != Json::Kind::object) return read_label(loading, part, "", choice, claims);
  if (!loading.within(part, part.json.members.size(), loading.limits.max_languages, "languages")) return;
  const auto& own = loading.flow.language;
  if (part.json.find(own) == nullptr) loading.error(part, "missing_translation", fmt::format("the label lacks the flow's own language, \"{}\"", own));
  for (const auto& member : part.json.members) {
    const auto label = part.member(member);
    judge_language(loading, member.key, label.pointer, member.key_at);
    loading.language_seen(member.key);
    read_label(loading, label, member.key, choice, claims);
  }
  std::stable_partition(choice.labels.begin(), choice.labels.end(), [&](const auto& one) { return one.first == own; });
}

// Synonyms alone, or an object with what the choice is called.
Choice read_choice(Loading& loading, const Part& part, const std::string& key, Claims& claims) {
  Choice choice{key, {}};
  const bool described = part.json.find("label") != nullptr || part.json.find("synonyms") != nullptr;
  if (!described) {
    read_synonyms(loading, part, choice, claims);
    return choice;
  }
  Fields fields(part.json, part.pointer, loading.report);
  if (const auto* label = fields.any("label")) read_labels(loading, {*label, fields.pointer_to("label")}, choice, claims);
  if (const auto* synonyms = fields.any("synonyms")) read_synonyms(loading, {*synonyms, fields.pointer_to("synonyms")}, choice, claims);
  fields.done();
  return choice;
}

// `"confirm": true` is an option of the question, `"from": "vars.slots"` the list to choose from; choices of those names have lists behind them.
bool is_option(const JsonMember& member, bool listed) {
  if (member.key == "confirm") return member.value.kind == Json::Kind::boolean;
  return listed && (member.key == "from" || member.key == "keys") && member.value.kind == Json::Kind::string;
}

std::vector<std::reference_wrapper<const JsonMember>> choices_among(const Json& options, bool listed) {
  std::vector<std::reference_wrapper<const JsonMember>> members;
  for (const auto& member : options.members) {
    if (!is_option(member, listed)) members.emplace_back(member);
  }
  return members;
}

std::optional<Path> read_list_path(Loading& loading, const Part& part, std::string_view name) {
  const auto* json = part.json.find(name);
  if (json == nullptr || json->kind != Json::Kind::string) return std::nullopt;
  const auto pointer = pointer_append(part.pointer, name);
  auto path = parse_path(json->string);
  const bool holds_list = path && (path->root == Path::Root::vars || path->root == Path::Root::contact);
  if (!path) {
    loading.report.error("unknown_path", why_no_path(json->string), pointer, json->at);
  } else if (!holds_list) {
    loading.report.error("unknown_path", fmt::format("\"{}\" holds no list, name a variable that a call saves", json->string), pointer, json->at);
  } else {
    loading.path_uses.push_back({*path, pointer, json->at, false});
  }
  return holds_list ? path : std::nullopt;
}

// `{"from": "vars.slots", "keys": "vars.slot_ids"}`.
ExpectChoice read_listed(Loading& loading, const Part& part, const std::vector<std::reference_wrapper<const JsonMember>>& others) {
  ExpectChoice expect;
  expect.from = read_list_path(loading, part, "from");
  expect.keys = read_list_path(loading, part, "keys");
  for (const JsonMember& member : others) {
    loading.report.error("unknown_field", fmt::format("\"{}\" is no choice here, all come from the list", member.key),
                         pointer_append(part.pointer, member.key), member.key_at);
  }
  return expect;
}

}  // namespace

ExpectChoice read_choices(Loading& loading, const Part& part) {
  ExpectChoice expect;
  if (part.json.kind != Json::Kind::object) {
    loading.wrong_type(part, "an object of choices with their synonyms");
    return expect;
  }
  const auto* from = part.json.find("from");
  const bool listed = from != nullptr && from->kind == Json::Kind::string;
  const auto members = choices_among(part.json, listed);
  if (listed) return read_listed(loading, part, members);
  if (members.empty()) loading.error(part, "required", "a choice needs at least one key with its synonyms");
  if (!loading.within(part, members.size(), loading.limits.max_choices, "choices")) return expect;
  Claims claims(loading);
  for (const JsonMember& member : members) {
    const auto choice = part.member(member);
    if (fold_phrase(member.key).empty()) loading.error(choice, "empty_phrase", "a choice needs a key");
    claims.claim(member.key, member.key, "", choice.pointer, member.key_at);
  }
  for (const JsonMember& member : members) expect.choices.push_back(read_choice(loading, part.member(member), member.key, claims));
  expect.forms = std::make_shared<const ChoiceForms>(choice_forms(expect));
  return expect;
}

}  // namespace answerback::flows
