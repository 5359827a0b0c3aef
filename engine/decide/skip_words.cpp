#include "engine/decide/skip_words.hpp"

#include <algorithm>
#include <string>

#include "flows/text/text.hpp"

namespace answerback::engine {

namespace {

// Folded, and without the words of `around`.
constexpr std::string_view skips[] = {
    // English
    "skip", "skip it", "skip this", "skip that", "skip this one", "skip that one", "skip this question", "skip the question", "skip question", "pass",
    "pass on this", "pass on that", "pass on this one", "pass on that one", "next", "next one", "next question", "no answer", "no comment",
    "prefer not to say", "prefer not to answer", "prefer not to", "rather not say", "rather not answer", "rather not", "id rather not", "id rather not say",
    "not answering", "not applicable", "n a", "na", "does not apply", "doesnt apply", "dont want to say", "dont want to answer",
    "do not want to say", "do not want to answer", "id prefer not to say", "gonna skip", "gonna skip this one", "gonna pass", "ill pass", "ill skip",
    // Spanish
    "saltar", "saltala", "saltar esta", "saltar pregunta", "saltar la pregunta", "saltar esta pregunta", "omitir", "omitir esta", "omitir pregunta",
    "omitir la pregunta", "paso", "pasar", "pasa", "siguiente", "siguiente pregunta", "la siguiente", "la proxima", "prefiero no decir",
    "prefiero no decirlo", "prefiero no responder", "prefiero no contestar", "no quiero decir", "no quiero decirlo", "no quiero responder",
    "no quiero contestar", "no aplica", "sin respuesta", "sin comentarios",
    // French
    "passer", "passe", "je passe", "on passe", "sauter", "sauter la question", "sauter cette question", "passer la question", "passer cette question",
    "ignorer", "suivant", "suivante", "question suivante", "la suivante", "pas de reponse", "sans reponse", "sans objet", "je prefere ne pas dire",
    "je prefere ne pas le dire", "je prefere ne pas repondre", "prefere ne pas dire", "prefere ne pas repondre", "je ne veux pas repondre",
    "je veux pas repondre", "ne souhaite pas repondre", "je ne souhaite pas repondre"};

constexpr std::string_view around[] = {"please", "pls",     "plz", "thanks", "thx",  "thank", "you",  "ok",   "okay", "just", "lets", "let",  "us", "i",
                                       "ill",        "can", "we",     "um",    "hmm",  "sorry", "por", "favor", "gracias", "svp", "merci",
                                       "sil",    "vous",    "te",  "plait",  "stp",  "euh",   "pardon", "perdon"};

bool is_around(std::string_view word) { return std::find(std::begin(around), std::end(around), word) != std::end(around); }

std::string without_apostrophes(std::string_view folded) {
  std::string plain(folded);
  std::erase(plain, '\'');
  return plain;
}

bool stands_there(std::string_view folded) { return std::find(std::begin(skips), std::end(skips), folded) != std::end(skips); }

}  // namespace

bool is_skip(std::string_view folded, const std::vector<flows::Cue>& own) {
  constexpr std::size_t longest_bytes = 120;
  if (folded.size() > longest_bytes) return false;
  const auto said = without_apostrophes(folded);
  const auto is_own = [&](const flows::Cue& cue) { return without_apostrophes(cue.folded) == said; };
  if (stands_there(said) || std::any_of(own.begin(), own.end(), is_own)) return true;
  std::string rest;
  for (const auto word : flows::split_words(said)) {
    if (!is_around(word)) rest.append(rest.empty() ? "" : " ").append(word);
  }
  return stands_there(rest);
}

}  // namespace answerback::engine
