// Reactions to our texts: nobody wrote anything, but a like or a dislike of the pending question answers a yes or no.
#include <algorithm>

#include "engine/decide/sayings.hpp"
#include "engine/decide/script.hpp"

namespace answerback::engine {

namespace {

struct YesAndNo {
  std::string_view language, yes, no;
};
constexpr auto english_words = YesAndNo{"en", "yes", "no"};
constexpr YesAndNo other_words[] = {{"es", "sí", "no"}, {"fr", "oui", "non"}};

std::string_view word_for(Sentiment sentiment, std::string_view language) {
  const auto* found = std::find_if(std::begin(other_words), std::end(other_words), [&](const auto& row) { return language.starts_with(row.language); });
  const auto& words = found == std::end(other_words) ? english_words : *found;
  switch (sentiment) {
    case Sentiment::agrees: return words.yes;
    case Sentiment::disagrees: return words.no;
    case Sentiment::other: return {};
  }
  return {};
}

}  // namespace

const flows::Ask* Script::pending_question() const {
  const auto* waiting = waiting_step();
  return waiting != nullptr ? std::get_if<flows::Ask>(&waiting->verb) : nullptr;
}

// The texts by which the pending question may have been put last.
std::vector<std::string> Script::last_put(const flows::Ask& ask) {
  const auto& open = *turn_.conversation->open;
  switch (open.awaited) {
    case Awaited::confirmation: return {read_back(open.offered.front().first, scope_.language())};
    case Awaited::pick:
    case Awaited::pause:
    case Awaited::call: return {};
    case Awaited::reply: break;
  }
  std::vector<std::string> texts{open.question, scope_.wording(ask.question)};
  const auto add = [&](const flows::Retorts& retorts) {
    for (const auto& retort : retorts) texts.push_back(scope_.wording(retort));
  };
  add(ask.unclear.say);
  for (const auto& [refusal, retorts] : ask.unclear.because) add(retorts);
  for (const auto& reminder : ask.silent.remind) {
    if (reminder.say) texts.push_back(scope_.wording(*reminder.say));
  }
  return texts;
}

bool Script::is_choice(std::string_view said) {
  const auto* ask = pending_question();
  if (ask == nullptr || !std::holds_alternative<flows::ExpectChoice>(ask->expect)) return false;
  const auto understood = flows::understand(accepted(ask->expect), said, reply_context(scope_.language()));
  return understood.value && understood.others.empty();
}

std::string_view Script::meant_by(const Reaction& reaction) {
  const auto* ask = pending_question();
  if (ask == nullptr || reaction.removed) return {};
  const auto word = word_for(reaction.sentiment, scope_.language());
  const auto texts = last_put(*ask);
  const bool is_about_it = std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return quotes(reaction, text); });
  if (!is_about_it || word.empty()) return {};
  const bool settling = turn_.conversation->open->awaited == Awaited::confirmation;
  return settling || std::holds_alternative<flows::ExpectYesNo>(ask->expect) || is_choice(word) ? word : std::string_view();
}

// Nearly all are. Only where the question takes any text a person may have written just that: 'Loved "Casablanca"'.
bool Script::is_ours(const Reaction& reaction) {
  const auto* pending = pending_question();
  if (pending == nullptr || !may_answer(reaction, pending->expect)) return true;
  const auto fits = [&](const std::string& text) { return is_part_of(reaction, text); };
  const auto& asked = turn_.conversation->interactions;
  if (std::any_of(asked.begin(), asked.end(), [&](const auto& one) { return fits(one.question); })) return true;
  const auto texts = last_put(*pending);
  if (std::any_of(texts.begin(), texts.end(), fits)) return true;
  const auto& steps = scope_.flow()->steps;
  return std::any_of(steps.begin(), steps.end(), [&](const flows::Step& step) {
    const auto* said = std::get_if<flows::Say>(&step.verb);
    return said != nullptr && fits(scope_.wording(said->text));
  });
}

}  // namespace answerback::engine
