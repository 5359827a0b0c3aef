#include "flows/understand/name_words.hpp"

#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr auto all_introductions = std::to_array<Introduction>({
    {"my name is", true}, {"my full name is", true}, {"my first name is", true}, {"my last name is", true}, {"the name is", true},
    {"name is", true}, {"full name is", true}, {"my name", true}, {"full name", true}, {"name", false}, {"call me", true},
    {"they call me", true}, {"people call me", true}, {"everyone calls me", true}, {"everybody calls me", true}, {"i go by", true},
    {"i am called", true}, {"i am known as", true}, {"known as", true}, {"you are speaking with", true}, {"you are talking to", true},
    {"put me down as", true}, {"put it under", true}, {"under the name of", true}, {"under the name", true}, {"it is under", true},
    {"this is", false}, {"it is me", false}, {"it is", false}, {"that is", false}, {"that would be", false}, {"i am", false}, {"am", false},
    {"me llamo", true}, {"mi nombre es", true}, {"mi nombre completo es", true}, {"mi nombre", true}, {"el nombre es", true},
    {"nombre es", true}, {"nombre", false}, {"me dicen", true}, {"me llaman", true}, {"llamame", true}, {"puedes llamarme", true},
    {"puede llamarme", true}, {"se llama", true}, {"a nombre de", true}, {"le habla", true}, {"te habla", true}, {"habla", false},
    {"yo soy", false}, {"soy yo", false}, {"soy", false}, {"es", false}, {"aqui", false},
    {"je m appelle", true}, {"m appelle", true}, {"mon nom est", true}, {"mon nom c est", true}, {"mon nom complet est", true},
    {"mon prenom est", true}, {"mon prenom c est", true}, {"le nom est", true}, {"je me nomme", true}, {"on m appelle", true},
    {"appelez moi", true}, {"appelle moi", true}, {"vous pouvez m appeler", true}, {"tu peux m appeler", true}, {"au nom de", true},
    {"moi c est", true}, {"moi je suis", false}, {"je suis", false}, {"c est moi", false}, {"c est", false}, {"nom", false},
    {"prenom", false}, {"ici", false},
});

constexpr auto all_closings = std::to_array<std::string_view>({
    "here", "speaking", "is my name", "is the name", "is my full name", "is me", "that is me", "that is my name", "is what they call me",
    "aqui", "al habla", "es mi nombre", "soy yo", "le habla", "al telefono", "ici", "a l appareil", "c est mon nom", "est mon nom",
});

constexpr auto all_pleasantries = std::to_array<std::string_view>({
    "hi", "hello", "hey", "hiya", "howdy", "greetings", "good morning", "good afternoon", "good evening", "good day", "there", "yes", "yeah",
    "yep", "yup", "sure", "sure thing", "ok", "okay", "of course", "certainly", "absolutely", "well", "um", "uh", "hmm", "oh", "so", "please",
    "pls", "plz", "thanks", "thank you", "thanks so much", "many thanks", "cheers", "sir", "maam", "ma'am", "nice to meet you", "hope that helps",
    "just", "you can", "you may", "lol", "haha", "no problem", "no worries", "my bad", "sorry", "btw", "by the way",
    "hola", "buenos dias", "buenas tardes", "buenas noches", "buenas", "buen dia", "si", "claro", "por supuesto", "gracias", "muchas gracias",
    "por favor", "vale", "bueno", "pues", "disculpa", "perdon", "mucho gusto", "un placer", "encantado", "encantada", "saludos",
    "bonjour", "bonsoir", "salut", "coucou", "allo", "oui", "ouais", "d accord", "bien sur", "merci", "merci beaucoup", "s il vous plait",
    "s il te plait", "svp", "stp", "enchante", "enchantee", "alors", "eh bien", "ben", "desole", "pardon", "cordialement",
});

constexpr auto stops = std::to_array<std::string_view>({
    "from", "and", "but", "with", "at", "here", "is", "was", "calling", "speaking", "texting", "writing", "please", "pls", "plz", "thanks",
    "thank", "for", "i", "my", "me", "by", "in", "on", "who", "not", "or", "aka", "what", "that", "it", "you", "your", "how", "so", "to", "are",
    "we", "have", "looking", "the", "if", "because", "since", "about", "ok", "okay", "yes", "no", "sir", "maam",
    "pero", "con", "aqui", "mucho", "por", "para", "gracias", "desde", "mi", "que", "quien", "como", "quiero", "necesito", "tengo", "en", "porque",
    "mais", "avec", "ici", "merci", "pour", "chez", "mon", "ma", "qui", "je", "et", "sur", "svp", "stp", "depuis", "a", "s",
});

constexpr auto particles = std::to_array<std::string_view>({
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "des", "le", "van", "von", "der", "den", "ten", "ter", "zu", "zur",
    "y", "e", "al", "el", "bin", "ibn", "bint", "af", "av", "san", "d",
});

constexpr auto titles = std::to_array<std::string_view>({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "hon", "sgt", "sr", "sra", "srta", "senor", "senora", "senorita", "don", "dona",
    "m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "maitre", "doctor", "captain", "father", "pastor",
});

constexpr auto suffixes = std::to_array<std::string_view>({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"});

// Words of everyday answers. A reply, or what follows "I am", that begins with one of them names nobody.
constexpr auto no_names = std::to_array<std::string_view>({
    "a", "an", "the", "this", "that", "these", "those", "i", "me", "my", "mine", "you", "your", "yours", "he", "she", "his", "her", "we", "our",
    "they", "their", "it", "who", "what", "when", "where", "why", "how", "which", "whose", "is", "are", "was", "were", "be", "been", "do", "does",
    "did", "have", "has", "had", "can", "could", "would", "should", "shall", "must", "not", "none", "nobody", "nothing", "neither", "never",
    "nope", "nah", "no", "yes", "yeah", "yep", "ok", "okay", "sure", "maybe", "perhaps", "idk", "dunno", "in", "on", "at", "to", "of", "for",
    "from", "by", "about", "with", "without", "if", "because", "and", "or", "but", "so", "too", "also", "very", "really", "just", "still", "only",
    "already", "here", "there", "now", "later", "soon", "today", "tomorrow", "tonight", "yesterday", "please", "thanks", "hello", "hi", "hey",
    "stop", "help", "skip", "pass", "next", "cancel", "private", "anonymous", "unknown", "nameless", "na", "same", "test", "name", "nombre",
    "nom", "busy", "fine", "good", "great", "bad", "well", "sick", "sorry", "ready", "happy", "glad", "late", "free", "available", "interested",
    "confused", "tired", "married", "single", "done", "finished", "home", "away", "out", "back", "able", "afraid", "aware", "certain", "wrong",
    "right", "correct", "true", "false", "new", "old", "all", "both", "some", "any", "every", "everyone", "somebody", "someone", "anyone",
    "customer", "client", "owner", "homeowner", "tenant", "renter", "user", "human", "person", "bot", "robot", "secret", "complicated", "like",
    "want", "need", "get", "go", "let", "see", "know", "think", "tell", "say", "call", "text", "ask", "give", "send", "make", "take", "use",
    "forget", "leave", "mind", "raining", "leaking", "broken", "urgent", "time", "whatever", "something", "anything",
    "yo", "tu", "usted", "el", "ella", "nosotros", "un", "una", "unos", "mi", "su", "que", "quien", "como", "cuando", "donde", "cual", "por",
    "para", "si", "claro", "nada", "nadie", "ninguno", "nunca", "tal", "quizas", "bien", "mal", "muy", "ya", "aqui", "hoy", "manana", "ocupado",
    "ocupada", "cliente", "dueno", "duena", "propietario", "propietaria", "interesado", "interesada", "es", "esta", "estoy", "tengo", "quiero",
    "necesito", "puedo", "gracias", "hola", "mio", "mia", "alguien",
    "je", "il", "elle", "nous", "vous", "moi", "toi", "une", "mon", "ma", "mes", "ton", "votre", "qui", "quoi", "quand", "ou", "comment", "pourquoi",
    "oui", "non", "pas", "rien", "personne", "jamais", "peut", "bien", "mal", "tres", "ici", "demain", "occupe", "occupee", "proprietaire",
    "locataire", "interesse", "interessee", "desole", "desolee", "bonjour", "merci", "ca", "ce", "cela", "sur", "c", "quel", "quelle",
});

}  // namespace

std::span<const Introduction> introductions() { return all_introductions; }
std::span<const std::string_view> closings() { return all_closings; }
std::span<const std::string_view> pleasantries() { return all_pleasantries; }

bool ends_name(std::string_view word) { return is_one_of(word, stops); }
bool is_particle(std::string_view word) { return is_one_of(word, particles); }
bool is_title(std::string_view word) { return is_one_of(word, titles); }
bool is_suffix(std::string_view word) { return is_one_of(word, suffixes); }
bool is_no_name(std::string_view word) { return is_one_of(word, no_names); }

}  // namespace answerback::flows
