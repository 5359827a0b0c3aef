#include "engine/keyword_matching.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/keyword_lists.hpp"
#include "flows/text/text.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_clauses = 48;  // a message with more is read up to there
constexpr std::size_t max_edges = 16;    // places tried as a request's begin or end

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
}

std::string expanded(std::string_view pattern) {
  std::string text(pattern);
  const auto fragments = phrase_fragments();
  for (auto it = fragments.rbegin(); it != fragments.rend(); ++it) {
    replace_all(text, "<" + std::string(it->name) + ">", it->pattern);
  }
  return text;
}

std::unique_ptr<re2::RE2> compiled(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_max_mem(std::int64_t{16} << 20);
  return std::make_unique<re2::RE2>(pattern, options);
}

struct Phrase {
  std::unique_ptr<re2::RE2> pattern;
  std::string_view language;
  bool ordinary = false;  // said of other things too, with nothing but politeness around it
};

// What must be the whole message is looked for together.
bool belongs(PhraseStrength strength, PhraseStrength set) {
  return strength == set || (strength == PhraseStrength::everyday && set == PhraseStrength::polite);
}

// All patterns of one strength: as one expression to ask whether any fits, and singly to say which.
struct PhraseSet {
  std::unique_ptr<re2::RE2> any;
  std::vector<Phrase> each;

  PhraseSet(PhraseStrength strength, bool spanish) {
    std::string alternatives;
    for (const auto& row : phrase_rows()) {
      if (!belongs(row.strength, strength) || (row.language == "es" && !spanish)) continue;
      const std::string pattern = expanded(row.pattern);
      alternatives += (alternatives.empty() ? "" : "|") + pattern;
      each.push_back({compiled(pattern), row.language, row.strength == PhraseStrength::everyday});
    }
    any = compiled(alternatives);
  }

  Keyword match(std::string_view request) const {
    if (!re2::RE2::FullMatch(piece(request), *any)) return {};
    for (const auto& phrase : each) {
      std::string core;
      if (re2::RE2::FullMatch(piece(request), *phrase.pattern, &core)) {
        return {KeywordClass::stop, core, std::string(phrase.language), true, phrase.ordinary};
      }
    }
    return {};
  }
};

// Phrases by the byte that a comparison begins with.
using ByByte = std::array<std::vector<std::string_view>, 256>;

ByByte by_byte(std::span<const std::string_view> phrases, bool last) {
  ByByte sorted;
  for (const auto phrase : phrases) sorted[static_cast<unsigned char>(last ? phrase.back() : phrase.front())].push_back(phrase);
  return sorted;
}

// Where a request can begin in `clause` once any leads are taken off.
std::vector<std::size_t> possible_begins(std::string_view clause) {
  static const auto by_first = by_byte(leads(), false);
  std::vector<std::size_t> begins{0};
  for (std::size_t i = 0; i < begins.size() && begins.size() < max_edges; ++i) {
    const auto rest = clause.substr(begins[i]);
    if (rest.empty()) continue;
    for (const auto lead : by_first[static_cast<unsigned char>(rest.front())]) {
      if (rest.size() <= lead.size() || rest[lead.size()] != ' ' || !rest.starts_with(lead)) continue;
      const auto begin = begins[i] + lead.size() + 1;
      if (std::find(begins.begin(), begins.end(), begin) == begins.end()) begins.push_back(begin);
    }
  }
  return begins;
}

// Where it can end once any trails are.
std::vector<std::size_t> possible_ends(std::string_view clause) {
  static const auto by_last = by_byte(trails(), true);
  std::vector<std::size_t> ends{clause.size()};
  for (std::size_t i = 0; i < ends.size() && ends.size() < max_edges; ++i) {
    const auto rest = clause.substr(0, ends[i]);
    if (rest.empty()) continue;
    for (const auto trail : by_last[static_cast<unsigned char>(rest.back())]) {
      if (rest.size() <= trail.size() || rest[rest.size() - trail.size() - 1] != ' ' || !rest.ends_with(trail)) continue;
      const auto end = rest.size() - trail.size() - 1;
      if (std::find(ends.begin(), ends.end(), end) == ends.end()) ends.push_back(end);
    }
  }
  return ends;
}

// "No, stop" is STOP, but "no dejen de escribirme" asks for more: in Spanish a bare "no" negates what follows it.
bool is_negated(std::string_view before, const Keyword& keyword) {
  return keyword.language == "es" && !keyword.word.starts_with("no ") && (before == "no " || before.ends_with(" no "));
}

struct Grammar {
  explicit Grammar(bool spanish)
      : clear(PhraseStrength::clear, spanish),
        bare(PhraseStrength::bare, spanish),
        polite(PhraseStrength::polite, spanish),
        support(PhraseStrength::support, spanish),
        any(compiled(clear.any->pattern() + "|" + bare.any->pattern() + "|" + polite.any->pattern() + "|" + support.any->pattern())) {}
  PhraseSet clear, bare, polite, support;
  std::unique_ptr<re2::RE2> any;  // of them
};

const Grammar& grammar(bool spanish) {
  static const Grammar usual(false);
  static const Grammar with_spanish(true);
  return spanish ? with_spanish : usual;
}

// One clause of a message with the stretches of it that are requests of some kind once leads and trails are taken off: most texts hold none.
struct Clause {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> requests;

  Clause(std::string words, const Grammar& rules) : text(std::move(words)) {
    const auto ends = possible_ends(text);
    for (const auto begin : possible_begins(text)) {
      for (const auto end : ends) {
        if (begin < end && re2::RE2::FullMatch(piece(std::string_view(text).substr(begin, end - begin)), *rules.any)) requests.emplace_back(begin, end);
      }
    }
  }
};

Keyword find_request(const PhraseSet& phrases, const Clause& clause) {
  for (const auto& [begin, end] : clause.requests) {
    auto keyword = phrases.match(std::string_view(clause.text).substr(begin, end - begin));
    if (keyword.what != KeywordClass::none && !is_negated(std::string_view(clause.text).substr(0, begin), keyword)) return keyword;
  }
  return {};
}

// What people wrap a START in; none of it changes the wish.
constexpr std::string_view around_start_before =
    "(?:(?:please|pls|kindly|yes|yeah|yep|yup|ok|okay|sure|hi|hello|hey|oops|sorry|actually|wait|no wait|never mind|nevermind|and|just|again|now|then"
    "|can you|could you|you can|you may|can i|may i|i|we|i want to|i want|i would like to|i do want to|we want to|want to|would like to|like to|let me|go ahead and|i wish to"
    "|i changed my mind|changed my mind|my mistake|that was a mistake|text|reply|send"
    "|si|por favor|favor de|quiero|quisiera|deseo|me quiero|me gustaria|pueden|puede|podrian|ok|hola|perdon"
    "|oui|svp|s'il vous plait|je veux|je souhaite|je voudrais|j'aimerais|vous pouvez|pouvez vous|veuillez|merci de|bonjour|pardon) )*";
constexpr std::string_view around_start_after =
    "(?: (?:please|now|again|back|thanks|thank you|today|right now|immediately|ok|texts|messages|me|my number|it|all|por favor|gracias|ya|ahora|otra vez|de nuevo"
    "|svp|s'il vous plait|merci|maintenant|encore|a nouveau|de nouveau))*";

std::string start_pattern(std::string_view core) {
  std::string text = std::string(around_start_before) + std::string(core) + std::string(around_start_after);
  replace_all(text, "<me>", "(?:me|us|my number|this number)");
  replace_all(text, "<texts>", "(?:(?:the|your|my|these|those|all) )*(?:texts?|messages?|sms|texting|notifications?|alerts?)");
  replace_all(text, "<textos_fr>", "(?:(?:les|vos|des|de) )*(?:messages?|textos?|sms)");
  replace_all(text, "<textos>", "(?:(?:los|sus|mis) )*(?:mensajes?|textos?|sms)");
  return text;
}

struct Start {
  const StartRow* row;
  std::unique_ptr<re2::RE2> pattern;
};

// All of them: as one expression to ask whether any fits, and singly to say which.
struct Starts {
  std::unique_ptr<re2::RE2> any;
  std::vector<Start> each;

  Starts() {
    std::string alternatives;
    for (const auto& row : start_rows()) {
      const auto pattern = start_pattern(row.pattern);
      alternatives += (alternatives.empty() ? "" : "|") + pattern;
      each.push_back({&row, compiled(pattern)});
    }
    any = compiled(alternatives);
  }
};

// "pleeease" -> "please": two in a row may be right ("messages"), three never are.
std::string unstretched(std::string_view words) {
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i + 1;
    while (end < words.size() && words[end] == words[i]) ++end;
    const bool letter = words[i] >= 'a' && words[i] <= 'z';
    out.append(end - i >= 3 && letter ? words.substr(i, 1) : words.substr(i, end - i));
    i = end;
  }
  return out;
}

constexpr std::string_view marks = ".!?;,:()\n\r";
constexpr std::array<std::string_view, 5> dashes{" - ", " – ", " — ", "—", "…"};

// Most replies are one clause: nothing stands behind a mark.
bool has_clauses(std::string_view text) {
  const auto mark = text.find_first_of(marks);
  if (mark != std::string_view::npos && text.find_first_not_of(marks, mark) != std::string_view::npos) return true;
  const bool has_dash = text.find_first_of("-\xE2") != std::string_view::npos;  // what all of them hold
  return has_dash && std::any_of(dashes.begin(), dashes.end(), [&](std::string_view dash) { return text.find(dash) != std::string_view::npos; });
}

// Sentences and their parts: what stands between marks, or around a dash with spaces.
std::vector<Clause> split_clauses(std::string_view text, const Grammar& rules) {
  std::string marked(text);
  for (const auto dash : dashes) replace_all(marked, dash, ".");
  std::vector<Clause> clauses;
  std::string_view rest = marked;
  while (!rest.empty() && clauses.size() < max_clauses) {
    const auto end = std::min(rest.find_first_of(marks), rest.size());
    if (auto clause = spelled_out(flows::fold_words(rest.substr(0, end))); !clause.empty()) clauses.emplace_back(std::move(clause), rules);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return clauses;
}

constexpr std::array<std::string_view, 5> joints{" and ", " but ", " or i ", " because ", " so "};

// "lose my number and stop texting me" -> its two halves, at the first joint that there is.
std::vector<Clause> split_joined(const std::string& clause, const Grammar& rules) {
  for (const auto joint : joints) {
    const auto at = clause.find(joint);
    if (at != std::string::npos) return {Clause(clause.substr(0, at), rules), Clause(clause.substr(at + joint.size()), rules)};
  }
  return {};
}

Keyword find_clear(const Clause& clause, const Grammar& rules) {
  if (auto keyword = find_request(rules.clear, clause); keyword.what != KeywordClass::none) return keyword;
  for (const auto& part : split_joined(clause.text, rules)) {
    if (auto keyword = find_request(rules.clear, part); keyword.what != KeywordClass::none) return keyword;
  }
  return {};
}

// One bare STOP among clauses that all go with it.
Keyword find_supported(const std::vector<Clause>& clauses, const Grammar& rules) {
  Keyword found;
  for (const auto& clause : clauses) {
    auto keyword = find_request(rules.bare, clause);
    if (keyword.what == KeywordClass::none && find_request(rules.support, clause).what == KeywordClass::none) return {};
    if (found.what == KeywordClass::none) found = std::move(keyword);
  }
  return found;
}

}  // namespace

bool has_stretched_letters(std::string_view words) {
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == words[i - 1] && words[i] == words[i - 2] && words[i] >= 'a' && words[i] <= 'z') return true;
  }
  return false;
}

std::string collapse_letters(std::string_view words) {
  std::string out;
  for (const char c : words) {
    if (out.empty() || out.back() != c || c < 'a' || c > 'z') out.push_back(c);
  }
  return out;
}

std::string spelled_out(std::string_view folded) {
  const std::string words = has_stretched_letters(folded) ? unstretched(folded) : std::string(folded);
  std::string out;
  out.reserve(words.size() + 16);
  for (std::string_view rest = words; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (!out.empty()) out.push_back(' ');
    out.append(meant_by(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

bool is_stop_sign(std::string_view text) {
  std::string rest = flows::fold(text);
  const auto had = rest.size();
  replace_all(rest, "🛑", "");
  replace_all(rest, " ", "");
  return rest.empty() && had > 0;
}

Keyword find_start(const std::string& spelled, const std::function<bool(const StartRow&)>& counts) {
  static const Starts starts;
  if (!re2::RE2::FullMatch(piece(spelled), *starts.any)) return {};
  for (const auto& start : starts.each) {
    std::string core;
    if (!counts(*start.row) || !re2::RE2::FullMatch(piece(spelled), *start.pattern, &core)) continue;
    return {KeywordClass::start, core, std::string(start.row->language), spelled != core};
  }
  return {};
}

Keyword find_phrase(std::string_view text, std::string spelled, bool spanish) {
  const Grammar& rules = grammar(spanish);
  const Clause whole(std::move(spelled), rules);
  const bool is_request = !whole.requests.empty() && whole.requests.front() == std::pair(std::size_t{0}, whole.text.size());
  if (auto keyword = is_request ? rules.polite.match(whole.text) : Keyword(); keyword.what != KeywordClass::none) return keyword;
  if (auto keyword = find_clear(whole, rules); keyword.what != KeywordClass::none) return keyword;
  if (auto keyword = find_request(rules.bare, whole); keyword.what != KeywordClass::none) return keyword;
  if (!has_clauses(text)) return {};
  const auto clauses = split_clauses(text, rules);
  if (clauses.size() < 2) return {};
  for (const auto& clause : clauses) {
    if (auto keyword = find_clear(clause, rules); keyword.what != KeywordClass::none) return keyword;
  }
  return find_supported(clauses, rules);
}

}  // namespace answerback::engine
