// Everyday words that are opt-outs as well: whether the open question makes one an answer.
#include <algorithm>

#include "engine/decide/script.hpp"
#include "flows/text/text.hpp"

namespace answerback::engine {

namespace {

// What a text tells its reader to do, in folded words: "Reply STOP", "Responda BAJA", "envoyez ARRET".
constexpr std::string_view telling[] = {"reply", "text", "send", "responda", "responde", "envie", "envia", "escriba", "escribe", "mande", "manda",
                                        "conteste", "contesta", "textee", "repondez", "reponds", "envoyez", "envoie", "ecrivez", "textez"};
constexpr std::size_t words_of_telling = 8;  // so far behind such a word is still what it tells

bool tells(const std::vector<std::string_view>& words, std::size_t before) {
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(before - std::min(before, words_of_telling));
  const auto is_telling = [](std::string_view word) { return std::find(std::begin(telling), std::end(telling), word) != std::end(telling); };
  return std::any_of(first, words.begin() + static_cast<std::ptrdiff_t>(before), is_telling);
}

// "Are you tall or short?" offers "tall"; "Reply STOP to opt out" does not offer "stop".
bool offers(const std::string& question, std::string_view word) {
  const auto folded = flows::fold_words(question);
  const auto words = flows::split_words(folded);
  const auto wanted = flows::split_words(word);
  for (std::size_t i = 0; i + wanted.size() <= words.size() && !wanted.empty(); ++i) {
    if (std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(i)) && !tells(words, i)) return true;
  }
  return false;
}

bool takes_any_words(const flows::Expect& expect) {
  return std::holds_alternative<flows::ExpectText>(expect) || std::holds_alternative<flows::ExpectName>(expect);
}

}  // namespace

bool Script::would_take(const Inbound& inbound, std::string_view said, std::string_view word, bool own_language) {
  const auto* waiting = waiting_step();
  const auto* ask = waiting != nullptr ? std::get_if<flows::Ask>(&waiting->verb) : nullptr;
  if (ask == nullptr) return false;
  if (offers(turn_.conversation->open->question, word)) return true;
  // Free words: whoever is spoken to in that language means to stop, to anybody else it is a word like any other.
  if (takes_any_words(ask->expect)) return !own_language;
  if (!std::holds_alternative<flows::ExpectChoice>(ask->expect)) return false;
  heard_ = &inbound;
  auto languages = scope_.flow()->languages;
  languages.push_back(scope_.language());
  return std::any_of(languages.begin(), languages.end(), [&](const std::string& language) {
    const auto understood = flows::understand(accepted(ask->expect), said, reply_context(language));
    return understood.value && understood.sure;
  });
}

}  // namespace answerback::engine
