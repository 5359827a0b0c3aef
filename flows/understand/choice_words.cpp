#include "flows/understand/choice_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr WordTable choice_fillers(std::to_array<std::string_view>({
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
}));
constexpr WordTable choice_cues(std::to_array<std::string_view>({
    "option", "choice", "number", "no", "nr", "num", "nbr", "answer", "letter", "opcion", "numero", "letra",
                                            "respuesta", "choix", "lettre", "reponse", "item", "opt", "n"}));
constexpr WordTable choice_negators(std::to_array<std::string_view>({
    "not", "no", "without", "never", "neither", "nor", "than", "instead", "except", "excluding", "besides", "anything", "everything",
    "sin", "nunca", "tampoco", "excepto", "menos", "salvo", "ni", "cualquiera",
    "pas", "sans", "jamais", "sauf", "excepte", "hormis",
}));
constexpr WordTable choice_corrections(std::to_array<std::string_view>({
    "wait", "actually", "mean", "meant", "sorry", "rather", "correction", "oops", "digo", "perdon", "espera",
                                                   "corrijo", "pardon", "attendez", "attends", "plutot", "finalement", "scratch"}));
constexpr WordTable choice_hedges(std::to_array<std::string_view>({
    "maybe", "perhaps", "possibly", "probably", "might", "guess", "think", "suppose", "either", "unsure", "quizas",
                                              "quiza", "creo", "supongo", "posiblemente", "probablemente", "pense", "crois", "suppose",
                                              "probablement",
                                              "idk", "dunno"}));
constexpr WordTable choice_joints(std::to_array<std::string_view>({"or", "and", "o", "u", "y", "e", "ou", "et", "plus"}));
constexpr WordTable choice_several(std::to_array<std::string_view>({
    "both", "all", "any", "either", "neither", "none", "every", "everything", "ambos", "ambas", "todos", "todas",
                                               "todo", "cualquiera", "ninguno", "ninguna", "tous", "toutes", "tout", "aucun", "aucune"}));
constexpr WordTable choice_asking(std::to_array<std::string_view>({
    "what", "how", "why", "when", "where", "who", "which", "does", "do", "is", "are", "did", "que", "como", "cuanto",
                                              "cuanta", "cual", "cuales", "cuando", "donde", "quien", "quel", "quelle", "quels", "quelles", "combien",
                                              "comment", "pourquoi", "quand", "est", "qu", "qui"}));
constexpr WordTable choice_placed(std::to_array<std::string_view>({
    "one", "option", "choice", "1", "answer", "item", "thing", "opcion", "respuesta", "choix", "reponse",
}));

constexpr WordTable never_slips(std::to_array<std::string_view>({
    "about", "above", "after", "again", "another", "around", "asking", "because", "before", "being", "below", "between", "could", "doing",
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
}));

using NamedNumber = std::pair<std::string_view, std::size_t>;

constexpr auto list_cardinals = std::to_array<NamedNumber>({
    {"one", 1}, {"uno", 1}, {"una", 1}, {"un", 1}, {"une", 1}, {"two", 2}, {"dos", 2}, {"deux", 2}, {"three", 3}, {"tres", 3}, {"trois", 3},
    {"four", 4}, {"cuatro", 4}, {"quatre", 4}, {"five", 5}, {"cinco", 5}, {"cinq", 5}, {"six", 6}, {"seis", 6}, {"seven", 7}, {"siete", 7},
    {"sept", 7}, {"eight", 8}, {"ocho", 8}, {"huit", 8}, {"nine", 9}, {"nueve", 9}, {"neuf", 9}, {"ten", 10}, {"diez", 10}, {"dix", 10},
    {"eleven", 11}, {"once", 11}, {"onze", 11}, {"twelve", 12}, {"doce", 12}, {"douze", 12},
});
constexpr WordTable cardinal_table(first_words(list_cardinals));
constexpr auto list_ordinals = std::to_array<NamedNumber>({
    {"first", 1}, {"primero", 1}, {"primera", 1}, {"primer", 1}, {"premier", 1}, {"premiere", 1}, {"second", 2}, {"segundo", 2}, {"segunda", 2},
    {"deuxieme", 2}, {"seconde", 2}, {"2nd", 2}, {"third", 3}, {"tercero", 3}, {"tercera", 3}, {"tercer", 3}, {"troisieme", 3}, {"fourth", 4},
    {"cuarto", 4}, {"cuarta", 4}, {"quatrieme", 4}, {"fifth", 5}, {"quinto", 5}, {"quinta", 5}, {"cinquieme", 5}, {"sixth", 6}, {"sexto", 6},
    {"sexta", 6}, {"sixieme", 6}, {"seventh", 7}, {"septimo", 7}, {"septima", 7}, {"septieme", 7}, {"eighth", 8}, {"octavo", 8}, {"octava", 8},
    {"huitieme", 8}, {"ninth", 9}, {"noveno", 9}, {"novena", 9}, {"neuvieme", 9}, {"tenth", 10}, {"decimo", 10}, {"decima", 10}, {"dixieme", 10},
});
constexpr WordTable ordinal_table(first_words(list_ordinals));
constexpr auto list_lasts = std::to_array<std::string_view>({"last", "final", "bottom", "ultimo", "ultima", "dernier", "derniere"});
constexpr auto list_lasts_but_one = std::to_array<std::string_view>({"penultimate", "penultimo", "penultima"});
constexpr auto list_middles = std::to_array<std::string_view>({"middle", "medio", "enmedio", "milieu"});

template <std::size_t Count>
std::size_t named_number(std::string_view word, const WordTable<Count>& table, const std::array<NamedNumber, Count>& numbers) {
  const auto place = table.place(word);
  return place < Count ? numbers[place].second : 0;
}

std::size_t in_digits(std::string_view word) {
  if (word.empty() || word.size() > 3 || !std::all_of(word.begin(), word.end(), is_digit)) return 0;
  std::size_t value = 0;
  for (const char c : word) value = value * 10 + static_cast<std::size_t>(c - '0');
  return value;
}

}  // namespace

bool is_choice_filler(std::string_view word) { return choice_fillers.has(word); }
bool is_choice_cue(std::string_view word) { return choice_cues.has(word); }
bool is_choice_negator(std::string_view word) { return choice_negators.has(word); }
bool is_choice_correction(std::string_view word) { return choice_corrections.has(word); }
bool is_choice_hedge(std::string_view word) { return choice_hedges.has(word); }
bool is_choice_joint(std::string_view word) { return choice_joints.has(word); }
bool is_several(std::string_view word) { return choice_several.has(word); }
bool is_asking(std::string_view word) { return choice_asking.has(word); }
bool is_placed(std::string_view word) { return choice_placed.has(word); }
bool is_never_a_slip(std::string_view word) { return never_slips.has(word); }

std::size_t small_number(std::string_view word) {
  if (word.empty()) return 0;
  const auto named = named_number(word, cardinal_table, list_cardinals);
  return named > 0 ? named : in_digits(word);
}

std::size_t place_number(std::string_view word, std::size_t count) {
  if (word.empty()) return 0;
  if (is_one_of(word, list_lasts)) return count;
  if (is_one_of(word, list_lasts_but_one)) return count > 1 ? count - 1 : 0;
  if (is_one_of(word, list_middles)) return count % 2 == 1 ? count / 2 + 1 : 0;
  if (word == "latter") return count == 2 ? 2 : 0;
  if (word == "former") return count == 2 ? 1 : 0;
  return word == "top" ? 1 : named_number(word, ordinal_table, list_ordinals);
}

bool is_ordinal_ending(std::string_view word) {
  constexpr auto endings = std::to_array<std::string_view>({"st", "nd", "rd", "th", "er", "ere", "re", "e", "eme", "de", "do", "da", "ro", "ra",
                                                            "to", "ta", "mo", "ma", "vo", "va", "no", "na", "o", "a"});
  return is_one_of(word, endings);
}

}  // namespace answerback::flows
