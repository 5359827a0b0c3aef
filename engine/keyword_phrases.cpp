#include <array>

#include "engine/keyword_lists.hpp"

namespace answerback::engine {

namespace {

using enum PhraseStrength;

constexpr std::string_view fcc_means = "47 CFR 64.1200(a)(10): any reasonable means, judged by the totality of circumstances";
constexpr std::string_view ctia = "CTIA Messaging Principles and Best Practices: normal language such as 'please opt me out'";
constexpr std::string_view revocation = "47 CFR 64.1200(a)(10): consent may be revoked in the consumer's own words";
constexpr std::string_view casl = "Canada, CASL s. 11 with the bilingual keyword rule: the same in French";
constexpr std::string_view fcc_languages = "47 CFR 64.1200(a)(10): replies in other languages count";

// Later fragments may use earlier ones.
constexpr std::array fragments{
    // Who is not to be texted.
    Fragment{"me", "(?:me|us|my (?:cell ?|mobile )?phone(?: number)?|(?:my|this|the|our) (?:cell |mobile )?(?:number|phone|cell|line)"
                   "|my (?:wife|husband|mom|mother|dad|son|daughter|kids?))"},
    // What is not to come, with any words that describe it.
    Fragment{"kind", "(?:(?:the|these|those|this|that|your|you|any|all|all of|more|such|further|future|other|sms|text|texts|phone|spam|junk"
                     "|automated|automatic|marketing|promotional|unwanted|unsolicited|annoying|stupid|damn|dumb|fucking|freaking|daily"
                     "|constant|random|of) )*"},
    Fragment{"messages", "(?:<kind>(?:texts?|messages?|sms|spam|texting|messaging|notifications?|alerts?|reminders?|promotions?|promos?|offers?"
                         "|ads?|communications?|communication|contact|emails?|calls?|crap|stuff|shit|junk))"},
    Fragment{"contacting", "(?:(?:text|messag|contact|bother|spamm?|harass|stalk|email|call|pester|bugg|annoy|writ|reach|blow)ing"
                           "(?: (?:out|up))?(?: to)?(?: (?:and|or) (?:text|messag|contact|call|email|bother|harass)ing)*)"},
    Fragment{"contact", "(?:(?:text|message|contact|bother|spam|harass|email|pester|sms|write|reach out)"
                        "(?: to)?(?: (?:and|or) (?:text|message|contact|call|email|bother))?|call (?:or|and) (?:text|message))"},
    Fragment{"list", "(?:(?:your|the|this|that|these|those|all|any|every|of|mailing|contact|contacts|calling|call|text|texting|sms|marketing"
                     "|distribution|subscriber|subscription|email|phone|messaging|message|stupid|damn|company|call and text) )*"
                     "(?:lists?|databases?|systems?|contacts?|records?|files?|texts?|messages?|sms|rotation|campaigns?|subscriptions?"
                     "|service|programs?|thread|group|chat|it|this|everything)"},
    // The same in Spanish and French: forms that ask or order, never those that tell ("no me llamo Ana").
    Fragment{"mensajes", "(?:(?:mas|ningun|otro|otros|estos|esos|esas|sus|tus|este|tantos|tantas|los|las|un|de|todos|todas) )*(?:mensajes?|mensajitos|textos?|sms|spam"
                         "|publicidad|promociones|anuncios|notificaciones|correos|cosas)"},
    Fragment{"escriban", "(?:escrib(?:as|a|an|ir|irme|irnos)|mand(?:es|e|en|ar|arme|arnos)|envi(?:es|e|en|ar|arme|arnos)|contact(?:es|e|en|ar|arme|arnos)"
                         "|text(?:ees|ee|een|ear|earme)|molest(?:es|e|en|ar|arme|arnos)|llam(?:es|e|en|ar|arme|arnos)|fastidi(?:es|e|en|ar|arme)|busqu(?:es|e|en))"},
    Fragment{"ya", "(?:nunca mas|mas|nunca|jamas|nada|otra vez|de nuevo|ya|por favor|gracias|(?:a|al) (?:este|mi) (?:numero|telefono|celular|movil)|<mensajes>)"},
    Fragment{"favor", "(?:(?:por favor|favor de|svp|s'il vous plait|s'il te plait|merci de|bonjour|hola) )"},
    Fragment{"favor_after", "(?: (?:por favor|gracias|ya|svp|s'il vous plait|s'il te plait|merci))"},
    Fragment{"textos", "(?:(?:vos|ces|de|les|des|aucun|aucuns|d'autres|autres|plus|tes|nouveaux|tous|vos) )*(?:messages?|textos?|sms|notifications?|publicites?|pubs?|spams?)"},
};

constexpr std::array rows{
    PhraseRow{"en", polite, "(?:please |kindly )+(cancel|end|quit|revoke|remove|td)(?: (?:please|thanks|thank you|now))*", ctia},
    PhraseRow{"en", polite, "(cancel|end|quit|revoke|remove|td)(?: (?:please|thanks|thank you|now))+", ctia},
    PhraseRow{"en", polite, "<favor>*(cancel|end|quit)<favor_after>+", fcc_languages},
    PhraseRow{"en", polite, "<favor>+(cancel|end|quit)", fcc_languages},
    PhraseRow{"en", bare, "(stop|stop all|stopall|opt out|stop (?:it|this|that)|quit (?:it|this))", ctia},
    PhraseRow{"en", clear, "(unsubscribe(?: .*)?)", ctia},
    // Everybody's words, with the politeness of another language.
    PhraseRow{"en", clear, "<favor>+(stop|stop all|unsubscribe|opt out)<favor_after>*", fcc_languages},
    PhraseRow{"en", clear, "(stop|stop all|opt out)<favor_after>+", fcc_languages},
    PhraseRow{"en", clear, "(?:to )?((?:opt|opting|opted) (?:me |us |<me> )?out(?: of .*| from .*| <me>)?)", ctia},
    PhraseRow{"en", clear, "(?:to )?((?:i am|we are|i'm) (?:opting|opted) out(?: of .*)?)", ctia},
    PhraseRow{"en", clear, "(?:i |we )?(opt (?:me )?out)(?: of .*)?", ctia},
    PhraseRow{"en", clear, "((?:stop|quit|cease|end|discontinue)(?: all| with)? <contacting>(?: <messages>)?(?: to)? <me>(?: .*)?)", fcc_means},
    PhraseRow{"en", clear, "((?:stop|quit|cease|end|discontinue)(?: all)? <contacting>(?: <messages>| here| people)?)", fcc_means},
    PhraseRow{"en", clear, "((?:stop|quit|cease|halt|discontinue|enough)(?: with| of| sending| receiving| getting| sending <me>)? <messages>"
                           "(?: to <me>| from .*| being sent.*)?)", fcc_means},
    PhraseRow{"en", clear, "((?:cancel|end|no) <kind>(?:texts?|messages?|sms|spam|texting|messaging)(?: to <me>| from .*)?)", fcc_means},
    PhraseRow{"en", clear, "((?:stop|quit|cease) (?:sending|receiving|getting)(?: <me>)?(?: (?:this|these|those|that|it|them|anything|things)|<kind> .*)?(?: to <me>)?)", fcc_means},
    PhraseRow{"en", clear, "((?:no|enough) (?:more |further |additional |of )+<messages>)(?: to <me>| from .*)?", fcc_means},
    PhraseRow{"en", clear, "((?:do not|never)(?: ever)? <contact> <me>)", fcc_means},
    PhraseRow{"en", bare, "((?:do not|never)(?: ever)? <contact>)", fcc_means},
    PhraseRow{"en", clear, "((?:do not|never)(?: ever)? call <me>(?: any more| ever again| again| or text .*)+)", fcc_means},
    PhraseRow{"en", clear, "((?:do not|never)(?: ever)? send(?: <me>| us)? (?:<messages>|<kind>(?:this|these|more|anything(?: else)?))(?: to <me>)?)", fcc_means},
    PhraseRow{"en", clear, "(?:i |we )?((?:do not|no longer|not|never)(?: ever)? (?:want|wish|care|need|consent|agree|to)(?: to)?"
                           "(?: (?:be|receive|get|keep getting|keep receiving|hear|see|have|being|getting|receiving|continue to receive))?(?: any| from you with)? <messages>)"
                           "(?: from .*)?", fcc_means},
    PhraseRow{"en", clear, "(?:i |we )?((?:do not|no longer) (?:want|wish|care|need|consent|agree) (?:to be|you to|being|you) "
                           "(?:contacted|texted|messaged|contact|text|message|contacting|texting|messaging)(?: <me>)?)", fcc_means},
    PhraseRow{"en", clear, "(?:i |we )?((?:do not|no longer) (?:want|wish) to (?:hear from you(?: .*)?|receive (?:these|this|those|them|anything).*|be on .*list.*))", fcc_means},
    PhraseRow{"en", clear, "((?:take|remove|delete|drop|get|scrub|strike|pull|erase|cut) (?:<me>|my name|my info(?:rmation)?|my contact(?: info(?:rmation)?)?|my details|my name and number)"
                           "(?: (?:off|from|out of|off of)(?: of)? <list>| off| out)?)", ctia},
    PhraseRow{"en", clear, "(?:i |we )?(?:want |would like |ask |wish )?(?:to )?((?:be|get|been) (?:removed|taken off|taken|unsubscribed|deleted|opted out|dropped)"
                           "(?: (?:off|from|out of|off of|of)(?: of)? <list>| off)?)", ctia},
    PhraseRow{"en", clear, "((?:lose|forget|erase|delete|block) (?:my|this) (?:phone )?number)", fcc_means},
    PhraseRow{"en", clear, "(leave (?:me|us) (?:the (?:hell|fuck|heck) )?alone)", fcc_means},
    PhraseRow{"en", clear, "(?:i |we )?(?:hereby )?((?:revoke|withdraw|rescind|cancel) (?:my |our |all |any )*consent(?: .*)?)", revocation},
    PhraseRow{"en", clear, "(?:i |we )?(do not consent(?: to .*)?)", revocation},
    PhraseRow{"en", clear, "((?:these|this|the|your)(?: <messages>)? (?:to|must|has to|have to|needs? to) (?:stop|end|cease))", fcc_means},
    PhraseRow{"en", clear, "(make (?:it|this|them|these|<messages>) stop)", fcc_means},
    PhraseRow{"en", clear, "(cease and desist)(?: .*)?", fcc_means},
    PhraseRow{"en", clear, "((?:put|place|add|get) <me> (?:on|to|onto) (?:(?:your|the|a|internal|company) )*(?:do not (?:call|text|contact)|dnc)(?: lists?| registry)?)", fcc_means},
    PhraseRow{"en", clear, "((?:go away|let me be|get lost|(?:fuck|piss|bug|buzz|f|eff) off))", fcc_means},
    PhraseRow{"en", clear, "(?:i |we )?(?:want |would like )?(off (?:of )?<list>)", ctia},
    // Clauses that may stand beside a bare STOP.
    PhraseRow{"en", support, "((?:please|ok|okay|no|nope|yes|thanks|hi|hello|hey|not interested|no longer interested|not me|spam|scam|seriously|i mean it"
                             "|last warning|unsubscribe|opt out|remove|cancel|quit|end))", ctia},
    PhraseRow{"en", support, "((?:who is this|this is not|or else|i already have|i have (?:asked|told)|i do not (?:want|need|know)"
                             "|(?:i|we) (?:will|am going to) (?:report|block|sue|call))(?: .*)?)", ctia},
    PhraseRow{"en", support, "(i (?:never|did not) (?:sign|signed|ask|asked|subscribe|subscribed|opt|opted|request|requested)(?: .*)?)", ctia},
    PhraseRow{"en", support, "(this is (?:spam|harassment|a scam|illegal|the wrong number)|i am (?:.* )?(?:driving|busy|interested))", ctia},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |merci de )*((?:arretez?|cessez|cesser|arreter|stop)(?: svp| s'il vous plait| de m'\\w+(?: .*)?| de me \\w+(?: .*)?| les (?:messages|textos|sms)))"
                           "(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |veuillez |merci de |merci d')+(arreter|cesser)(?: ca| tout)?(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait )*((?:arretez?|cessez) (?:ca|tout ca|tout de suite|maintenant|immediatement))(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |je veux |je souhaite |je voudrais |je prefere |veuillez |merci de )*(ne plus (?:rien )?recevoir(?: de| vos| ces| aucun| d'autres)?(?: <textos>)?)(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |je veux |je souhaite |je voudrais |je |veuillez |merci de )*((?:me |se )?(?:desabonn|desinscri)\\w*(?: .*)?)", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |veuillez |merci de )*(ne m'(?:ecri|envoy|appel)\\w+ plus(?: .*)?|ne me (?:contact|text|ecri|derang)\\w+ plus(?: .*)?"
                           "|ne (?:plus|pas) (?:me |m')(?:ecrire|envoyer|contacter|texter|deranger)(?: .*)?|plus (?:aucun|de|d'autres)? ?<textos>"
                           "|n'(?:ecri|envoy)\\w+ plus(?: .*)?|(?:laisse|laissez|fous|foutez|fichez|fiche) moi (?:tranquille|en paix|la paix))"
                           "(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |veuillez |merci de |pouvez vous )*((?:retir|enlev|supprim|effac|ot|ray)(?:e|ez|er) (?:moi|nous|mon (?:numero|nom|contact)|mes coordonnees|me)"
                           "(?: (?:de|sur) .*)?)(?: svp| s'il vous plait| merci)*", casl},
    PhraseRow{"fr", clear, "(je ne (?:veux|souhaite|desire) (?:plus|pas)(?: recevoir| avoir| voir)? (?:<textos>|etre (?:contact|derang|text)\\w+|que vous m'ecriviez)(?: .*)?)", casl},
    PhraseRow{"es", clear, "(?:por favor |favor de |ya )*((?:no|ya no|nunca(?: mas)?|jamas) (?:me |nos )<escriban>(?: <ya>)*)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |ya )*((?:no|ya no|nunca(?: mas)?|jamas) <escriban>(?: <ya>)+|no molest(?:es|e|en|ar))", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |ya )*((?:no|nunca|jamas) (?:me |nos )?vuelv(?:a|an|as) a <escriban>(?: <ya>)*)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |ya )*((?:no|ya no) (?:quiero|deseo|quisiera|necesito) que (?:me|nos) <escriban>(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |quiero que |quisiera que |ya )*((?:deja|deje|dejen|dejar|paren|parar|pare|para) de (?:escrib|mand|envi|contact|text|molest|llam|fastidi|jod|chingar|fregar)\\w+(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |ya )*((?:paren|pare|para|parar|detengan|detenga|detener|cesen|cesar|suspendan|suspenda|suspender|basta|alto|stop)(?: ya)?(?: con| a| de)? <mensajes>(?: <ya>)*)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |me |nos |que |quiero |quisiera |gustaria |deseo |necesito )*((?:dar(?:me|nos)?|denme|deme|dame|dan|den) de baja(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |quiero |quisiera )*((?:cancel(?:a|e|en|ar)|anul(?:a|e|en|ar)|desactiv(?:a|e|en|ar)) (?:(?:(?:mi|la|esta|las|mis|esa) )?(?:suscripcion|subscripcion|suscripciones)|<mensajes>)(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de )*((?:quit\\w+|borr\\w+|elimin\\w+|saqu\\w+|sac\\w+|remuev\\w+|retir\\w+) (?:de (?:la|su|tu|esta|sus) listas?|mi (?:numero|telefono|celular|contacto|nombre))(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |ya )*((?:no (?:quiero|deseo)(?: recibir)? mas|no mas|ya no quiero(?: recibir)?|no (?:quiero|deseo|quisiera) (?:seguir recibiendo|recibir)|no quiero) (?:\\w+ )?(?:mensajes?|textos?|sms|spam|publicidad|promociones))(?: .*)?", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor )*((?:no|ya no) (?:quiero|deseo|quisiera) (?:seguir )?recib(?:ir|iendo|irlos)(?: mas| nada| nada mas)?)(?: por favor| gracias)*", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor )*(ningun (?:mensaje|texto|sms) mas|olvid\\w+ (?:de )?mi (?:numero|telefono)|no autorizo (?:mas |sus |estos )*<mensajes>)(?: por favor| gracias)*", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |favor de |me |quiero |quisiera |deseo )*(desu[bs]?s?crib(?:ir|irme|irse|ame|anme|eme|anos|irnos)(?: .*)?)", fcc_languages},
    PhraseRow{"es", clear, "(?:por favor |ya )*((?:dejame|dejenme|deje me|dejen me) (?:en paz|tranquil[oa]s?))(?: .*)?", fcc_languages},
    PhraseRow{"es", clear, "(?:ya |por favor )*((?:vete|vayase|vayanse) (?:de aqui|a la (?:mierda|verga|chingada)|al (?:diablo|carajo)))", fcc_languages},
    PhraseRow{"fr", clear, "((?:va|vas|allez) (?:te|vous) faire foutre|(?:foutez|fichez|fous|fiche) le camp|(?:casse toi|cassez vous))", casl},
    PhraseRow{"fr", clear, "(?:svp |s'il vous plait |bon |la )*((?:ca suffit|ras le bol|marre|j'en ai marre|assez)(?: avec| de)? <textos>|l(?:ache|achez) moi(?: svp| s'il vous plait)?)", casl},
    PhraseRow{"es", clear, "(?:por favor |favor de |ya |quiero |quisiera |deseo |necesito |me gustaria )*(dejar de recibir(?:los|las)?(?: <mensajes>)?(?: suyos| de ustedes)?)(?: por favor| gracias| ya)*", fcc_languages},
    // The whole message, and the same words may answer a question.
    PhraseRow{"fr", everyday, "(?:svp |s'il vous plait )*(fini|annuler|annulez|quitter|terminer|resilier|assez|desabonnement|suspendre|suspendez|ca suffit|stopper|stoppez|finir|resiliez)"
                              "(?: ca| tout| maintenant| svp| s'il vous plait| s'il te plait| merci)+", casl},
    PhraseRow{"fr", everyday, "(?:<favor>|bon |non |et |(?:je|on|nous) (?:veux|veut|voulons|souhaite|souhaitons|voudrais|voudrions|desire|prefere|vais|peux) |j'aimerais |je voudrais bien "
                              "|comment (?:puis je |je peux |on peut |faire pour )?|veuillez |puis je |il faut |bien )+"
                              "(arreter|annuler|quitter|terminer|resilier|cesser|stopper|suspendre|finir|interrompre|me retirer|en finir)"
                              "(?: ca| tout ca| tout| cela| maintenant| svp| s'il vous plait| s'il te plait| merci)*", casl},
    PhraseRow{"es", everyday, "(?:por favor |ya )*(alto|parar|pare|paren|detener|detenga|detengan|detenganse|baja|no mas|cancelar|cancela|cancele|cancelen|salir|basta|terminar|finalizar|anular|suspender|suspenda|suspendan)"
                              "(?: esto| eso| todo| por favor| gracias| ya| alto| baja)*", fcc_languages},
    PhraseRow{"es", everyday, "(?:hola |por favor |favor de |ya |solo |yo |bueno |pues |que |(?:quiero|quisiera|queremos|deseo|necesito|prefiero|solicito|pido|puedo|podria|me gustaria) |como (?:puedo |le hago para |hago para )?)+"
                              "(cancelar|salir|salirme|salirnos|parar|pararlo|terminar|detener|detenerlo|suspender|finalizar|anular|desactivar|borrarme|eliminarme|quitarme|retirarme|removerme|desapuntarme)"
                              "(?:lo|los|la|las)?(?: todo| esto| eso| ya| de aqui| de esto| de la lista| de su lista| por favor| gracias| ahora| ahora mismo)*", fcc_languages},
    PhraseRow{"en", everyday, "(?:please |ok |okay |no |hi |hello |hey |yes |i |we |just |(?:want|would like|like|wish|need|am going) to |let me |i will )*"
                              "(?:(?:want|would like|wish|need) to )(cancel|quit|end|revoke)(?: (?:this|it all|everything|all|please|now|thanks|thank you|right now|immediately|any more))*", revocation},
    PhraseRow{"en", everyday, "(?:please |i |we |want to |would like to |to |just )*((?:cancel|end|quit) (?:everything|all|(?:(?:my|this|the|our) )?(?:subscription|subscriptions)))(?: (?:please|now|thanks|thank you))*", revocation},
    PhraseRow{"en", everyday, "(?:please |i |we |just |really )*((?:want|would like) out|let me out|get me out(?: of (?:this|here))?|i am out|count me out|enough already|that is enough)(?: (?:please|now|thanks))*", revocation},
};

}  // namespace

std::span<const Fragment> phrase_fragments() { return fragments; }
std::span<const PhraseRow> phrase_rows() { return rows; }

}  // namespace answerback::engine
