#include "engine/keyword_lists.hpp"

#include <array>

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
    ListedWord{stop, "alto", "es", own_language, false, spanish_usage},
    ListedWord{stop, "parar", "es", own_language, false, spanish_usage},
    ListedWord{stop, "pare", "es", own_language, false, spanish_usage},
    ListedWord{stop, "detener", "es", own_language, false, spanish_usage},
    ListedWord{stop, "baja", "es", own_language, false, spanish_usage},
    ListedWord{stop, "no mas", "es", own_language, false, spanish_usage},
    ListedWord{stop, "cancelar", "es", own_language, false, spanish_usage},
    ListedWord{stop, "salir", "es", own_language, false, spanish_usage},
    ListedWord{stop, "arrett", "fr", always, true, twilio_proxy},
    ListedWord{stop, "arreter", "fr", always, true, slips},
    ListedWord{stop, "arretez", "fr", always, true, slips},
    ListedWord{stop, "st0p", "en", always, true, slips},
    ListedWord{stop, "stpo", "en", always, true, slips},
    ListedWord{stop, "sotp", "en", always, true, slips},
    ListedWord{stop, "tsop", "en", always, true, slips},
    ListedWord{stop, "stopp", "en", always, true, slips},
    ListedWord{stop, "sstop", "en", always, true, slips},
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
    ListedWord{start, "yes", "en", when_opted_out, false, twilio},
    ListedWord{start, "subscribe", "en", when_opted_out, false, plivo},
    ListedWord{start, "resume", "en", when_opted_out, false, plivo},
    ListedWord{start, "iniciar", "es", own_language, false, spanish_usage},
    ListedWord{start, "empezar", "es", own_language, false, spanish_usage},
    ListedWord{help, "help", "en", always, false, canada},
    ListedWord{help, "info", "en", always, false, canada},
    ListedWord{help, "aide", "fr", always, false, canada},
    ListedWord{help, "ayuda", "es", always, false, spanish_usage},
};

constexpr std::array short_forms{
    Spelling{"dont", "do not"},     Spelling{"don't", "do not"},   Spelling{"im", "i am"},          Spelling{"i'm", "i am"},
    Spelling{"id", "i would"},      Spelling{"i'd", "i would"},    Spelling{"ive", "i have"},       Spelling{"i've", "i have"},
    Spelling{"pls", "please"},      Spelling{"plz", "please"},     Spelling{"plse", "please"},      Spelling{"pleas", "please"},
    Spelling{"u", "you"},           Spelling{"ur", "your"},        Spelling{"txt", "text"},         Spelling{"txts", "texts"},
    Spelling{"txting", "texting"},  Spelling{"msg", "message"},    Spelling{"msgs", "messages"},    Spelling{"msging", "messaging"},
    Spelling{"thx", "thanks"},      Spelling{"ty", "thanks"},      Spelling{"tks", "thanks"},       Spelling{"thankyou", "thanks"},
    Spelling{"wanna", "want to"},   Spelling{"anymore", "any more"}, Spelling{"sms's", "messages"}, Spelling{"text's", "texts"},
    Spelling{"txtin", "texting"},   Spelling{"textin", "texting"}, Spelling{"unsubscribed", "unsubscribed"},
    Spelling{"cuz", "because"},     Spelling{"bc", "because"},     Spelling{"didnt", "did not"},    Spelling{"didn't", "did not"},
    Spelling{"unsub", "unsubscribe"}, Spelling{"optout", "opt out"}, Spelling{"phone's", "phone"},  Spelling{"gimme", "give me"},
    Spelling{"you've", "you have"}, Spelling{"youve", "you have"}, Spelling{"won't", "will not"},   Spelling{"wont", "will not"},
    Spelling{"i'll", "i will"},     Spelling{"ill", "i will"},     Spelling{"asap", "now"},
};

}  // namespace

std::span<const ListedWord> listed_words() { return words; }
std::span<const Spelling> spellings() { return short_forms; }

}  // namespace answerback::engine
