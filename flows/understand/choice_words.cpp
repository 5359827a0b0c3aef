#include "flows/understand/choice_words.hpp"

#include <algorithm>
#include <array>

#include "flows/words.hpp"

namespace answerback::flows {

namespace {

constexpr auto choice_fillers = std::to_array<std::string_view>({
    "a", "an", "the", "please", "pls", "plz", "thanks", "thank", "you", "i", "we", "want", "need", "take", "like", "would", "will", "go", "with",
    "for", "my", "choose", "pick", "prefer", "think", "guess", "maybe", "is", "it", "that", "this", "be", "to", "lets", "do", "just", "um", "uh",
    "hi", "hello", "hey", "ok", "okay", "yes", "yeah", "sure", "option", "choice", "number", "answer", "letter", "one", "me", "give", "get",
    "definitely", "probably", "say", "select", "am", "going", "of", "them", "could", "can", "have", "some", "in", "on", "so", "well", "actually",
    "gonna", "wanna", "id", "ill", "im", "lol", "sir", "maam", "more", "really", "but", "looking", "interested", "about", "by", "at", "i'd",
    "quiero", "quisiera", "necesito", "prefiero", "elijo", "escojo", "tomo", "dame", "deme", "la", "el", "los", "las", "lo", "un", "una", "por",
    "favor", "gracias", "opcion", "numero", "letra", "respuesta", "es", "seria", "sera", "creo", "que", "me", "gustaria", "mi", "de", "del",
    "con", "para", "hola", "si", "voy", "pues", "bueno", "mejor", "quedo", "interesa", "le", "se", "yo", "al",
    "les", "l", "je", "j", "m", "d", "s", "c", "voudrais", "veux", "prefere", "prends", "choisis", "choisi", "aimerais", "ai", "besoin", "du", "des",
    "une", "plait", "il", "vous", "svp", "stp", "merci", "est", "ce", "sera", "serait", "mon", "ma", "choix", "lettre", "reponse", "bonjour", "oui",
    "plutot", "pour", "donc", "alors", "celui", "celle", "n", "en", "y", "et",
});
constexpr auto choice_cues = std::to_array<std::string_view>({
    "option", "choice", "number", "no", "nr", "num", "nbr", "answer", "letter", "opcion", "numero", "letra",
                                            "respuesta", "choix", "lettre", "reponse", "item", "opt", "n"});
constexpr auto choice_negators = std::to_array<std::string_view>({
    "not", "no", "without", "never", "neither", "nor", "than", "instead", "except", "excluding", "besides", "anything", "everything",
    "sin", "nunca", "tampoco", "excepto", "menos", "salvo", "ni", "cualquiera",
    "pas", "sans", "jamais", "sauf", "excepte", "hormis",
});
constexpr auto choice_corrections = std::to_array<std::string_view>({
    "wait", "actually", "mean", "meant", "sorry", "rather", "correction", "oops", "digo", "perdon", "espera",
                                                   "corrijo", "pardon", "attendez", "attends", "plutot", "finalement", "scratch"});
constexpr auto choice_hedges = std::to_array<std::string_view>({
    "maybe", "perhaps", "possibly", "probably", "might", "guess", "think", "suppose", "either", "unsure", "quizas",
                                              "quiza", "creo", "supongo", "posiblemente", "probablemente", "pense", "crois", "suppose",
                                              "probablement",
                                              "idk", "dunno"});
constexpr auto choice_joints = std::to_array<std::string_view>({"or", "and", "o", "u", "y", "e", "ou", "et", "plus"});
constexpr auto choice_several = std::to_array<std::string_view>({
    "both", "all", "any", "either", "neither", "none", "every", "everything", "ambos", "ambas", "todos", "todas",
                                               "todo", "cualquiera", "ninguno", "ninguna", "tous", "toutes", "tout", "aucun", "aucune"});
constexpr auto choice_asking = std::to_array<std::string_view>({
    "what", "how", "why", "when", "where", "who", "which", "does", "do", "is", "are", "did", "que", "como", "cuanto",
                                              "cuanta", "cual", "cuales", "cuando", "donde", "quien", "quel", "quelle", "quels", "quelles", "combien",
                                              "comment", "pourquoi", "quand", "est", "qu", "qui"});
constexpr auto choice_placed = std::to_array<std::string_view>({
    "one", "option", "choice", "1", "answer", "item", "thing", "opcion", "respuesta", "choix", "reponse",
});

constexpr auto never_slips = std::to_array<std::string_view>({
    "about", "above", "after", "again", "another", "around", "choice_asking", "because", "before", "being", "below", "between", "could", "doing",
    "either",
    "every", "everything", "going", "great", "hello", "house", "maybe", "might", "neither", "never", "nothing", "other", "please", "right",
    "shall", "should", "since", "still", "sorry", "thank", "thanks", "their", "there", "these", "thing", "things", "think", "those", "though",
    "today", "tomorrow", "until", "whatever", "where", "which", "while", "whole", "would", "wrong", "years", "yours", "really", "first",
    "second", "third", "fourth", "fifth", "three", "seven", "eight",
    "ahora", "antes", "aqui", "bueno", "cuando", "desde", "donde", "entonces", "estoy", "gracias", "hasta", "luego", "mucho", "nunca", "nuestro",
    "otros", "porque", "puedo", "quiero", "siempre", "tambien", "tengo", "todos", "alors", "apres", "aussi", "avant", "avoir", "beaucoup",
    "bonjour", "comme", "depuis", "encore", "entre", "jamais", "merci", "notre", "parce", "peut", "pourquoi", "quand", "quelque", "suis",
    "toujours", "voudrais", "votre",
    // CTIA Messaging Principles and Best Practices and the carriers' lists: these end or begin texting.
    "stopall", "unsubscribe", "cancel", "revoke", "optout", "arret", "arreter", "desabonner", "parar", "detener", "cancelar", "start",
    "unstop", "subscribe", "aide", "ayuda",
});

constexpr std::size_t names_per_number = 6;
using NumberNames = std::array<std::string_view, names_per_number>;

constexpr auto list_cardinals = std::to_array<NumberNames>({
    {"one", "uno", "una", "un", "une"}, {"two", "dos", "deux"}, {"three", "tres", "trois"}, {"four", "cuatro", "quatre"}, {"five", "cinco", "cinq"},
    {"six", "seis"}, {"seven", "siete", "sept"}, {"eight", "ocho", "huit"}, {"nine", "nueve", "neuf"}, {"ten", "diez", "dix"},
    {"eleven", "once", "onze"}, {"twelve", "doce", "douze"},
});
constexpr auto list_ordinals = std::to_array<NumberNames>({
    {"first", "primero", "primera", "primer", "premier", "premiere"}, {"second", "segundo", "segunda", "deuxieme", "seconde", "2nd"},
    {"third", "tercero", "tercera", "tercer", "troisieme"}, {"fourth", "cuarto", "cuarta", "quatrieme"}, {"fifth", "quinto", "quinta", "cinquieme"},
    {"sixth", "sexto", "sexta", "sixieme"}, {"seventh", "septimo", "septima", "septieme"}, {"eighth", "octavo", "octava", "huitieme"},
    {"ninth", "noveno", "novena", "neuvieme"}, {"tenth", "decimo", "decima", "dixieme"},
});
constexpr auto list_lasts = std::to_array<std::string_view>({"last", "final", "bottom", "ultimo", "ultima", "dernier", "derniere"});
constexpr auto list_lasts_but_one = std::to_array<std::string_view>({"penultimate", "penultimo", "penultima"});
constexpr auto list_middles = std::to_array<std::string_view>({"middle", "medio", "enmedio", "milieu"});

template <typename Table>
std::size_t row_of(std::string_view word, const Table& table) {
  const auto* it = std::find_if(table.begin(), table.end(), [&](const NumberNames& names) { return is_one_of(word, names); });
  return it == table.end() ? 0 : static_cast<std::size_t>(it - table.begin()) + 1;
}

std::size_t in_digits(std::string_view word) {
  if (word.empty() || word.size() > 3 || !std::all_of(word.begin(), word.end(), is_digit)) return 0;
  std::size_t value = 0;
  for (const char c : word) value = value * 10 + static_cast<std::size_t>(c - '0');
  return value;
}

}  // namespace

bool is_choice_filler(std::string_view word) { return is_one_of(word, choice_fillers); }
bool is_choice_cue(std::string_view word) { return is_one_of(word, choice_cues); }
bool is_choice_negator(std::string_view word) { return is_one_of(word, choice_negators); }
bool is_choice_correction(std::string_view word) { return is_one_of(word, choice_corrections); }
bool is_choice_hedge(std::string_view word) { return is_one_of(word, choice_hedges); }
bool is_choice_joint(std::string_view word) { return is_one_of(word, choice_joints); }
bool is_several(std::string_view word) { return is_one_of(word, choice_several); }
bool is_asking(std::string_view word) { return is_one_of(word, choice_asking); }
bool is_placed(std::string_view word) { return is_one_of(word, choice_placed); }
bool is_never_a_slip(std::string_view word) { return is_one_of(word, never_slips); }

std::size_t small_number(std::string_view word) {
  if (word.empty()) return 0;
  const auto named = row_of(word, list_cardinals);
  return named > 0 ? named : in_digits(word);
}

std::size_t place_number(std::string_view word, std::size_t count) {
  if (word.empty()) return 0;
  if (is_one_of(word, list_lasts)) return count;
  if (is_one_of(word, list_lasts_but_one)) return count > 1 ? count - 1 : 0;
  if (is_one_of(word, list_middles)) return count % 2 == 1 ? count / 2 + 1 : 0;
  if (word == "latter") return count == 2 ? 2 : 0;
  if (word == "former") return count == 2 ? 1 : 0;
  return word == "top" ? 1 : row_of(word, list_ordinals);
}

bool is_ordinal_ending(std::string_view word) {
  constexpr auto endings = std::to_array<std::string_view>({"st", "nd", "rd", "th", "er", "ere", "re", "e", "eme", "de", "do", "da", "ro", "ra",
                                                            "to", "ta", "mo", "ma", "vo", "va", "no", "na", "o", "a"});
  return is_one_of(word, endings);
}

}  // namespace answerback::flows
