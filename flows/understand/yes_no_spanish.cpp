#include <array>

#include "flows/understand/yes_no_words.hpp"

namespace answerback::flows {

namespace {

constexpr auto spanish_rows = std::to_array<SenseRow>({
    {Sense::yes,
     "si|sisi|sip|sipi|sii|sep|simon|afirmativo|aja|si senor|si senora|claro que si|por supuesto que si|ya lo creo|como no|pues si|"
     "faltaba mas|eso si|que si|oh si|si por favor|si gracias|seguro que si|obvio que si"},
    {Sense::soft_yes,
     "claro|vale|venga|bueno|dale|orale|andale|okey|ok|oka|sale|sale y vale|va|va que va|okis|pues claro|y tanto|listo"},
    {Sense::certainty,
     "por supuesto|desde luego|efectivamente|exacto|exactamente|obvio|obviamente|totalmente|absolutamente|definitivamente|ciertamente|"
     "sin duda|sin duda alguna|sin ninguna duda|naturalmente|evidentemente|completamente|claramente|en efecto|sin falta|claro que"},
    {Sense::sure, "seguro|segura|seguros"},
    {Sense::assent,
     "de acuerdo|estoy de acuerdo|esta bien|bien|muy bien|perfecto|excelente|genial|correcto|correcta|cierto|verdad|es verdad|asi es|eso es|"
     "eso mismo|es correcto|me parece|me parece bien|me parece perfecto|me late|me sirve|me conviene|me gusta|me interesa|me encanta|quiero|"
     "lo quiero|la quiero|puedo|podemos|queremos|acuerdo|con gusto|con mucho gusto|con placer|encantado|encantada|adelante|hecho|"
     "trato hecho|interesado|interesada|interesa|interesados|gusta|gustaria|quisiera|parece|conviene|dispuesto|dispuesta|lista|lo soy|lo es|"
     "lo tengo|la tengo|lo hago|lo estoy|tengo|soy|estoy|hay|cuenta conmigo|cuenten conmigo|apuntame|apunteme|vamos|hagamoslo|hagalo|hazlo|"
     "buenisimo|chevere|bacano|estupendo|fenomenal|positivo|confirmado|aceptado|entendido|fantastico|que bien|me apunto|necesario|necesito|"
     "deseo|no lo dudo|no dudo|no lo dude|sirve|funciona|vivo|trabajo|uso"},
    {Sense::pledge,
     "acepto|confirmo|apruebo|aceptamos|confirmamos|me gustaria|me encantaria|nos gustaria|nos encantaria|me interesaria|autorizo"},
    {Sense::reject,
     "falso|incorrecto|incorrecta|equivocado|equivocada|imposible|rechazo|me niego|lo dudo|dudo|mentira|negativo|mal|rehuso|paso|en contra"},
    {Sense::probably,
     "probablemente|seguramente|supongo|supongo que|creo|creo que|yo creo|eso creo|eso espero|imagino|me imagino|pienso|espero|espero que|"
     "diria que|por que no|porque no|y por que no|lo mas probable|es probable|probable|yo diria que"},
    {Sense::maybe, "posible|quizas|quiza|tal vez|talvez|a lo mejor|puede|puede ser|puede que|posiblemente|podria ser|podria|igual"},
    {Sense::unclear,
     "depende|eso depende|no se|no lo se|yo no se|no sabria|no sabria decir|no sabemos|ni idea|quien sabe|si y no|si o no|mas o menos|"
     "no me acuerdo|sabe dios|dios sabe|vete a saber|ya veremos|veremos|ya vere|vamos a ver|a ver|dejame pensar|dejame pensarlo|dejame ver|"
     "lo pensare|lo voy a pensar|tengo que pensarlo|lo estoy pensando|me da igual|da igual|me da lo mismo|como quieras|como quiera|"
     "como usted quiera|si quieres|si quiere|lo que sea|regular|a medias|a veces|aveces|no siempre|ni si ni no|en parte|indeciso|indecisa|"
     "estas seguro|esta seguro|esta segura|buena pregunta|numero equivocado|ambos|los dos|las dos|segun|mmm"},
    {Sense::negator, "nunca|jamas|tampoco|ni|sin|ningun|ninguna|ninguno|nada|nadie"},
    {Sense::no,
     "nop|nel|nel pastel|nones|nanay|para nada|en absoluto|ni hablar|ni de broma|ni loco|ni loca|ni en suenos|ni de chiste|ni muerto|"
     "ni muerta|ni pensarlo|ni modo|de ninguna manera|de ningun modo|de eso nada|que va|claro que no|por supuesto que no|desde luego que no|"
     "no gracias|mejor no|ahora no|hoy no|todavia no|aun no|ya no|por ahora no|de momento no|por el momento no|creo que no|supongo que no|"
     "no se puede|no se pudo|no se ha|no se necesita|no se permite|que no|eso no|pues no|hombre no|nunca jamas|en la vida"},
    {Sense::knowing,
     "idea|decidido|decidida|recuerdo|entiendo|entendi|saber|sabe|sabemos|decidir|importa|preferencia|opinion|comprendo|enterado"},
    {Sense::trouble,
     "problema|problemas|duda|dudas|inconveniente|inconvenientes|objecion|objeciones|pega|molesta|molestia|importaria|pedo|bronca|lio|"
     "veo por que no|veo porque no"},
    {Sense::alone_yes, "s|ya|por favor|porfa|porfavor|siempre|eso|simon que si|igualmente|todo|gracias a dios|ojala"},
    {Sense::alone_no,
     "nada|nadie|ninguno|ninguna|ningunos|nunca|jamas|tampoco|estoy bien|asi esta bien|asi estoy bien|otro dia|otra vez sera|"
     "en otro momento|en otra ocasion"},
    {Sense::question, "cuando|donde|quien|quienes|cual|cuales|cuanto|cuanta|cuantos|por que|como"},
    {Sense::correction, "digo|perdon|espera|espere|mejor dicho|corrijo|me equivoque|mejor|cambie de opinion|quise decir|bueno no"},
    {Sense::but, "pero|aunque|sino|excepto|salvo"},
    {Sense::either, "o|u"},
    {Sense::filler,
     "gracias|muchas gracias|mil gracias|por favor|porfa|porfavor|pues|hola|buenas|buenos dias|buenas tardes|buenas noches|eh|ay|ah|este|"
     "pos|entonces|bueno pues|que|muy|mucho|mucha|tan|tanto|mas|menos|ya|hoy|ahora|ahorita|manana|todavia|aun|por ahora|por el momento|"
     "de momento|en este momento|por hoy|me|mi|te|tu|su|se|le|lo|la|los|las|el|ella|yo|usted|ustedes|nosotros|nos|eso|esto|esta|es|son|ser|"
     "fue|era|de|del|en|a|al|para|para mi|con|por|un|una|uno|y|e|realmente|la verdad|verdaderamente|sinceramente|honestamente|"
     "lamentablemente|desgraciadamente|desafortunadamente|lo siento|disculpe|disculpa|senor|senora|senorita|amigo|amiga|hombre|mujer|jaja|"
     "jajaja|jeje|jejeje|wey|guey|tio|tia|hacer|hacerlo|hacemos|ir|tener|querer|he|ha|hemos|voy|vamos a|va a|te digo|estan|hasta luego|"
     "saludos|adios|exactamente|precisamente|particularmente|demasiado|necesariamente|aqui|alla|ese|esa|algo|nada mas|solo|solamente|dios"},
    {Sense::other, "tengo seguro|que tal|como estas|que es|que hora|sin embargo"},
});

}  // namespace

std::span<const SenseRow> spanish_senses() { return spanish_rows; }

}  // namespace answerback::flows
