#include <fmt/format.h>

#include <algorithm>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/choice_forms.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_compared_pairs = 100'000;  // of one flow; beyond it choices are too many to be typed by heart anyway

// As far as a reply may be from a choice to be taken as a slip of the hand: docs/flows.md, how replies are understood.
std::size_t slips_taken(std::size_t letters) {
  if (letters < 5) return 0;
  return letters < 8 ? 1 : 2;
}

struct Spelled {
  std::string letters;  // folded, without spaces: as slips are counted
  std::string written;
  std::size_t choice = 0;
  std::string inside;   // the pointer from the step on
  std::string language; // in which it counts; "" = in all
  bool is_key = false;
};

std::string joined_letters(const std::string& written) {
  auto letters = fold_words(written);
  std::erase(letters, ' ');
  return letters;
}

std::vector<Spelled> spelled(const Loading& loading, const Step& step, const ExpectChoice& expect) {
  std::vector<Spelled> all;  // but for those that are too short to be slipped into
  const auto add = [&](Spelled one) {
    if (slips_taken(one.letters.size()) > 0) all.push_back(std::move(one));
  };
  for (std::size_t i = 0; i < expect.choices.size(); ++i) {
    const auto& choice = expect.choices[i];
    const auto at_key = pointer_append("/expect/choice", choice.key);
    add({joined_letters(choice.key), choice.key, i, at_key, "", true});
    for (std::size_t j = 0; j < choice.synonyms.size(); ++j) {
      const auto& [written, folded, language] = choice.synonyms[j];
      add({joined_letters(written), written, i, pointer_of_synonym(loading, step, choice, j), language, false});
    }
  }
  return all;
}

class ChoiceCheck {
 public:
  explicit ChoiceCheck(Loading& loading) : loading_(loading) {}

  void judge(const Step& step, const ExpectChoice& expect) {
    const auto all = spelled(loading_, step, expect);
    for (std::size_t i = 0; i < all.size() && compared_ < max_compared_pairs; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool meet = all[i].language.empty() || all[j].language.empty() || all[i].language == all[j].language;
        if (all[i].choice == all[j].choice || !meet || !near(all[i].letters, all[j].letters)) continue;
        warn_at(loading_, step, find_in_step(loading_, step, all[i].inside), "similar_choices",
                fmt::format("\"{}\" and \"{}\" mean different things, but a slip of the hand turns one into the other", all[j].written,
                            all[i].written));
        break;
      }
    }
  }

 private:
  bool near(const std::string& a, const std::string& b) {
    const auto slips = slips_taken(std::min(a.size(), b.size()));
    if (slips == 0 || a == b || compared_ >= max_compared_pairs) return false;
    ++compared_;
    return edit_distance(a, b, slips) <= slips;
  }

  Loading& loading_;
  std::size_t compared_ = 0;
};

}  // namespace

void check_choices(Loading& loading) {
  ChoiceCheck check(loading);
  for (const auto& step : loading.flow.steps) {
    const auto* ask = std::get_if<Ask>(&step.verb);
    const auto* choice = ask == nullptr ? nullptr : std::get_if<ExpectChoice>(&ask->expect);
    if (choice != nullptr) check.judge(step, *choice);
  }
}

}  // namespace answerback::flows
