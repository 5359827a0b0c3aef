#include <algorithm>
#include <array>

#include "flows/text/words.hpp"
#include "flows/understand/choice_match.hpp"
#include "flows/understand/choice_words.hpp"

namespace answerback::flows {

namespace {

bool is_article(std::string_view word) {
  constexpr auto articles = std::to_array<std::string_view>({"the", "la", "el", "le", "l", "los", "las", "les", "my", "that", "this", "lo", "au"});
  return is_one_of(word, articles);
}

bool may_follow(std::string_view word) {
  constexpr auto following = std::to_array<std::string_view>({
      "please", "pls", "plz", "thanks", "thank", "works", "work", "sounds", "is", "would", "seems", "if", "for", "por", "gracias", "s", "merci", "svp",
      "stp", "then", "though", "lol", "and", "or", "of"});
  return is_one_of(word, following);
}

// "just a second"
bool is_moment(const ChoiceReply& reply, std::size_t at) {
  constexpr auto counting = std::to_array<std::string_view>({"a", "one", "un", "une", "per", "sec", "split"});
  return reply.text(at) == "second" && at > 0 && is_one_of(reply.text(at - 1), counting);
}

class Places {
 public:
  Places(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms, std::size_t count)
      : reply_(reply), count_(count), core_(core_of(reply)) {
    for (const auto& form : forms) {
      if (const auto number = is_label(form) ? small_number(form.joined) : 0; number > 0) labels_.emplace_back(number, form.choice);
    }
    counts_only_ = core_.first < core_.second;
    for (auto i = core_.first; i < core_.second; ++i) {
      if (!is_choice_joint(reply.text(i)) && !is_suffix(i) && number_at(i) == 0 && place_number(reply.text(i), count) == 0) counts_only_ = false;
    }
  }

  std::vector<Match> find() const {
    std::vector<Match> matches;
    for (std::size_t at = 0; at < reply_.words.size(); ++at) {
      if (const auto match = ordinal(at); match.choice < count_) {
        matches.push_back(match);
        at = match.last;
      } else if (const auto other = cardinal(at); other.choice < count_) {
        matches.push_back(other);
      }
    }
    std::erase_if(matches, [&](const Match& match) { return is_denied(match); });
    return matches;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  bool is_suffix(std::size_t at) const {
    if (at == 0 || at >= reply_.words.size()) return false;
    const auto& token = reply_.reply.tokens()[reply_.words[at].token];
    return token.glued && is_ordinal_ending(token.text) && is_digit(reply_.text(at - 1).front());
  }

  // The number or the letter of the list that a word is; 0 for none.
  std::size_t number_at(std::size_t at) const {
    const auto word = reply_.text(at);
    if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'j') {
      const auto letter = static_cast<std::size_t>(word[0] - 'a') + 1;
      return letter <= count_ ? letter : 0;
    }
    return small_number(word);
  }

  bool is_announced(std::size_t at) const {
    if (at == 0) return false;
    const auto& tokens = reply_.reply.tokens();
    const auto token = reply_.words[at].token;
    return is_choice_cue(reply_.text(at - 1)) || (token > 0 && tokens[token - 1].text == "#");
  }

  bool is_denied(const Match& match) const {
    const bool cue = match.first > 0 && reply_.text(match.first - 1) == "no" && is_digit(reply_.text(match.first).front());
    return !cue && flows::is_denied(reply_, match.first, {});
  }

  // "the second one", "2nd", "la última", "le premier"
  Match ordinal(std::size_t at) const {
    const bool digits = is_suffix(at + 1);
    const auto place = digits ? small_number(reply_.text(at)) : place_number(reply_.text(at), count_);
    const auto last = digits ? at + 1 : at;
    if (place == 0 || place > count_ || is_moment(reply_, at)) return {none};
    const bool placed = last + 1 < reply_.words.size() && is_placed(reply_.text(last + 1)) && !reply_.words[last + 1].after_mark;
    const bool leads = at == 0 || reply_.words[at].after_mark;
    const bool begins = leads || is_article(reply_.text(at - 1)) || is_announced(at) || is_choice_joint(reply_.text(at - 1));
    const bool ends = reply_.ends_clause(last) || may_follow(reply_.text(last + 1));
    const bool of_all = last + 2 < reply_.words.size() && reply_.text(last + 1) == "of" && is_several(reply_.text(last + 2));
    const bool fits = placed || (counts_only_ && at >= core_.first && at < core_.second) || (begins && ends && !of_all);
    return fits ? Match{place - 1, at, last, true} : Match{none};
  }

  // "los dos", "les deux", "the two" are both, "la dos" is the second.
  bool is_count(std::size_t at) const {
    if (at == 0) return false;
    const auto before = reply_.text(at - 1);
    if (before == "los" || before == "las" || before == "les") return true;
    return before == "the" && !is_digit(reply_.text(at).front()) && small_number(reply_.text(at)) > 1;
  }

  // "2", "option b", "number two"
  Match cardinal(std::size_t at) const {
    const auto number = number_at(at);
    if (number == 0 || is_suffix(at) || is_count(at)) return {none};
    const bool in_core = at >= core_.first && at < core_.second;
    const bool leads = at == 0 && reply_.ends_clause(at) && reply_.words.size() > 1 && is_digit(reply_.text(at).front());
    if (!(counts_only_ && in_core) && !is_announced(at) && !leads && !is_bare(at)) return {none};
    return Match{choice_of(number, reply_.text(at)), at, at, true};
  }

  // "one please": words that are fillers elsewhere, where nothing but fillers is left.
  bool is_bare(std::size_t at) const {
    if (core_.first < core_.second) return false;
    const bool first = std::all_of(reply_.words.begin(), reply_.words.begin() + static_cast<std::ptrdiff_t>(at), [](const PlainWord& word) {
      return word.text == "just" || word.text == "solo";
    });
    const bool alone = reply_.words.size() <= at + 1 || reply_.words[at].text != "a";
    return first && alone && (reply_.words.size() == 1 || reply_.text(at).size() > 2);
  }

  // Where choices carry numbers of their own, theirs count, not the places in the list.
  std::size_t choice_of(std::size_t number, std::string_view word) const {
    const bool letter = word.size() == 1 && !is_digit(word.front());
    if (labels_.empty() || letter) return number - 1;
    const auto labelled = std::find_if(labels_.begin(), labels_.end(), [&](const auto& label) { return label.first == number; });
    return labelled == labels_.end() ? none : labelled->second;
  }

  const ChoiceReply& reply_;
  std::size_t count_;
  std::pair<std::size_t, std::size_t> core_;
  std::vector<std::pair<std::size_t, std::size_t>> labels_;  // numbers that choices carry, and whose they are
  bool counts_only_ = false;  // the core is numbers and places, and nothing else
};

}  // namespace

std::vector<Match> place_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms, std::size_t count) {
  return Places(reply, forms, count).find();
}

}  // namespace answerback::flows
