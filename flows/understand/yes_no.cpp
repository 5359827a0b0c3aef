#include <algorithm>
#include <array>
#include <optional>

#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/yes_no_clause.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_answer_words = 60;  // who means yes or no has said so by then

bool is_opposite(const ClauseAnswer& a, const ClauseAnswer& b) { return a.leaning != b.leaning; }

// "yes. no", "ok, no": another answer, where "no, it's fine" is a remark on the first one.
std::optional<ClauseAnswer> against(const ClauseAnswer& first, ClauseAnswer later, bool after_but) {
  if (first.weight == ClauseAnswer::Weight::particle) {
    if (later.weight != ClauseAnswer::Weight::particle) {
      ClauseAnswer kept = first;
      kept.sure = first.sure && (first.leaning == Leaning::no || !later.complete);
      return kept;
    }
    return std::nullopt;
  }
  later.sure = false;
  const bool stronger = later.weight > first.weight;
  return stronger || after_but ? std::optional(later) : std::nullopt;
}

// What one clause says and what the next one makes of it; nothing when they can't be brought together.
std::optional<ClauseAnswer> combined(const ClauseAnswer& first, const ClauseAnswer& later, bool after_but) {
  if (later.corrects) {
    auto corrected = later;
    corrected.sure = false;
    return corrected;
  }
  if (first.leaning == Leaning::unclear) return first;
  if (later.leaning == Leaning::unclear) {
    if (first.weight != ClauseAnswer::Weight::particle || (later.complete && !after_but)) return later;
    auto kept = first;
    kept.sure = false;
    return kept;
  }
  if (is_opposite(first, later)) return against(first, later, after_but);
  auto stronger = later.weight > first.weight ? later : first;
  stronger.sure = first.sure && later.sure;
  if (first.weight == ClauseAnswer::Weight::particle) stronger.sure = first.sure;
  return stronger;
}

struct Signs {
  bool yes = false;
  bool no = false;
  bool unclear = false;
  std::size_t token = 0;
};

Signs signs_in(const Reply& reply) {
  Signs signs;
  const auto& tokens = reply.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Token::Kind::symbol && tokens[i].text != "1") continue;
    const bool plus_one = tokens[i].text == "1" && i > 0 && tokens[i].glued && tokens.size() <= 3;
    const bool yes = is_one_of(tokens[i].text, yes_emoji()) || (plus_one && tokens[i - 1].text == "+");
    const bool no = is_one_of(tokens[i].text, no_emoji()) || (plus_one && tokens[i - 1].text == "-");
    signs.unclear = signs.unclear || is_one_of(tokens[i].text, unclear_emoji());
    if (!yes && !no) continue;
    if (!signs.yes && !signs.no) signs.token = i;
    signs.yes = signs.yes || yes;
    signs.no = signs.no || no;
  }
  return signs;
}

// A thumb or a tick, when the words say nothing.
Understood from_signs(const Reply& reply, const Signs& signs, bool words_beside) {
  if (signs.yes == signs.no || signs.unclear) return {};
  return {Value(signs.yes), !words_beside, reply.span_of(signs.token, signs.token)};
}

struct WholeAnswer {
  std::optional<ClauseAnswer> answer;
  bool spoken = false;    // some clause says yes, no or that it is unclear
  bool unknown = false;   // words beside that are not in the lists
};

WholeAnswer read_clauses(const std::vector<PlainWord>& words, const Reply& reply, std::string_view language) {
  WholeAnswer whole;
  for (const auto& clause : clauses_in(words, reply, language)) {
    const auto answer = read_clause(words, clause);
    if (!answer) {
      whole.unknown = whole.unknown || clause.has_unknown();
      continue;
    }
    if (!whole.spoken) {
      whole.answer = answer;
      // "I called you yesterday. Yes" answers, but not beyond doubt.
      if (whole.unknown && answer->leaning != Leaning::unclear) whole.answer->sure = false;
    } else if (whole.answer) {
      whole.answer = combined(*whole.answer, *answer, clause.after_but);
    }
    whole.spoken = true;
  }
  return whole;
}

}  // namespace

Understood understand_yes_no(const ExpectYesNo&, const Reply& reply, const ReplyContext& context) {
  const auto words = plain_words(reply, max_answer_words);
  const auto whole = read_clauses(words, reply, context.language);
  const auto signs = signs_in(reply);
  if (!whole.spoken) return from_signs(reply, signs, whole.unknown);
  if (!whole.answer || whole.answer->leaning == Leaning::unclear) return {};
  const bool yes = whole.answer->leaning == Leaning::yes;
  const bool contradicted = signs.unclear || (yes ? signs.no : signs.yes);
  const auto span = reply.span_of(words[whole.answer->first].token, words[whole.answer->last].token);
  return {Value(yes), whole.answer->sure && !contradicted, span};
}

}  // namespace answerback::flows
