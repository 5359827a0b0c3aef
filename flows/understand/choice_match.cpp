#include "flows/understand/choice_match.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <span>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/choice_words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_choice_words = 120;
constexpr std::size_t negation_reach_words = 6;
// Distances that one reply may cost; the nearest words are found long before, but for a list of thousands of synonyms.
constexpr std::size_t max_distances = 4'000;
// Forms times words: of a reply to a list of 5,000 synonyms the first forty words are looked at for slips.
constexpr std::size_t max_slip_pairs = 200'000;
constexpr std::size_t max_slip_words = 4;  // a form of more is not looked for with slips

enum class Likeness { none, root, stem, same };

Likeness likeness(const ComparedWord& a, const ComparedWord& b, bool romance) {
  constexpr std::size_t shortest = 3;
  if (a.text == b.text) return Likeness::same;
  if (a.text.front() != b.text.front()) return Likeness::none;
  if (a.stem.size() >= shortest && a.stem == b.stem) return Likeness::stem;
  if (a.root.size() > shortest && a.root == b.root) return Likeness::root;
  return romance && a.romance.size() > shortest && a.romance == b.romance ? Likeness::root : Likeness::none;
}

// A reply's words with their stems, made when first asked for: most words are like no form.
class Stems {
 public:
  explicit Stems(const ChoiceReply& reply) : reply_(reply), made_(reply.words.size()) {}

  Likeness form_at(std::size_t at, const ChoiceForm& form) {
    if (at + form.words.size() > made_.size()) return Likeness::none;
    auto weakest = Likeness::same;
    for (std::size_t i = 0; i < form.words.size() && weakest != Likeness::none; ++i) {
      weakest = std::min(weakest, likeness(word(at + i), form.words[i], reply_.romance));
    }
    return weakest;
  }

 private:
  const ComparedWord& word(std::size_t at) {
    if (!made_[at]) made_[at] = compared(reply_.text(at), reply_.romance);
    return *made_[at];
  }

  const ChoiceReply& reply_;
  std::vector<std::optional<ComparedWord>> made_;
};

bool stands_at(const ChoiceReply& reply, std::size_t at, const ChoiceForm& form) {
  const auto same = [&](const ComparedWord& word) { return word.text == reply.text(at + static_cast<std::size_t>(&word - form.words.data())); };
  return std::all_of(form.words.begin(), form.words.end(), same);
}

// Endings differ, beginnings never: what begins with another letter need not be looked at. Forms stand by their first byte.
auto forms_like(const std::vector<ChoiceForm>& forms, char first) {
  struct Order {
    bool operator()(const ChoiceForm& form, char wanted) const { return form.joined.front() < wanted; }
    bool operator()(char wanted, const ChoiceForm& form) const { return wanted < form.joined.front(); }
  };
  const auto [begin, end] = std::equal_range(forms.begin(), forms.end(), first, Order{});
  return std::span(begin, end);
}

std::string joined_words(const ChoiceReply& reply, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) text += reply.text(i);
  return text;
}

// "new roof" stands for itself where another choice is just "roof".
void drop_covered(std::vector<Match>& matches) {
  const auto all = matches;
  std::erase_if(matches, [&](const Match& match) {
    return std::any_of(all.begin(), all.end(), [&](const Match& other) {
      const bool longer = other.last - other.first > match.last - match.first;
      return longer && other.first <= match.first && other.last >= match.last;
    });
  });
}

bool is_turn(std::string_view word) { return word == "but" || word == "pero" || word == "sino" || word == "mais"; }

std::size_t slip_limit(std::size_t letters) {
  if (letters >= 8) return 2;
  return letters >= 5 ? 1 : 0;
}

// A word, or some that stand together, as it may have been meant for a form.
struct Typed {
  std::size_t first = 0;
  std::size_t count = 0;
  std::string text;
  std::uint64_t letters = 0;
};

bool may_be_slip(const ChoiceReply& reply, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (i > first && reply.words[i].after_mark) return false;
    if (is_choice_negator(reply.text(i))) return false;  // "no reparación" is no slip of "reparación"
  }
  const bool everyday = count == 1 && (is_never_a_slip(reply.text(first)) || is_choice_filler(reply.text(first)));
  return !everyday && !is_denied(reply, first, {});
}

// All stretches of up to `longest` words that could be slips.
std::vector<Typed> typed_in(const ChoiceReply& reply, std::size_t longest) {
  std::vector<Typed> all;
  for (std::size_t first = 0; first < reply.words.size(); ++first) {
    for (std::size_t count = 1; count <= longest && first + count <= reply.words.size(); ++count) {
      if (!may_be_slip(reply, first, count)) continue;
      auto text = joined_words(reply, first, count);
      const auto letters = letters_in(text);
      all.push_back({first, count, std::move(text), letters});
    }
  }
  return all;
}

// Collects the nearest forms seen so far.
class Nearest {
 public:
  void look(const ChoiceForm& form, const Typed& typed) {
    const auto spare = typed.count > form.words.size() ? typed.count - form.words.size() : form.words.size() - typed.count;
    const auto shorter = std::min(typed.text.size(), form.joined.size());
    const auto limit = std::min(slip_limit(shorter), least_);
    if (spare > 1 || (limit == 0 && spare == 0) || distances_ >= max_distances) return;
    if (std::max(typed.text.size(), form.joined.size()) - shorter > limit) return;
    if (static_cast<std::size_t>(std::popcount(typed.letters ^ form.letters)) > 2 * limit) return;
    ++distances_;
    const auto distance = edit_distance(typed.text, form.joined, limit);
    if (distance > limit) return;
    if (distance < least_) found_.clear();
    least_ = distance;
    found_.push_back({form.choice, typed.first, typed.first + typed.count - 1, distance == 0});  // "newroof" is no slip
  }

  std::vector<Match> take() { return std::move(found_); }

 private:
  std::vector<Match> found_;
  std::size_t least_ = 2;
  std::size_t distances_ = 0;
};

}  // namespace

ChoiceReply choice_reply(const Reply& reply, std::string_view language) {
  ChoiceReply ready{reply, {}, language.starts_with("es") || language.starts_with("fr")};
  ready.words = plain_words(reply, max_choice_words);
  return ready;
}

std::pair<std::size_t, std::size_t> core_of(const ChoiceReply& reply) {
  std::size_t first = 0;
  std::size_t last = reply.words.size();
  while (first < last && is_choice_filler(reply.text(first))) ++first;
  while (last > first && is_choice_filler(reply.text(last - 1))) --last;
  return {first, last};
}

std::vector<Match> whole_matches(const ChoiceReply& reply, std::size_t first, std::size_t last, const std::vector<ChoiceForm>& forms) {
  std::vector<Match> matches;
  for (const auto& form : forms) {
    if (first >= last || form.words.size() != last - first) continue;
    if (stands_at(reply, first, form)) matches.push_back({form.choice, first, last - 1, true});
  }
  return matches;
}

std::vector<Match> contained_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms) {
  std::vector<Match> matches;
  Stems stems(reply);
  for (std::size_t at = 0; at < reply.words.size(); ++at) {
    for (const auto& form : forms_like(forms, reply.text(at).front())) {
      if (form.words.empty() || is_label(form)) continue;
      const auto like = stems.form_at(at, form);
      if (like != Likeness::none) matches.push_back({form.choice, at, at + form.words.size() - 1, like != Likeness::root});
    }
  }
  drop_covered(matches);
  const auto all = matches;
  std::erase_if(matches, [&](const Match& match) { return is_denied(reply, match.first, all); });
  const bool any_sure = std::any_of(matches.begin(), matches.end(), [](const Match& match) { return match.sure; });
  if (any_sure) std::erase_if(matches, [](const Match& match) { return !match.sure; });
  return matches;
}

std::vector<Match> slip_matches(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms) {
  std::size_t longest = 0;
  for (const auto& form : forms) longest = std::max(longest, std::min(form.words.size(), max_slip_words));
  const auto typed = typed_in(reply, longest + 1);  // "re pair" may be one word
  Nearest nearest;
  const auto read = std::min(typed.size(), max_slip_pairs / std::max<std::size_t>(forms.size(), 1));
  for (const auto& form : forms) {
    for (std::size_t i = 0; i < read; ++i) nearest.look(form, typed[i]);
  }
  return nearest.take();
}

bool is_denied(const ChoiceReply& reply, std::size_t first, const std::vector<Match>& others) {
  const std::size_t from = first > negation_reach_words ? first - negation_reach_words : 0;
  for (std::size_t i = first; i > from; --i) {
    if (reply.words[i].after_mark) return false;
    const auto before = reply.text(i - 1);
    if (is_turn(before)) {
      const bool anything = i >= 2 && (is_choice_negator(reply.text(i - 2)) || is_several(reply.text(i - 2)));
      return anything;  // "anything but", "all but"
    }
    if (is_choice_negator(before)) return true;
    const auto inside = [&](const Match& other) { return other.first <= i - 1 && i - 1 <= other.last; };
    if (std::any_of(others.begin(), others.end(), inside)) return false;  // the negation is of that one
  }
  return false;
}

}  // namespace answerback::flows
