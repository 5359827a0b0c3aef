#include "flows/load/choices.hpp"

#include <fmt/format.h>

#include <functional>

#include "flows/load/phrases.hpp"
#include "flows/text.hpp"
#include "flows/understand/choice_forms.hpp"

namespace answerback::flows {

namespace {

// What the choices of one question claim so far.
class Claims {
 public:
  explicit Claims(Loading& loading) : loading_(loading) {}

  void claim(const std::string& key, const std::string& written, const std::string& pointer, Position at) {
    refuse_reserved(loading_, written, pointer, at, true);
    const auto folded = fold_phrase(written);
    if (folded.empty()) return;  // reported where it was read
    const auto [found, fresh] = owner_.emplace(folded, key);
    if (fresh || found->second == key) return;
    loading_.report.error("duplicate_choice", fmt::format("\"{}\" already means \"{}\"", written, found->second), pointer, at);
  }

 private:
  Loading& loading_;
  std::map<std::string, std::string> owner_;  // folded -> key
};

Choice read_choice(Loading& loading, const Part& part, const std::string& key, Claims& claims) {
  Choice choice{key, {}};
  for (auto& phrase : read_phrases(loading, part, loading.limits.max_synonyms, "synonyms")) {
    claims.claim(key, phrase.written, phrase.part.pointer, phrase.part.json.at);
    choice.synonyms.push_back(std::move(phrase.written));
  }
  return choice;
}

// `"confirm": true` is an option of the question; a choice of that name has a list behind it.
std::vector<std::reference_wrapper<const JsonMember>> choices_among(const Json& options) {
  std::vector<std::reference_wrapper<const JsonMember>> members;
  for (const auto& member : options.members) {
    if (member.key != "confirm" || member.value.kind != Json::Kind::boolean) members.emplace_back(member);
  }
  return members;
}

}  // namespace

ExpectChoice read_choices(Loading& loading, const Part& part) {
  ExpectChoice expect;
  if (part.json.kind != Json::Kind::object) {
    loading.wrong_type(part, "an object of choices with their synonyms");
    return expect;
  }
  const auto members = choices_among(part.json);
  if (members.empty()) loading.error(part, "required", "a choice needs at least one key with its synonyms");
  if (!loading.within(part, members.size(), loading.limits.max_choices, "choices")) return expect;
  Claims claims(loading);
  for (const JsonMember& member : members) {
    const auto choice = part.member(member);
    if (fold_phrase(member.key).empty()) loading.error(choice, "empty_phrase", "a choice needs a key");
    claims.claim(member.key, member.key, choice.pointer, member.key_at);
  }
  for (const JsonMember& member : members) expect.choices.push_back(read_choice(loading, part.member(member), member.key, claims));
  expect.forms = std::make_shared<const std::vector<ChoiceForm>>(choice_forms(expect));
  return expect;
}

}  // namespace answerback::flows
