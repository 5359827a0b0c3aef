#include <fmt/format.h>

#include <algorithm>

#include "flows/check/checks.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// A text of nothing but values and signs reads alike in every language.
bool has_words(const Text& text) {
  return std::any_of(text.pieces.begin(), text.pieces.end(), [](const auto& piece) {
    const auto* literal = std::get_if<std::string>(&piece);
    for (std::size_t at = 0; literal != nullptr && at < literal->size();) {
      const auto character = first_code_point(std::string_view(*literal).substr(at));
      if (is_word_character(character.value) && (character.size > 1 || !is_digit((*literal)[at]))) return true;
      at += character.size;
    }
    return false;
  });
}

void judge_wording(Loading& loading, const ReadWording& read) {
  if (!has_words(read.wording.text)) return;
  std::vector<std::string> missing;
  for (const auto& language : loading.flow.languages) {
    const bool there = language == loading.flow.language ||
                       std::any_of(read.wording.others.begin(), read.wording.others.end(), [&](const auto& other) { return other.first == language; });
    if (!there) missing.push_back(language);
  }
  if (missing.empty()) return;
  loading.warning(read.part, "missing_translation", fmt::format("this text is missing in {}, who speaks it gets it in {}",
                                                                fmt::join(missing, ", "), loading.flow.language));
}

}  // namespace

void check_translations(Loading& loading) {
  if (loading.flow.languages.size() > 1) {
    for (const auto& read : loading.wordings) judge_wording(loading, read);
  }
  const auto* triggers = loading.root->find("triggers");
  const auto* keywords = triggers == nullptr ? nullptr : triggers->find("keywords");
  if (keywords == nullptr) return;
  for (const auto& member : keywords->members) {
    if (is_one_of(member.key, loading.flow.languages)) continue;
    loading.report.warning("missing_translation", fmt::format("no text of this flow is in {}", member.key),
                           pointer_append("/triggers/keywords", member.key), member.key_at);
  }
}

}  // namespace answerback::flows
