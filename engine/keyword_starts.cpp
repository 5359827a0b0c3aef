#include <array>

#include "engine/keyword_lists.hpp"

namespace answerback::engine {

namespace {

using enum WordScope;

// Carriers take START and UNSTOP alone (Twilio, default opt-in keywords, 2025-05-14); people wrap them in words, as they do STOP.
// Nothing here may hold anything but the wish, so that an opt-out never ends by a sentence about something else
// (47 CFR 64.1200(a)(10)). Words that are said about other things too ("resume", "alta") count from who has opted out only.
constexpr std::array start_forms{
    StartRow{"en", always, "(start|unstop|un stop|opt (?:me |us )?(?:back )?in|optin|opting (?:back )?in|opt in again|start (?:texting|messaging)(?: <me>)?"
                           "|start (?:sending|getting|receiving)(?: <me>)? <texts>)"},
    StartRow{"en", when_opted_out, "(subscribe|resubscribe|re subscribe|resume|restart|re start|startall|start all|start sms|reactivate|unblock|reply start|start over with <texts>|(?:re)?subscribe <me>"
                                   "|sign <me> (?:back )?up|(?:put|add|sign) <me> back(?: (?:on|up|in|to)(?: (?:the|your) list)?)?|<texts> back on"
                                   "|turn (?:<texts>|it|them) (?:back )?on|(?:send|text) <me>(?: <texts>)? again|(?:get|receive|have|want) <texts> again"
                                   "|(?:re)?subscribe(?: <me>)? again|start again|undo (?:stop|that|opt out)|cancel (?:the |my )?opt out|un ?subscribe was (?:a )?mistake"
                                   "|continue|begin|begin again|sign up|signup|(?:re ?)?join|(?:re ?)?enroll?(?: <me>)?|activate|unpause|reinstate <me>|restore <me>"
                                   "|(?:continue|keep|begin|resume) (?:sending|getting|receiving|texting|messaging)(?: <me>)?(?: <texts>)?|(?:continue|begin|restore|allow|enable) <texts>|keep (?:them|<texts>) coming"
                                   "|(?:add|put|include) <me> (?:to|on|in) (?:the|your) list|count <me> (?:back )?in|let <me> back in|<me> back in|hear from you again)"},
    StartRow{"es", own_language, "(iniciar|inicio|empezar|comenzar|reanudar|suscribir(?:me|se)?|reactivar|activar|start|volver a (?:suscribirme|recibir(?: <textos>)?)"
                                 "|(?:dar(?:me)?|denme|deme|dame) de alta|suscrib(?:anme|ame|eme))"},
    StartRow{"es", when_opted_out, "(iniciar|empezar|comenzar|reanudar|continuar|suscribir(?:me|se)?|inscribirme|reactivar|(?:dar(?:me)?|denme|deme|dame) de alta|volver a (?:suscribirme|recibir(?: <textos>)?)|recibir <textos>(?: otra vez| de nuevo)?"
                                 "|continua|continue|continuen|seguir|sigan|seguir recibiendo(?:los| <textos>)?|recibirlos|inscribir(?:se)?|inscrib(?:anme|ame|eme)|registrarme|unirme|re ?suscribir(?:me|se)?|re ?inscribirme"
                                 "|me (?:suscribo|inscribo|uno|apunto|registro)|suscripcion|inscripcion|apuntarme|activar|activ(?:enme|ame|eme)|reactiv(?:en|enme|ame|eme)|reanud(?:en|a|e)|reiniciar|comiencen|empiecen"
                                 "|(?:me doy|de|darse|darnos) de alta|volver a (?:inscribirme|unirme|empezar|comenzar)|(?:volver a )?(?:escribirme|mandarme|enviarme)(?: <textos>)?|vuelvan a (?:escribirme|mandarme|enviarme)(?: <textos>)?|(?:mandenme|envienme) <textos>)"},
    StartRow{"es", ordinary, "(alta|volver)"},
    StartRow{"fr", own_language, "(commencer|commencez|demarrer|reprendre|reprenez|recommencer|start|(?:s'|m'|me |se )?(?:re)?abonner|(?:re)?abonnez moi|(?:re)?abonnement"
                                 "|(?:me |se |m')?(?:re)?inscrire|(?:re)?inscrivez moi|reactiver)"},
    StartRow{"fr", when_opted_out, "(commencer|demarrer|redemarrer|reprendre|recommencer|recevoir (?:les|vos) (?:messages|textos|sms)(?: a nouveau)?|(?:s'|m'|me |se )?(?:re)?abonner|(?:re)?abonnez moi|(?:me |se |m')?(?:re)?inscrire|reactiver"
                                 "|continuer|continuez|continue|commence|commencez|debuter|redemarrez|recommencez|reprenez|(?:re)?inscription|(?:re)?abonnement|reactivez(?: moi)?|activer|activez"
                                 "|je (?:m'|me )(?:re)?(?:abonne|inscris)|(?:re)?(?:abonne|inscris|inscrivez) moi|rejoindre|participer|remett(?:ez|re) moi sur (?:la|votre) liste"
                                 "|(?:continuer|recommencer|continuez|recommencez) a (?:m'ecrire|m'envoyer <textos_fr>|recevoir <textos_fr>)|m'ecrire|(?:envoyez|envoyer) moi (?:<textos_fr>)|recevoir <textos_fr>)"},
};

}  // namespace

std::span<const StartRow> start_rows() { return start_forms; }

}  // namespace answerback::engine
