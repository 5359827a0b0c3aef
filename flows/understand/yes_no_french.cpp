#include <array>

#include "flows/understand/yes_no_words.hpp"

namespace answerback::flows {

namespace {

constexpr auto french_rows = std::to_array<SenseRow>({
    {Sense::yes,
     "oui|ouii|wi|affirmatif|mais oui|ben oui|bah oui|eh oui|eh ben oui|ah oui|oh oui|que oui|bien sur que oui|oui oui|oui merci|oui svp|"
     "mais bien sur|mille fois oui|si si|mais si"},
    {Sense::soft_yes,
     "ouais|ouai|ouaip|ouep|oue|ouaaais|ok|okay|d accord|daccord|dac|d acc|dacc|d ac|okey|allez|vas y|allons y|allez y|on y va|go|entendu|"
     "volontiers|grave|carrement|yep|yes"},
    {Sense::certainty,
     "bien sur|bien entendu|evidemment|certainement|absolument|tout a fait|exactement|exact|effectivement|en effet|clairement|totalement|"
     "completement|assurement|bien evidemment|sans hesiter|sans hesitation|sans faute|a 100|definitivement|forcement|naturellement|"
     "a cent pour cent|cent pour cent|parfaitement"},
    {Sense::assent,
     "parfait|correct|correcte|vrai|c est vrai|c est exact|c est ca|c est bon|c est correct|c est bien|bien|tres bien|super|genial|nickel|"
     "impec|impeccable|top|formidable|excellent|avec plaisir|avec joie|avec grand plaisir|ca marche|ca roule|ca me va|ca me convient|"
     "ca me plait|ca m interesse|ca nous interesse|je veux|je le veux|je veux bien|on veut bien|accord|interesse|interessee|interesses|"
     "partant|partante|pret|prete|je le suis|je suis d accord|suis d accord|compris|c est compris|c est note|note|valide|confirme|plait|"
     "convient|interet|je prends|je peux|bonne idee|juste|raison|necessaire|faisons ca|faites|fais le|pas de refus|c est pas de refus|"
     "je suis partant|comptez sur moi|compte sur moi|veux|peux|voulons|pouvons|besoin"},
    {Sense::pledge,
     "j accepte|je confirme|je valide|j approuve|j aimerais|j adorerais|je voudrais|j aimerais bien|nous acceptons|accepte|nous confirmons"},
    {Sense::reject,
     "faux|c est faux|incorrect|incorrecte|impossible|je refuse|refuse|j en doute|je doute|hors de question|negatif|mal|tort|"
     "jamais de la vie|je passe|je decline|contre"},
    {Sense::probably,
     "probablement|surement|sans doute|certes|je pense|je crois|je suppose|j imagine|j espere|je dirais|je dirais que|je pense que|"
     "je crois que|je suppose que|j imagine que|pourquoi pas|vraisemblablement|il me semble|je crois bien|je pense bien|faut croire|"
     "apparemment|semble"},
    {Sense::maybe, "possible|peut etre|peutetre|ptet|ptetre|possiblement|eventuellement|ca se peut|il se peut|potentiellement"},
    {Sense::unclear,
     "ca depend|cela depend|depend|tout depend|jsp|jspp|chais pas|chai pas|che pas|je sais pas|je ne sais pas|sais pas|j sais pas|"
     "aucune idee|oui et non|oui ou non|bof|mouais|on verra|a voir|je verrai|faut voir|il faut voir|plus ou moins|ca m est egal|peu importe|"
     "comme vous voulez|comme tu veux|si vous voulez|si tu veux|je reflechis|je vais reflechir|j hesite|laissez moi reflechir|"
     "laisse moi reflechir|va savoir|qui sait|dieu sait|moyen|moyennement|couci couca|des fois|parfois|pas toujours|pas mal|"
     "mi figue mi raisin|vous etes sur|tu es sur|bonne question|mauvais numero|les deux|indecis|indecise|ni oui ni non|en partie|"
     "je m en fiche|je m en fous"},
    {Sense::negator, "pas|jamais|sans|aucun|aucune|aucunement|nullement|guere|plus du tout|ni|rien|personne"},
    {Sense::no,
     "sans facon|non|nan|nn|nope|nenni|que nenni|non merci|pas du tout|absolument pas|certainement pas|surement pas|surtout pas|"
     "pas vraiment|bien sur que non|mais non|ben non|bah non|ah non|oh non|que non|pas question|pas moyen|en aucun cas|en aucune facon|"
     "point du tout|pas encore|pas maintenant|pas aujourd hui|plus maintenant|pas pour l instant|pas pour le moment|rien du tout|non non|"
     "hors de question"},
    {Sense::knowing,
     "sais|sait|savons|idee|decide|decidee|souviens|rappelle|comprends|sur|sure|surs|certain|certaine|convaincu|convaincue|opinion|"
     "preference|importance|importe|avis"},
    {Sense::trouble,
     "probleme|problemes|souci|soucis|doute|doutes|objection|objections|inconvenient|inconvenients|blem|pb|mal a|derange|gene|"
     "le moindre doute|vois pourquoi pas|vois pas pourquoi pas"},
    {Sense::alone_yes, "o|svp|s il vous plait|s il te plait|toujours|bon|pareil|yeah|moi aussi|carrement oui"},
    {Sense::alone_no, "rien|aucun|aucune|personne|jamais|ca ira|ca va aller|une autre fois|moi non plus|non plus|c est gentil"},
    {Sense::question, "quand|ou est|qui|quel|quelle|quels|quelles|combien|comment|pourquoi|quoi|est ce que|c est quoi|qu est ce"},
    {Sense::correction,
     "enfin|pardon|plutot|je veux dire|attendez|attends|en fait|finalement|je me trompe|je me suis trompe|rectification"},
    {Sense::but, "mais|cependant|pourtant|toutefois|sauf"},
    {Sense::either, "ou|et"},
    {Sense::filler,
     "merci|merci beaucoup|svp|stp|s il vous plait|s il te plait|bonjour|bonsoir|salut|hello|coucou|euh|heu|hein|ah|oh|ben|bah|beh|bon|"
     "alors|donc|eh|eh bien|je|j|tu|il|elle|on|nous|vous|ils|elles|moi|toi|lui|ca|cela|c|ce|ceci|est|suis|es|sommes|etes|sont|ai|as|a|avons|"
     "avez|ont|ne|n|le|la|les|l|de|d|du|des|un|une|en|y|me|m|te|se|s|que|qu|pour|par|avec|sur|dans|mon|ma|mes|ton|votre|vos|notre|tres|bien|"
     "vraiment|trop|tellement|tout|du tout|encore|maintenant|aujourd hui|demain|pour l instant|pour le moment|actuellement|ici|aussi|plus|"
     "franchement|honnetement|sincerement|malheureusement|desole|desolee|helas|monsieur|madame|mademoiselle|mec|mdr|lol|ptdr|haha|pense|"
     "crois|peu|fais|faire|vais|va|fait|etre|avoir|faut|cette|cet|fois|jour|particulierement|specialement|forcement|necessairement|"
     "au revoir|bonne journee|toujours|deja|absolument|aime|dire|voir|serait|serais|chose"},
});

}  // namespace

std::span<const SenseRow> french_senses() { return french_rows; }

}  // namespace answerback::flows
