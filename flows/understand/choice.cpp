#include <algorithm>
#include <optional>

#include "flows/understand/choice_listed.hpp"
#include "flows/understand/choice_match.hpp"
#include "flows/understand/choice_words.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

using Matches = std::vector<Match>;

bool agree(const Matches& matches) {
  return std::all_of(matches.begin(), matches.end(), [&](const Match& match) { return match.choice == matches.front().choice; });
}

// "what is an inspection?", "how much is a repair": no answer.
bool asks(const ChoiceReply& reply) {
  if (reply.words.empty() || !is_asking(reply.text(0))) return false;
  if (reply.reply.folded().find('?') != std::string_view::npos) return true;
  constexpr std::string_view verbs[] = {"is",    "are", "does", "do",     "did",  "much", "many", "long",
                                        "about", "es",  "son",  "cuesta", "vale", "est",  "sont", "coute"};
  return reply.words.size() > 2 && std::find(std::begin(verbs), std::end(verbs), reply.text(1)) != std::end(verbs);
}

bool has_hedge(const ChoiceReply& reply) {
  return std::any_of(reply.words.begin(), reply.words.end(), [](const PlainWord& word) { return is_choice_hedge(word.text); });
}

// "repair, no wait, replacement": the last one counts when a word between takes the others back.
std::optional<Match> corrected(const ChoiceReply& reply, Matches matches) {
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.first < b.first; });
  const auto last = matches.back();
  auto before = last;
  for (const auto& match : matches) {
    if (match.choice != last.choice) before = match;
  }
  for (auto i = before.last + 1; i < last.first; ++i) {
    const bool taken_back = reply.text(i) == "no" && reply.words[i].after_mark && reply.words[i + 1].after_mark;
    if (is_choice_correction(reply.text(i)) || taken_back) return Match{last.choice, last.first, last.last, false};
  }
  return std::nullopt;
}

// Several choices are named: none is the answer, all may be offered back.
Understood several_named(const ExpectChoice& expect, const ChoiceReply& reply, Matches matches) {
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.first < b.first; });
  Understood none;
  for (const auto& match : matches) {
    Value value(expect.choices[match.choice].key);
    if (std::find(none.others.begin(), none.others.end(), value) == none.others.end()) none.others.push_back(std::move(value));
  }
  const auto last = std::max_element(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.last < b.last; })->last;
  none.span = reply.reply.span_of(reply.words[matches.front().first].token, reply.words[last].token);
  return none;
}

Understood answered(const ExpectChoice& expect, const ChoiceReply& reply, const Match& match, bool sure) {
  const auto span = reply.reply.span_of(reply.words[match.first].token, reply.words[match.last].token);
  return {Value(expect.choices[match.choice].key), match.sure && sure, span};
}

Understood settled(const ExpectChoice& expect, const ChoiceReply& reply, const Matches& matches, bool sure) {
  if (agree(matches)) {
    const auto best = std::find_if(matches.begin(), matches.end(), [](const Match& match) { return match.sure; });
    return answered(expect, reply, best == matches.end() ? matches.front() : *best, sure);
  }
  if (const auto match = corrected(reply, matches)) return answered(expect, reply, *match, false);
  return several_named(expect, reply, matches);
}

// A choice whose words are signs only: "👍".
Understood by_signs(const ExpectChoice& expect, const Reply& reply, const std::vector<ChoiceForm>& forms) {
  Understood found;
  for (const auto& form : forms) {
    const auto at = form.words.empty() ? reply.folded().find(form.joined) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    Value value(expect.choices[form.choice].key);
    if (found.value && found.value != value) return {};
    found = {std::move(value), true, reply.span(at, at + form.joined.size())};
  }
  return found;
}

// "a new roof because it leaks": what comes after the reason's word explains, it does not choose.
void drop_reasons(const ChoiceReply& reply, Matches& matches) {
  constexpr std::string_view reasons[] = {"because", "cause", "cuz", "since", "porque", "car", "puisque", "parce"};
  const auto first = std::min_element(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.first < b.first; });
  if (first == matches.end()) return;
  for (auto i = first->last + 1; i < reply.words.size(); ++i) {
    if (std::find(std::begin(reasons), std::end(reasons), reply.text(i)) == std::end(reasons)) continue;
    std::erase_if(matches, [&](const Match& match) { return match.first > i; });
    return;
  }
}

// What is named by its words, and by its place.
Matches named(const ChoiceReply& reply, const std::vector<ChoiceForm>& forms, std::size_t count, Matches matches) {
  for (const auto& place : place_matches(reply, forms, count)) {
    // "my first choice is the inspection": the word says more than its place.
    const bool rank = !matches.empty() && place.last + 1 < reply.words.size() && reply.text(place.last + 1) == "choice";
    const auto holds = [&](const Match& match) { return match.first <= place.first && place.last <= match.last; };
    if (!rank && std::none_of(matches.begin(), matches.end(), holds)) matches.push_back(place);
  }
  drop_reasons(reply, matches);
  return matches;
}

}  // namespace

Understood understand_choice(const ExpectChoice& expect, const Reply& reply, const ReplyContext& context) {
  const auto ready = choice_reply(reply, context.language);
  const auto made_here = expect.forms ? ChoiceForms() : choice_forms(expect);
  const auto& forms = (expect.forms ? *expect.forms : made_here).in(context.language);
  const bool asked = reply.folded().find('?') != std::string_view::npos;
  if (const auto all = whole_matches(ready, 0, ready.words.size(), forms); !all.empty()) return settled(expect, ready, all, !asked);
  const auto [first, last] = core_of(ready);
  const bool sure = !has_hedge(ready) && !asked;
  if (const auto core = whole_matches(ready, first, last, forms); !core.empty() && !asks(ready)) return settled(expect, ready, core, sure);
  if (auto sign = by_signs(expect, reply, forms); sign.value && ready.words.empty()) return sign;
  if (asks(ready)) return {};
  const auto matches = named(ready, forms, expect.choices.size(), contained_matches(ready, forms));
  if (!matches.empty()) return settled(expect, ready, matches, sure);
  if (expect.from) {
    if (auto listed = understand_listed(expect, ready, context); listed.value) return listed;
  }
  const auto slips = slip_matches(ready, forms);
  return slips.empty() ? by_signs(expect, reply, forms) : settled(expect, ready, slips, sure);
}

}  // namespace answerback::flows
