#include "engine/keyword_lists.hpp"

#include <array>
#include <utility>

#include "flows/words.hpp"

namespace answerback::engine {

namespace {

using enum KeywordClass;
using enum WordScope;

constexpr std::string_view fcc = "47 CFR 64.1200(a)(10), in force since 2025-04-11";
constexpr std::string_view twilio = "Twilio, default opt-out keywords, 2025-05-14";
constexpr std::string_view twilio_proxy = "Twilio Proxy, opt-out keywords";
constexpr std::string_view telnyx = "Telnyx, advanced opt-in/out";
constexpr std::string_view plivo = "Plivo, DND service";
constexpr std::string_view aws = "AWS End User Messaging, required keywords";
constexpr std::string_view canada = "Canadian Common Short Code Application Guidelines, mandatory keywords";
constexpr std::string_view spanish_usage = "usual additions of senders to Spanish speakers; no carrier lists them";
constexpr std::string_view french_usage = "usual additions of senders to French speakers; no carrier lists them";
constexpr std::string_view senders_usage = "usual in footers of senders (\"Txt STOP2END\"), and copied from there; no carrier lists them";
constexpr std::string_view slips = "misspellings seen in replies; 47 CFR 64.1200(a)(10), totality of circumstances";

constexpr std::array words{
    ListedWord{stop, "stop", "en", always, false, fcc},
    ListedWord{stop, "quit", "en", always, false, fcc},
    ListedWord{stop, "end", "en", always, false, fcc},
    ListedWord{stop, "revoke", "en", always, false, fcc},
    ListedWord{stop, "opt out", "en", always, false, fcc},
    ListedWord{stop, "cancel", "en", always, false, fcc},
    ListedWord{stop, "unsubscribe", "en", always, false, fcc},
    ListedWord{stop, "optout", "en", always, false, twilio},
    ListedWord{stop, "stopall", "en", always, false, twilio},
    ListedWord{stop, "stop all", "en", always, false, telnyx},
    ListedWord{stop, "unsub", "en", always, false, plivo},
    ListedWord{stop, "remove", "en", always, false, aws},
    ListedWord{stop, "td", "en", always, false, aws},
    ListedWord{stop, "arret", "fr", always, false, canada},
    ListedWord{stop, "arrete", "fr", always, false, twilio_proxy},
    ListedWord{stop, "alto", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "parar", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "pare", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "paren", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "detener", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "baja", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "no mas", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "cancelar", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "salir", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "basta", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "fin", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "terminar", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "anular", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "eliminar", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "borrar", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "ya no", "es", ordinary, false, spanish_usage},
    ListedWord{stop, "detenganse", "es", own_language, false, spanish_usage},
    ListedWord{stop, "cancelen", "es", own_language, false, spanish_usage},
    ListedWord{stop, "cancele", "es", own_language, false, spanish_usage},
    ListedWord{stop, "desuscribir", "es", own_language, false, spanish_usage},
    ListedWord{stop, "desuscribirme", "es", own_language, false, spanish_usage},
    ListedWord{stop, "desuscribirse", "es", own_language, false, spanish_usage},
    ListedWord{stop, "darse de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "darme de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "dar de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "dame de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "deme de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "denme de baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "cancelar suscripcion", "es", own_language, false, spanish_usage},
    ListedWord{stop, "no mas mensajes", "es", own_language, false, spanish_usage},
    ListedWord{stop, "no mas textos", "es", own_language, false, spanish_usage},
    ListedWord{stop, "baja por favor", "es", own_language, false, spanish_usage},
    ListedWord{stop, "desabonner", "fr", own_language, false, french_usage},
    ListedWord{stop, "desabonnement", "fr", own_language, false, french_usage},
    ListedWord{stop, "desabonnez moi", "fr", own_language, false, french_usage},
    ListedWord{stop, "desabonne moi", "fr", own_language, false, french_usage},
    ListedWord{stop, "desinscrire", "fr", own_language, false, french_usage},
    ListedWord{stop, "desinscription", "fr", own_language, false, french_usage},
    ListedWord{stop, "desinscrivez moi", "fr", own_language, false, french_usage},
    ListedWord{stop, "se desabonner", "fr", own_language, false, french_usage},
    ListedWord{stop, "me desabonner", "fr", own_language, false, french_usage},
    ListedWord{stop, "stop sms", "fr", own_language, false, french_usage},
    ListedWord{stop, "desabo", "fr", own_language, false, french_usage},
    ListedWord{stop, "plus de messages", "fr", own_language, false, french_usage},
    ListedWord{stop, "fin", "fr", ordinary, false, french_usage},
    ListedWord{stop, "fini", "fr", ordinary, false, french_usage},
    ListedWord{stop, "annuler", "fr", ordinary, false, french_usage},
    ListedWord{stop, "annulez", "fr", ordinary, false, french_usage},
    ListedWord{stop, "quitter", "fr", ordinary, false, french_usage},
    ListedWord{stop, "terminer", "fr", ordinary, false, french_usage},
    ListedWord{stop, "resilier", "fr", ordinary, false, french_usage},
    ListedWord{stop, "cesser", "fr", ordinary, false, french_usage},
    ListedWord{stop, "cessez", "fr", ordinary, false, french_usage},
    ListedWord{stop, "assez", "fr", ordinary, false, french_usage},
    ListedWord{stop, "arrett", "fr", always, true, twilio_proxy},
    ListedWord{stop, "arreter", "fr", always, true, slips},
    ListedWord{stop, "arretez", "fr", always, true, slips},
    ListedWord{stop, "st0p", "en", always, true, slips},
    ListedWord{stop, "stpo", "en", always, true, slips},
    ListedWord{stop, "sotp", "en", always, true, slips},
    ListedWord{stop, "tsop", "en", always, true, slips},
    ListedWord{stop, "stopp", "en", always, true, slips},
    ListedWord{stop, "sstop", "en", always, true, slips},
    ListedWord{stop, "stop2end", "en", always, true, senders_usage},
    ListedWord{stop, "stop 2 end", "en", always, true, senders_usage},
    ListedWord{stop, "stop to end", "en", always, true, senders_usage},
    ListedWord{stop, "stop2quit", "en", always, true, senders_usage},
    ListedWord{stop, "stop 2 quit", "en", always, true, senders_usage},
    ListedWord{stop, "stop to quit", "en", always, true, senders_usage},
    ListedWord{stop, "stop it all", "en", always, true, slips},
    ListedWord{stop, "un subscribe", "en", always, true, slips},
    ListedWord{stop, "unsubcribe", "en", always, true, slips},
    ListedWord{stop, "unsuscribe", "en", always, true, slips},
    ListedWord{stop, "unsubscibe", "en", always, true, slips},
    ListedWord{stop, "unsubsribe", "en", always, true, slips},
    ListedWord{stop, "unsubscrbe", "en", always, true, slips},
    ListedWord{stop, "unsubscrib", "en", always, true, slips},
    ListedWord{stop, "unscribe", "en", always, true, slips},
    ListedWord{stop, "unsubscribed", "en", always, true, slips},
    ListedWord{stop, "opt me out", "en", always, true, slips},
    ListedWord{start, "start", "en", always, false, twilio},
    ListedWord{start, "unstop", "en", always, false, twilio},
    ListedWord{start, "yes", "en", when_invited, false, twilio},
    ListedWord{start, "subscribe", "en", when_opted_out, false, plivo},
    ListedWord{start, "resume", "en", when_opted_out, false, plivo},
    ListedWord{help, "help", "en", always, false, canada},
    ListedWord{help, "info", "en", always, false, canada},
    ListedWord{help, "aide", "fr", always, false, canada},
    ListedWord{help, "ayuda", "es", always, false, spanish_usage},
};

constexpr auto short_forms = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"dont", "do not"},     {"don't", "do not"},   {"im", "i am"},          {"i'm", "i am"},
    {"id", "i would"},      {"i'd", "i would"},    {"ive", "i have"},       {"i've", "i have"},
    {"pls", "please"},      {"plz", "please"},     {"plse", "please"},      {"pleas", "please"},
    {"u", "you"},           {"ur", "your"},        {"txt", "text"},         {"txts", "texts"},
    {"txting", "texting"},  {"msg", "message"},    {"msgs", "messages"},    {"msging", "messaging"},
    {"thx", "thanks"},      {"ty", "thanks"},      {"tks", "thanks"},       {"thankyou", "thanks"},
    {"wanna", "want to"},   {"anymore", "any more"}, {"sms's", "messages"}, {"text's", "texts"},
    {"txtin", "texting"},   {"textin", "texting"}, {"unsubscribed", "unsubscribed"},
    {"cuz", "because"},     {"bc", "because"},     {"didnt", "did not"},    {"didn't", "did not"},
    {"unsub", "unsubscribe"}, {"optout", "opt out"}, {"phone's", "phone"},  {"gimme", "give me"},
    {"you've", "you have"}, {"youve", "you have"}, {"won't", "will not"},   {"wont", "will not"},
    {"i'll", "i will"},     {"ill", "i will"},     {"asap", "now"},
});
constexpr flows::WordTable short_form_table(flows::first_words(short_forms));

}  // namespace

std::span<const ListedWord> listed_words() { return words; }

std::string_view meant_by(std::string_view typed) {
  const auto place = short_form_table.place(typed);
  return place < short_forms.size() ? short_forms[place].second : typed;
}

}  // namespace answerback::engine
