#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/json/json_pointer.hpp"
#include "flows/load/phrases.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_phrase_runs = 1'000'000;  // of words in the phrases of one flow: 100 entries of 100 phrases of 13 words

// Looks phrases up as the engine does: the whole of a reply first, then what it contains, the earlier entry first.
class PhraseCheck {
 public:
  explicit PhraseCheck(Loading& loading) : loading_(loading) {
    for (std::size_t i = 0; i < loading.flow.anytime.size(); ++i) {
      for (const auto& phrase : loading.flow.anytime[i].phrases) {
        if (!phrase.folded.empty()) entry_of_.emplace(phrase.folded, i);
      }
    }
  }

  void run() {
    for (std::size_t i = 0; i < loading_.flow.anytime.size(); ++i) judge_entry(i);
    for (const auto& step : loading_.flow.steps) {
      const auto* ask = std::get_if<Ask>(&step.verb);
      const auto* choice = ask == nullptr ? nullptr : std::get_if<ExpectChoice>(&ask->expect);
      if (choice != nullptr) judge_choices(step, *choice);
    }
  }

 private:
  // Any run of the phrase's own words, but for the phrase itself, that an earlier entry waits for.
  std::optional<std::string> taken_before(const std::string& phrase, std::size_t entry) {
    const auto words = split_words(phrase);
    for (std::size_t from = 0; from < words.size(); ++from) {
      std::string part;
      for (std::size_t to = from; to < words.size() && runs_left_ > 0; ++to) {
        --runs_left_;
        part.append(part.empty() ? "" : " ").append(words[to]);
        const auto found = entry_of_.find(part);
        if (found != entry_of_.end() && found->second < entry && part != phrase) return part;
      }
    }
    return std::nullopt;
  }

  void judge_entry(std::size_t entry) {
    const auto& anytime = loading_.flow.anytime[entry];
    const auto list = fmt::format("/anytime/{}/phrases", entry);
    const auto* written = at_pointer(*loading_.root, list);
    for (std::size_t i = 0; i < anytime.phrases.size(); ++i) {
      const auto taken = taken_before(anytime.phrases[i].folded, entry);
      if (!taken || written == nullptr) continue;
      const auto pointer = pointer_of_phrase(*written, list, i);
      const auto* json = at_pointer(*loading_.root, pointer);
      loading_.report.warning("shadowed_phrase",
                              fmt::format("in a longer reply \"{}\" is taken by \"{}\", which stands before; put the longer one first",
                                          anytime.phrases[i].written, *taken),
                              pointer, json == nullptr ? Position{} : json->at);
    }
  }

  void judge_word(const Step& step, const std::string& word, const std::string& inside) {
    if (entry_of_.count(fold_phrase(word)) == 0) return;
    warn_at(loading_, step, find_in_step(loading_, step, inside), "shadowed_phrase",
            fmt::format("\"{}\" is a phrase of \"anytime\", which takes it before the question does", word));
  }

  void judge_choices(const Step& step, const ExpectChoice& expect) {
    for (const auto& choice : expect.choices) {
      const auto at_key = pointer_append("/expect/choice", choice.key);
      judge_word(step, choice.key, at_key);
      for (std::size_t i = 0; i < choice.synonyms.size(); ++i) judge_word(step, choice.synonyms[i].written, pointer_of_synonym(loading_, step, choice, i));
    }
  }

  Loading& loading_;
  std::unordered_map<std::string, std::size_t> entry_of_;
  std::size_t runs_left_ = max_phrase_runs;
};

}  // namespace

void check_phrases(Loading& loading) {
  if (!loading.flow.anytime.empty()) PhraseCheck(loading).run();
}

}  // namespace answerback::flows
