#include <algorithm>
#include <array>

#include "engine/incoming/incoming.hpp"
#include "engine/incoming/reaction_forms.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_name_bytes = 48;       // of what stands between a frame's words
constexpr std::size_t fewest_cut_characters = 4;  // of a quote whose end is missing
constexpr std::size_t max_title_words = 3;        // of what a person may write that they loved: 'Loved "The Great Gatsby"'
constexpr std::size_t certain_beginning = 12;     // bytes of a quote that are enough to know a text by its beginning

std::string_view stripped(std::string_view text, std::string_view marks) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

bool has_words(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = flows::first_code_point(text.substr(at));
    if (flows::is_word_character(character.value)) return true;
    at += character.size;
  }
  return false;
}

// What is reacted to, at the end of the text.
struct Quote {
  std::string words;
  bool cut = false;
  bool closed = true;
};

// `rest` begins behind its opening mark.
std::optional<Quote> quote_until(std::string_view rest, char mark) {
  const auto close = rest.rfind(mark);
  const bool closed = close != std::string_view::npos && rest.find_first_not_of(" .,!\"'", close + 1) == std::string_view::npos;
  const auto body = stripped(closed ? rest.substr(0, close) : rest, " \"");
  if (!closed && (mark == '\'' || body.size() < fewest_cut_characters)) return std::nullopt;
  return Quote{flows::fold_words(body), !closed || body.ends_with("..."), closed || close == std::string_view::npos};
}

std::optional<Quote> quote_in(std::string_view rest) {
  rest = stripped(rest, " ");
  if (rest.starts_with('"') || rest.starts_with('\'')) return quote_until(rest.substr(1), rest.front());
  if (flows::is_one_of(stripped(rest, " .!"), reaction_objects())) return Quote{};
  return std::nullopt;
}

template <typename Rows>
std::optional<Sentiment> named(const Rows& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
  return found == rows.end() ? std::nullopt : std::optional(found->sentiment);
}

std::string_view without_article(std::string_view name) {
  for (const auto article : reaction_articles()) {
    if (name.starts_with(article)) return without_article(name.substr(article.size()));
  }
  return name;
}

// An emoji, whatever it is, or the name of a reaction. Skin tones and joined emojis count by the first of their signs.
std::optional<Sentiment> reaction_named(std::string_view name) {
  name = stripped(without_article(stripped(name, " \"")), " \"");
  if (name.empty()) return std::nullopt;
  if (has_words(name)) return named(reaction_names(), name);
  const auto emojis = reaction_emojis();
  const auto found = std::find_if(emojis.begin(), emojis.end(), [&](const auto& row) { return name.starts_with(row.name); });
  return found == emojis.end() ? Sentiment::other : found->sentiment;
}

Reaction reaction_of(Sentiment sentiment, bool removed, bool may_be_written, Quote quote) {
  return {sentiment, removed, may_be_written, std::move(quote.words), quote.cut};
}

std::optional<Reaction> by_verb(std::string_view text) {
  for (const auto& verb : reaction_verbs()) {
    if (verb.words.front() != text.front() || !text.starts_with(verb.words)) continue;
    auto quote = quote_in(text.substr(verb.words.size()));
    // 'Loved "Casablanca" because ...' goes on in a person's words.
    if (quote && quote->closed) return reaction_of(verb.sentiment, false, verb.may_be_written, std::move(*quote));
  }
  return std::nullopt;
}

std::optional<Reaction> in_frame(std::string_view text) {
  const bool begins_with_word = flows::is_letter(text.front()) || flows::is_digit(text.front());
  for (const auto& frame : reaction_frames()) {
    if (frame.before.empty() ? begins_with_word : frame.before.front() != text.front() || !text.starts_with(frame.before)) continue;
    const auto rest = text.substr(frame.before.size());
    for (auto at = rest.find(frame.after); at != std::string_view::npos && at <= max_name_bytes; at = rest.find(frame.after, at + 1)) {
      const auto name = rest.substr(0, at);
      if (frame.before.empty() && has_words(name)) break;  // 'Like to "…"' is no frame
      const auto sentiment = reaction_named(name);
      auto quote = sentiment ? quote_in(rest.substr(at + frame.after.size())) : std::nullopt;
      if (quote) return reaction_of(*sentiment, frame.removed, false, std::move(*quote));
    }
    // "A réagi avec 🔥": about the last text, which it does not quote.
    const bool bare = frame.before.starts_with("reac") || frame.before.starts_with("a reagi");
    const auto sentiment = bare && !has_words(rest) ? reaction_named(rest) : std::nullopt;
    if (sentiment) return reaction_of(*sentiment, frame.removed, false, {});
  }
  return std::nullopt;
}

// Can a reaction begin with these bytes? Any that is no letter or digit may be an emoji's.
bool may_begin_reaction(char first, char second) {
  static const auto followers = [] {
    std::array<std::string, 256> known;
    const auto add = [&](std::string_view form) { known[static_cast<unsigned char>(form[0])].push_back(form[1]); };
    for (const auto& verb : reaction_verbs()) add(verb.words);
    for (const auto& frame : reaction_frames()) {
      if (!frame.before.empty()) add(frame.before);
    }
    return known;
  }();
  const bool is_plain = flows::is_letter(first) || flows::is_digit(first);
  return !is_plain || followers[static_cast<unsigned char>(first)].find(second) != std::string::npos;
}

// Every form has several words or a quote.
bool is_one_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return flows::is_letter(c) || flows::is_digit(c); });
}

// Once it is folded, which may change what is no plain letter.
bool may_be_reaction(std::string_view text) {
  if (text.size() < 2 || is_one_word(text)) return false;
  const bool stays = flows::is_letter(text[0]) && flows::is_letter(text[1]);
  return !stays || may_begin_reaction(flows::lower_ascii(text[0]), flows::lower_ascii(text[1]));
}

}  // namespace

std::optional<Reaction> read_reaction(std::string_view text) {
  if (!may_be_reaction(text)) return std::nullopt;
  const auto folded = flows::fold(text);
  if (folded.size() < 2 || !may_begin_reaction(folded[0], folded[1])) return std::nullopt;
  if (auto reaction = by_verb(folded)) return reaction;
  return in_frame(folded);
}

bool quotes(const Reaction& reaction, std::string_view ours) {
  if (reaction.quoted.empty()) return false;
  const auto words = flows::fold_words(ours);
  if (words == reaction.quoted) return true;
  const bool enough = reaction.cut || reaction.quoted.size() >= certain_beginning;
  if (enough && words.starts_with(reaction.quoted)) return true;
  // What was noted of earlier replies may stand before a question.
  return words.size() >= certain_beginning && reaction.quoted.ends_with(" " + words);
}

bool is_part_of(const Reaction& reaction, std::string_view ours) {
  const auto words = " " + flows::fold_words(ours) + " ";
  return quotes(reaction, ours) || words.find(" " + reaction.quoted + " ") != std::string::npos;
}

bool may_answer(const Reaction& reaction, const flows::Expect& expect) {
  const auto words = flows::split_words(reaction.quoted).size();
  return reaction.may_be_written && words > 0 && words <= max_title_words && std::holds_alternative<flows::ExpectText>(expect);
}

}  // namespace answerback::engine
