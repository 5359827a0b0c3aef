#include "flows/understand/own_number.hpp"

#include <algorithm>
#include <array>

#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t most_words = 14;
constexpr std::size_t most_bytes = 160;

// What points at the number that is written from. A reply of such a word and of the words below means it.
constexpr auto pointing = std::to_array<std::string_view>({"this", "same", "este", "esta", "mismo", "misma", "ce", "cet", "cette", "meme", "celui", "ci"});

constexpr auto around_it = std::to_array<std::string_view>({
    // English
    "the", "number", "num", "no", "nbr", "#", "one", "phone", "cell", "cellphone", "mobile", "line", "is", "it", "its", "it's", "that", "that's", "thats", "i'm", "im", "i", "am", "texting",
    "writing", "messaging", "from", "using", "on", "at", "to", "call", "text", "me", "please", "pls", "plz", "use", "just", "my", "best", "good", "yes", "yeah", "yep", "yup", "sure", "u", "still", "always",
    "ok", "okay", "as", "works", "fine", "here", "with", "reach", "thanks", "thank", "you", "already", "right", "now", "for", "too", "still", "contact", "you're", "your", "ur", "texted",
    "exact", "very", "current", "would", "be", "do", "great", "way", "through", "can", "in",
    // Spanish
    "el", "numero", "telefono", "celular", "movil", "cel", "es", "desde", "que", "escribo", "le", "te", "les", "si", "claro", "por", "favor", "usa", "use", "usen", "a", "al", "en", "de",
    "mi", "con", "gracias", "llame", "llamame", "llamenme", "llameme", "pueden", "llamar", "llamarme", "linea", "whatsapp", "estoy", "escribiendo", "usando", "ahora", "aqui", "un", "lo", "siempre", "uso", "puede", "puedes", "mandame", "mensaje",
    // French
    "numero", "portable", "telephone", "tel", "ligne", "c'est", "est", "oui", "le", "sur", "au", "a", "avec", "lequel", "que", "j'utilise", "j'ecris", "je", "vous", "ecris", "depuis", "du",
    "merci", "s'il", "plait", "svp", "appelez", "moi", "mon", "bien", "toujours", "d'accord", "par", "de", "la", "bon",
});

// These point at it without such a word.
constexpr auto whole_phrases = std::to_array<std::string_view>({
    "the number you have", "the number you have on file", "the one you have", "the one you have on file", "number on file", "the number on file", "the one on file", "you have it", "you already have it",
    "you got it already", "the number im texting from", "the number i'm texting from", "the one im texting from", "the one i'm texting from", "number im texting from", "number i'm texting from",
    "my number", "my cell", "my own", "the one i'm using", "the one im using", "the one im using now", "the one i'm using now", "same as the one im texting u from", "same as the one i'm texting you from", "same one i'm texting from", "same one im texting from", "the number you texted", "the one you texted", "the one you just texted", "from which i'm texting",
    "ya lo tienen", "ya lo tiene", "ya lo tienes", "el que tienen", "el que tiene", "el numero que tienen", "el numero desde el que escribo", "desde el que escribo", "el numero del que escribo",
    "vous l'avez", "vous l'avez deja", "celui que vous avez", "le numero que vous avez", "mon numero actuel", "celui d'ou j'ecris", "le numero d'ou j'ecris",
});

// A digit or another sign is kept apart by nothing: "this number 555" is no pointing.
bool is_said_with(std::string_view word) { return is_one_of(word, pointing) || is_one_of(word, around_it); }

}  // namespace

bool means_own_number(std::string_view folded) {
  if (folded.size() > most_bytes) return false;
  const auto joined = fold_words(folded);
  if (is_one_of(joined, whole_phrases)) return true;
  const auto words = split_words(joined);
  if (words.empty() || words.size() > most_words) return false;
  // "No" is a short number in English and a refusal everywhere.
  const bool refuses = words.front() == "no" || words.front() == "non" || std::find(words.begin(), words.end(), "not") != words.end();
  const bool points = std::any_of(words.begin(), words.end(), [](std::string_view word) { return is_one_of(word, pointing); });
  return points && !refuses && std::all_of(words.begin(), words.end(), is_said_with);
}

}  // namespace answerback::flows
