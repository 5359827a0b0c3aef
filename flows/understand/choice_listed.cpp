#include "flows/understand/choice_listed.hpp"

#include <algorithm>

#include "flows/understand/choice_words.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_entry_words = 50;

using Entries = std::vector<std::size_t>;  // indexes of choices

const std::string& shown(const Choice& choice) { return choice.labels.empty() ? choice.key : choice.labels.front().second; }

// What was said but for words around it.
std::vector<std::string_view> telling_words(const ChoiceReply& reply) {
  std::vector<std::string_view> words;
  for (const auto& word : reply.words) {
    if (!is_choice_filler(word.text)) words.push_back(word.text);
  }
  return words;
}

Entries by_words(const ExpectChoice& expect, const ChoiceReply& reply) {
  Entries found;
  const auto said = telling_words(reply);
  for (std::size_t i = 0; i < expect.choices.size() && !said.empty(); ++i) {
    const Reply entry(shown(expect.choices[i]));
    const auto written = plain_words(entry, max_entry_words);
    const auto stands_there = [&](std::string_view word) { return std::any_of(written.begin(), written.end(), [&](const auto& one) { return one.text == word; }); };
    if (std::all_of(said.begin(), said.end(), stands_there)) found.push_back(i);
  }
  return found;
}

// A reply's likeliest time first; only when no entry has that, one that it could be as well.
Entries by_time(const ExpectChoice& expect, const ChoiceReply& reply, const ReplyContext& context) {
  const auto said = understand_time(ExpectTime{}, reply.reply, context);
  if (!said.value) return {};
  auto wanted = said.others;
  wanted.insert(wanted.begin(), *said.value);
  for (const auto& time : wanted) {
    Entries found;
    for (std::size_t i = 0; i < expect.choices.size(); ++i) {
      if (understand_time(ExpectTime{}, Reply(shown(expect.choices[i])), context).value == time) found.push_back(i);
    }
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

Understood understand_listed(const ExpectChoice& expect, const ChoiceReply& reply, const ReplyContext& context) {
  auto found = by_words(expect, reply);
  if (found.empty()) found = by_time(expect, reply, context);
  if (found.empty() || reply.words.empty()) return {};
  Understood understood{Value(expect.choices[found.front()].key), found.size() == 1, reply.reply.span_of(reply.words.front().token, reply.words.back().token)};
  for (std::size_t i = 1; i < found.size(); ++i) understood.others.emplace_back(expect.choices[found[i]].key);
  return understood;
}

}  // namespace answerback::flows
