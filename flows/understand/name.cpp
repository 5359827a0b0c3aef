#include <algorithm>
#include <string>

#include "flows/text/code_points.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/name_case.hpp"
#include "flows/understand/name_words.hpp"
#include "flows/understand/plain_words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_read_words = 60;
constexpr std::size_t max_name_characters = 80;
// Particles not counted: "Ana María López García de la Vega" is a name of five words.
constexpr std::size_t max_name_words = 6;
constexpr std::size_t max_bare_words = 5;  // without "my name is" before it
constexpr std::size_t usual_name_words = 4;
constexpr std::size_t max_particles = 6;

using WordList = std::vector<PlainWord>;

// WordList [first, last) of the reply.
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
  bool empty() const { return first >= last; }
};

enum class Lead { none, weak, strong };

struct Introduced {
  Lead lead = Lead::none;
  std::size_t name_at = 0;
};

std::size_t longest_at(const WordList& words, std::size_t at, std::span<const std::string_view> phrases) {
  std::size_t longest = 0;
  for (const auto phrase : phrases) longest = std::max(longest, phrase_length_at(words, at, phrase));
  return longest;
}

Introduced introduction_at(const WordList& words, std::size_t at) {
  Introduced found;
  for (const auto& introduction : introductions()) {
    const auto length = phrase_length_at(words, at, introduction.words);
    const bool leads = length > 0 && at + length < words.size();  // "Ana is my name" introduces nothing more
    if (!leads || at + length <= found.name_at) continue;
    found = {introduction.strong ? Lead::strong : Lead::weak, at + length};
  }
  return found;
}

std::size_t after_pleasantries(const WordList& words, std::size_t at) {
  while (const auto length = longest_at(words, at, pleasantries())) at += length;
  return at;
}

// "Hi, sorry for the wait! My name is …" introduces wherever it stands; "it's …" only where the reply comes to the point.
Introduced introduction_in(const WordList& words) {
  const auto begin = after_pleasantries(words, 0);
  auto found = introduction_at(words, begin);
  if (found.lead == Lead::none) found.name_at = begin;
  for (std::size_t at = begin; found.lead != Lead::strong && at < words.size(); ++at) {
    const auto later = introduction_at(words, at);
    if (later.lead == Lead::strong) found = later;
  }
  if (found.lead != Lead::none) found.name_at = after_pleasantries(words, found.name_at);
  return found;
}

class NameReader {
 public:
  explicit NameReader(const Reply& reply) : reply_(reply), words_(plain_words(reply, max_read_words)) {}

  Understood read(const ReplyContext& context) {
    const auto intro = introduction_in(words_);
    const auto name = stretch_from(intro.name_at);
    if (name.empty() || !is_plausible(name, intro.lead)) return {};
    if (const auto given = given_name_behind(name, intro.lead); !given.empty()) {
      return named(written(given) + " " + written(name), false, {span_of(name).begin, span_of(given).end}, context);
    }
    if (!goes_with(name.last, intro.lead)) return {};
    return named(written(name), is_ordinary(name, intro.lead), span_of(name), context);
  }

 private:
  static Understood named(const std::string& name, bool sure, Span span, const ReplyContext& context) {
    if (count_characters(name) > max_name_characters) return {};
    return {Value(name_case(name, context.language)), sure, span};
  }

  Span span_of(const Stretch& name) const { return reply_.span_of(words_[name.first].token, last_token(name)); }

  std::string written(const Stretch& name) const {
    const auto span = span_of(name);
    return clean_utf8(reply_.raw().substr(span.begin, span.end - span.begin));
  }

  // "Smith, John", as forms have it: nothing else may stand in the reply.
  Stretch given_name_behind(const Stretch& name, Lead lead) const {
    const auto comma = last_token(name) + 1;
    if (lead != Lead::none || name.first > 0 || comma >= tokens().size() || tokens()[comma].text != ",") return {};
    const auto given = stretch_from(name.last);
    if (given.empty()) return {};  // "Ana,"
    const bool whole = given.last == words_.size() && given.last - given.first <= 2 && is_plausible(given, lead);
    return whole && longest_at(words_, given.first, pleasantries()) == 0 ? given : Stretch{};
  }

  const std::vector<Token>& tokens() const { return reply_.tokens(); }
  const Token& token(std::size_t word) const { return tokens()[words_[word].token]; }

  // Three equal letters in a row are one in the token, but "iii" is a suffix.
  std::string_view typed(std::size_t word) const {
    const auto& from = token(word);
    return from.text == words_[word].text ? reply_.folded().substr(from.begin, from.end - from.begin) : words_[word].text;
  }

  bool is_small(std::size_t word) const {
    const auto begin = reply_.span_of(words_[word].token, words_[word].token).begin;
    const auto first = reply_.raw().substr(begin, first_code_point(reply_.raw().substr(begin)).size);
    return to_upper(first) != first;
  }

  // "Dr. Ana", "Ana J. López", "Sammy Davis Jr.": this dot ends no sentence.
  bool is_inner_dot(std::size_t before) const {
    const auto next = words_[before].token + 1;
    if (next >= tokens().size() || tokens()[next].text != "." || !tokens()[next].glued) return false;
    return is_title(words_[before].text) || count_characters(words_[before].text) == 1;
  }

  // From the first word of the name to where a mark, another kind of word or a change of letter case ends it.
  Stretch stretch_from(std::size_t first) const {
    Stretch name{first, first};
    while (name.last < words_.size() && name.last - first <= max_name_words + max_particles && goes_on(name)) ++name.last;
    while (!name.empty() && name.last - first > 1 && is_particle(words_[name.last - 1].text) && token(name.last - 1).kind == Token::Kind::word) {
      if (!is_small(name.last - 1)) break;
      --name.last;
    }
    return name;
  }

  bool goes_on(const Stretch& name) const {
    if (name.empty()) return token(name.last).kind == Token::Kind::word;
    const auto& word = words_[name.last];
    const auto before = name.last - 1;
    if (word.token == words_[before].token) return true;  // "d'Angelo"
    if (word.after_mark && !is_inner_dot(before) && !is_suffix(typed(name.last))) return false;
    if (token(name.last).kind == Token::Kind::digits) return !word.after_mark;  // refused below
    const bool small = is_small(name.last);
    if (small && ends_name(typed(name.last)) && !is_particle(word.text)) return false;
    // "Ortega y Gasset", but "ortega y vivo en Austin"
    if (small && word.text == "y" && (name.last + 1 >= words_.size() || is_small(name.last + 1))) return false;
    // "Ana de la Cruz", but "Ana de contabilidad"
    const bool after_particle = is_particle(words_[before].text) && before > name.first;
    if (small && after_particle && !is_particle(word.text) && !is_small(name.first)) return false;
    return true;
  }

  std::size_t last_token(const Stretch& name) const {
    const auto last = words_[name.last - 1].token;
    const bool abbreviated = is_suffix(typed(name.last - 1)) || (name.last - name.first > 1 && count_characters(words_[name.last - 1].text) == 1);
    const bool dot = last + 1 < tokens().size() && tokens()[last + 1].text == "." && tokens()[last + 1].glued;
    return dot && abbreviated ? last + 1 : last;
  }

  std::size_t count_words(const Stretch& name) const {
    std::size_t count = 0;
    for (auto i = name.first; i < name.last; ++i) count += i > name.first && is_particle(words_[i].text) ? 0U : 1U;
    return count;
  }

  bool is_plausible(const Stretch& name, Lead lead) const {
    const auto count = count_words(name);
    if (count > (lead == Lead::none ? max_bare_words : max_name_words)) return false;
    for (auto i = name.first; i < name.last; ++i) {
      if (token(i).kind != Token::Kind::word) return false;
      const bool refused = is_no_name(typed(i)) && !(i > name.first && is_particle(words_[i].text));
      if (refused && !(lead == Lead::strong && !is_small(i))) return false;
    }
    const auto first = words_[name.first].text;
    if (is_title(first) && count == 1 && lead != Lead::strong) return false;
    // "I'm driving": a small word that ends so is what someone does.
    return lead != Lead::weak || !is_small(name.first) || !(first.size() > 5 && first.ends_with("ing"));
  }

  // What may follow: nothing, pleasantries, "here", or a remark behind a mark or "from". A bare name bears little beside it.
  bool goes_with(std::size_t rest, Lead lead) const {
    if (lead == Lead::strong || rest >= words_.size()) return true;
    if (lead == Lead::weak) return words_[rest].after_mark || ends_name(words_[rest].text) || is_small(rest);
    while (rest < words_.size()) {
      const auto length = std::max(longest_at(words_, rest, pleasantries()), longest_at(words_, rest, closings()));
      if (length == 0) break;
      rest += length;
    }
    constexpr std::string_view origins[] = {"from", "de", "with", "at", "calling", "du", "chez", "of", "aka", "not", "or", "and"};
    return rest >= words_.size() || std::find(std::begin(origins), std::end(origins), words_[rest].text) != std::end(origins);
  }

  // "Ana and Luis", "Anthony but call me Tony"; not "Ana and I need a roof".
  bool names_another(std::size_t rest) const {
    if (rest + 1 >= words_.size()) return false;
    const auto joint = words_[rest].text;
    if (joint == "but" || joint == "aka" || joint == "or") return true;
    const auto next = words_[rest + 1].text;
    const bool joins = joint == "and" || joint == "y" || joint == "et";
    return joins && count_characters(next) > 1 && !is_no_name(next) && !ends_name(next) && !(is_small(rest + 1) && joint == "y");
  }

  bool is_ordinary(const Stretch& name, Lead lead) const {
    if (count_words(name) > usual_name_words || names_another(name.last)) return false;
    const auto first = words_[name.first].text;
    if (lead != Lead::strong && is_no_name(first)) return false;
    return name.last - name.first > 1 || count_characters(first) > 1;
  }

  const Reply& reply_;
  WordList words_;
};

// A question, an address of the net or of mail is no name, whatever words it has.
bool is_something_else(const Reply& reply) {
  const auto text = reply.folded();
  if (text.find('?') != std::string_view::npos || text.find('@') != std::string_view::npos) return true;
  return text.find("://") != std::string_view::npos || text.find("www.") != std::string_view::npos || text.find(".com") != std::string_view::npos;
}

}  // namespace

Understood understand_name(const ExpectName&, const Reply& reply, const ReplyContext& context) {
  if (is_something_else(reply)) return {};
  return NameReader(reply).read(context);
}

}  // namespace answerback::flows
