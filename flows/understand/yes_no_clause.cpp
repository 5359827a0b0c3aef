#include "flows/understand/yes_no_clause.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

constexpr std::size_t short_clause_words = 6;
constexpr std::size_t reach_marks = 3;  // from a negation to the problem that it denies: "no hay ningún problema"

using Weight = ClauseAnswer::Weight;

bool is_asked(const std::vector<PlainWord>& words, const Reply& reply, std::size_t last_word) {
  const auto& tokens = reply.tokens();
  for (auto i = words[last_word].token + 1; i < tokens.size() && tokens[i].kind == Token::Kind::symbol; ++i) {
    if (tokens[i].text == "?") return true;
  }
  return false;
}

bool negates(Sense sense) { return sense == Sense::negator || sense == Sense::no; }

// Between a pronoun and its verb and behind them: "I really sure do", "I do own it".
bool is_idle(const SenseMark& mark) {
  return mark.sense == Sense::filler || mark.sense == Sense::sure || mark.sense == Sense::certainty || mark.sense == Sense::pronoun;
}

// Reads one clause. Each reader tries one shape, the most telling ones first.
class ClauseReader {
 public:
  ClauseReader(const std::vector<PlainWord>& words, const Clause& clause) : words_(words), clause_(clause), marks_(clause.marks) {
    while (lead_ < marks_.size() && marks_[lead_].sense == Sense::filler) ++lead_;
    negation_ = position([](const SenseMark& mark) { return negates(mark.sense); });
    unknown_ = clause.has_unknown();
  }

  std::optional<ClauseAnswer> read() const {
    auto answer = alone();
    if (!answer && lead_ < marks_.size()) answer = clause_.asks ? asked() : stated();
    if (!answer) return answer;
    answer->corrects = clause_.corrects;
    answer->complete = !unknown_;
    return answer;
  }

 private:
  template <typename Is>
  std::size_t position(Is is, std::size_t from = 0) const {
    const auto begin = marks_.begin() + static_cast<std::ptrdiff_t>(std::min(from, marks_.size()));
    return static_cast<std::size_t>(std::find_if(begin, marks_.end(), is) - marks_.begin());
  }
  std::size_t position_of(Sense sense, std::size_t from = 0) const {
    return position([&](const SenseMark& mark) { return mark.sense == sense; }, from);
  }
  bool has(Sense sense, std::size_t from = 0) const { return position_of(sense, from) < marks_.size(); }
  bool negated() const { return negation_ < marks_.size(); }
  std::size_t count_words() const { return marks_.empty() ? 0 : marks_.back().last - marks_.front().first + 1; }
  bool is_short() const { return count_words() <= short_clause_words; }
  Sense lead() const { return marks_[lead_].sense; }

  ClauseAnswer answer(Leaning leaning, Weight weight, bool sure, std::size_t mark, std::size_t other_mark) const {
    const auto first = std::min(mark, other_mark);
    const auto last = std::max(mark, other_mark);
    const bool slip = marks_[mark].slip || marks_[other_mark].slip;
    const bool hedged = has(Sense::probably) || has(Sense::maybe);
    return {leaning, weight, sure && !slip && !hedged, true, false, marks_[first].first, marks_[last].last};
  }
  ClauseAnswer answer(Leaning leaning, Weight weight, bool sure, std::size_t mark) const { return answer(leaning, weight, sure, mark, mark); }

  // "please", "n", "I'm good": only when nothing else is said.
  std::optional<ClauseAnswer> alone() const {
    const auto speaks = [](const SenseMark& mark) { return mark.alone != Sense::other; };
    const auto only = [&](const SenseMark& mark) { return speaks(mark) || mark.sense == Sense::filler || mark.sense == Sense::pronoun; };
    if (clause_.asks || !std::all_of(marks_.begin(), marks_.end(), only)) return std::nullopt;
    const auto at = position(speaks);
    if (at >= marks_.size()) return std::nullopt;
    const bool one_way = std::all_of(marks_.begin(), marks_.end(), [&](const SenseMark& mark) { return !speaks(mark) || mark.alone == marks_[at].alone; });
    if (!one_way) return std::nullopt;
    const bool yes = marks_[at].alone == Sense::alone_yes;
    return answer(yes ? Leaning::yes : Leaning::no, Weight::plain, marks_[at].sense != Sense::unclear && count_words() <= 2, at);
  }

  // "yes?" may be a yes; anything else with a question mark asks back, but for "why not?".
  std::optional<ClauseAnswer> asked() const {
    const bool whole = !unknown_ && count_words() <= 3;
    if (lead() == Sense::yes) return answer(Leaning::yes, Weight::particle, false, lead_);
    if (lead() == Sense::no && whole) return answer(Leaning::no, Weight::particle, false, lead_);
    if (lead() == Sense::probably && whole) return answer(Leaning::yes, Weight::plain, false, lead_);
    if (has(Sense::unclear)) return answer(Leaning::unclear, Weight::plain, false, position_of(Sense::unclear));
    return std::nullopt;
  }

  std::optional<ClauseAnswer> stated() const {
    if (auto found = unclear()) return found;
    if (auto found = denied_trouble()) return found;
    if (auto found = led()) return found;
    if (auto found = echoed()) return found;
    return anywhere();
  }

  // "it depends", "I don't know", "not sure".
  std::optional<ClauseAnswer> unclear() const {
    const auto at = position_of(Sense::unclear);
    if (at < marks_.size()) return answer(Leaning::unclear, Weight::plain, false, at);
    if (!negated()) return std::nullopt;
    const auto known = position([](const SenseMark& mark) { return mark.sense == Sense::knowing; });
    const auto sure = position_of(Sense::sure, negation_);
    if (known >= marks_.size() && sure >= marks_.size()) return std::nullopt;
    return answer(Leaning::unclear, Weight::plain, false, negation_, std::min(known, sure));
  }

  // "no problem", "don't mind", "sin duda", "pas de souci".
  std::optional<ClauseAnswer> denied_trouble() const {
    if (!negated()) return std::nullopt;
    const auto at = position_of(Sense::trouble, negation_);
    if (at >= marks_.size() || at - negation_ > reach_marks + 1) return std::nullopt;
    if (position_of(Sense::other, negation_) < at) return std::nullopt;
    return answer(Leaning::yes, lead() == Sense::yes ? Weight::particle : Weight::soft, true, negation_, at);
  }

  // The word that the clause begins with decides, and what comes after it may turn it.
  std::optional<ClauseAnswer> led() const {
    switch (lead()) {
      case Sense::yes: return led_by_yes();
      case Sense::no: return led_by_no();
      case Sense::soft_yes:
      case Sense::sure:
      case Sense::certainty: return led_by_soft_yes();
      case Sense::negator: return led_by_negator();
      case Sense::maybe: return led_by_maybe();
      case Sense::pledge: return answer(negated() ? Leaning::no : Leaning::yes, Weight::plain, !unknown_, lead_);
      case Sense::assent:
      case Sense::reject:
      case Sense::probably:
      case Sense::unclear:
      case Sense::knowing:
      case Sense::trouble:
      case Sense::alone_yes:
      case Sense::alone_no:
      case Sense::pronoun:
      case Sense::auxiliary:
      case Sense::question:
      case Sense::correction:
      case Sense::but:
      case Sense::either:
      case Sense::filler:
      case Sense::other: return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<ClauseAnswer> led_by_yes() const {
    if (!negated()) return answer(Leaning::yes, Weight::particle, !has(Sense::maybe), lead_);
    if (unknown_) return answer(Leaning::yes, Weight::particle, false, lead_);
    return answer(Leaning::unclear, Weight::particle, false, lead_, negation_);
  }

  std::optional<ClauseAnswer> led_by_no() const {
    if (has(Sense::yes, lead_)) return answer(Leaning::unclear, Weight::particle, false, lead_, position_of(Sense::yes));
    // "no yeah" says yes; "no, ok then" is no.
    const auto next = lead_ + 1;
    if (next + 1 == marks_.size() && marks_[next].sense == Sense::soft_yes && words_[marks_[next].first].text.starts_with("ye")) {
      return answer(Leaning::yes, Weight::soft, false, lead_, next);
    }
    // "sí, pero no tengo tiempo": here it denies a verb.
    const bool denies = marks_.size() > next && (unknown_ || clause_.after_but);
    return answer(Leaning::no, denies ? Weight::soft : Weight::particle, true, lead_);
  }

  std::optional<ClauseAnswer> led_by_soft_yes() const {
    const bool certain = lead() == Sense::certainty;
    if (has(Sense::reject)) return answer(Leaning::no, Weight::plain, !unknown_, lead_, position_of(Sense::reject));
    if (!negated()) return answer(Leaning::yes, Weight::soft, !unknown_ || is_short(), lead_);
    const bool sure = certain && negation_ == lead_ + 1;
    if (unknown_ && !is_short()) return answer(Leaning::yes, Weight::soft, false, lead_);
    return answer(Leaning::no, sure ? Weight::particle : Weight::soft, sure, lead_, negation_);
  }

  std::optional<ClauseAnswer> led_by_negator() const {
    if (has(Sense::reject)) return answer(Leaning::yes, Weight::plain, false, lead_, position_of(Sense::reject));
    if (has(Sense::yes)) return answer(Leaning::unclear, Weight::plain, false, lead_);
    return answer(Leaning::no, is_short() ? Weight::soft : Weight::plain, is_short(), lead_);
  }

  std::optional<ClauseAnswer> led_by_maybe() const {
    if (negated() && !unknown_) return answer(Leaning::no, Weight::plain, false, lead_, negation_);
    return answer(Leaning::unclear, Weight::plain, false, lead_);
  }

  // "I do", "it really is" are yes when they are all; "I do not", "it isn't leaking" are no.
  std::optional<ClauseAnswer> echoed() const {
    if (lead() != Sense::pronoun) return std::nullopt;
    const auto verb = position([](const SenseMark& mark) { return !is_idle(mark); }, lead_ + 1);
    if (verb >= marks_.size() || marks_[verb].sense != Sense::auxiliary) return std::nullopt;
    if (negated() && negation_ > verb) {
      if (has(Sense::reject)) return answer(Leaning::yes, Weight::plain, false, negation_, position_of(Sense::reject));
      return answer(Leaning::no, is_short() ? Weight::soft : Weight::plain, is_short() || !unknown_, lead_, negation_);
    }
    const auto rest = position([](const SenseMark& mark) { return !is_idle(mark) && mark.sense != Sense::auxiliary; }, verb + 1);
    if (rest >= marks_.size()) return answer(Leaning::yes, Weight::soft, true, lead_, verb);
    const auto word = words_[marks_[verb].first].text;
    const bool emphatic = word == "do" || word == "does" || word == "did";
    if (emphatic && unknown_ && is_short() && marks_[rest].sense == Sense::other) return answer(Leaning::yes, Weight::plain, false, lead_, verb);
    return std::nullopt;
  }

  // No lead that decides. All that is said must be known, or it must be denied in a few words.
  std::optional<ClauseAnswer> anywhere() const {
    const auto decides = [](const SenseMark& mark) {
      return mark.sense <= Sense::probably;  // the senses that say yes or no by themselves
    };
    const auto at = position(decides, lead_);
    const auto asks = has(Sense::question);
    const bool pledged = has(Sense::pledge) && !asks;
    if (at >= marks_.size() || asks) return denied();
    if (unknown_ && !pledged) return reported();
    if (has(Sense::maybe) && !negated()) return answer(Leaning::unclear, Weight::plain, false, position_of(Sense::maybe));
    const bool rejects = has(Sense::reject);
    const bool no = rejects != negated();
    const bool positive_particle = has(Sense::yes) && negated();
    if (positive_particle) return answer(Leaning::unclear, Weight::plain, false, at);
    const auto other = negated() ? negation_ : rejects ? position_of(Sense::reject) : at;
    const auto weight = marks_[at].sense == Sense::yes || marks_[at].sense == Sense::no ? Weight::particle : Weight::plain;
    return answer(no ? Leaning::no : Leaning::yes, weight, !unknown_ && !(rejects && negated()), at, other);
  }

  // "mom says yes"
  std::optional<ClauseAnswer> reported() const {
    const auto end = marks_.size() - 1;
    const bool particle = marks_[end].sense == Sense::yes || marks_[end].sense == Sense::no;
    if (!particle || !is_short() || negation_ < end) return denied();
    return answer(marks_[end].sense == Sense::yes ? Leaning::yes : Leaning::no, Weight::plain, false, end);
  }

  // "the roof is not leaking", "el techo no gotea"
  std::optional<ClauseAnswer> denied() const {
    if (!negated() || !is_short() || has(Sense::question)) return std::nullopt;
    return answer(Leaning::no, Weight::plain, false, negation_);
  }

  const std::vector<PlainWord>& words_;
  const Clause& clause_;
  const std::vector<SenseMark>& marks_;
  std::size_t lead_ = 0;
  std::size_t negation_ = 0;
  bool unknown_ = false;
};

}  // namespace

bool Clause::has_unknown() const {
  const bool negated = std::any_of(marks.begin(), marks.end(), [](const SenseMark& mark) { return negates(mark.sense); });
  return std::any_of(marks.begin(), marks.end(), [&](const SenseMark& mark) {
    const bool idle = mark.sense == Sense::trouble || (mark.sense == Sense::knowing && !negated);
    return mark.sense == Sense::other || mark.sense == Sense::question || idle;
  });
}

std::vector<Clause> clauses_in(const std::vector<PlainWord>& words, const Reply& reply, std::string_view language) {
  std::vector<Clause> clauses;
  bool after_but = false;
  const auto close = [&] {
    if (clauses.empty() || clauses.back().marks.empty()) return;
    clauses.back().asks = is_asked(words, reply, clauses.back().marks.back().last);
  };
  for (const auto& mark : marks_in(words, language)) {
    const bool parts = mark.sense == Sense::but || words[mark.first].after_mark;
    if (clauses.empty() || parts) {
      close();
      clauses.emplace_back();
      clauses.back().after_but = after_but = mark.sense == Sense::but;
    }
    auto& clause = clauses.back();
    if (mark.sense == Sense::but) continue;
    if (mark.sense == Sense::correction) {
      // "no wait yes": what stands before it in the same clause is taken back.
      if (!clause.marks.empty()) {
        close();
        clauses.emplace_back();
      }
      clauses.back().corrects = clauses.size() > 1;
      continue;
    }
    clause.marks.push_back(mark);
  }
  close();
  return clauses;
}

std::optional<ClauseAnswer> read_clause(const std::vector<PlainWord>& words, const Clause& clause) {
  if (clause.marks.empty()) return std::nullopt;
  return ClauseReader(words, clause).read();
}

}  // namespace answerback::flows
