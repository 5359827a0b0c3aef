#include "engine/incoming/addition_forms.hpp"

#include <array>

namespace answerback::engine {

namespace {

constexpr auto forms = std::to_array<AdditionForm>({
    {"sent from my ", true, true},
    {"sent from ", true},
    {"sent via ", true},
    {"sent using ", true},
    {"sent by my ", true, true},
    {"sent with proton"},
    {"sent with spark"},
    {"sent with aqua mail"},
    {"get outlook for "},
    {"yahoo mail: "},
    {"do you yahoo!?"},
    {"mms by "},
    {"this message was sent from "},
    {"this message was sent using "},
    {"this message was sent to you by "},
    {"this message was sent by "},
    {"this message has been sent "},
    {"this mms was sent "},
    {"this mobile text message is brought to you by "},
    {"this text message was sent "},
    {"to play video messages sent to email"},
    {"begin forwarded message"},
    {"confidentiality notice"},
    {"confidentiality note"},
    {"disclaimer:"},
    {"this email and any "},
    {"this e-mail and any "},
    {"this email (and any "},
    {"this e-mail (and any "},
    {"this email is intended "},
    {"this e-mail is intended "},
    {"this message and any "},
    {"this message (including "},
    {"this message is intended "},
    {"this communication is "},
    {"this communication may "},
    {"the information contained in this "},
    {"the information in this e"},
    {"please consider the environment"},
    {"enviado desde mi ", true, true},
    {"enviado desde ", true},
    {"enviado con proton"},
    {"enviado por mi ", true, true},
    {"mandado desde mi ", true, true},
    {"obtener outlook para "},
    {"descargar outlook para "},
    {"obten outlook para "},
    {"este mensaje fue enviado "},
    {"este mensaje ha sido enviado "},
    {"este mensaje se envio "},
    {"inicio del mensaje reenviado"},
    {"aviso de confidencialidad"},
    {"aviso legal"},
    {"este mensaje y "},
    {"este mensaje, y "},
    {"este mensaje es confidencial"},
    {"este correo "},
    {"la informacion contenida en este "},
    {"envoye de mon ", true, true},
    {"envoye de ma ", true, true},
    {"envoye depuis mon ", true, true},
    {"envoye depuis ma ", true, true},
    {"envoye depuis ", true},
    {"envoye a partir de ", true},
    {"envoye a partir d", true},
    {"envoye avec proton"},
    {"envoye via ", true},
    {"telecharger outlook pour "},
    {"telechargez outlook pour "},
    {"obtenir outlook pour "},
    {"ce message a ete envoye "},
    {"ce mms a ete envoye "},
    {"debut du message transfere"},
    {"avis de confidentialite"},
    {"clause de confidentialite"},
    {"ce message et "},
    {"ce message, et "},
    {"ce message est confidentiel"},
    {"ce courriel "},
    {"ce mail est "},
    {"les informations contenues dans ce "},
});

constexpr auto devices = std::to_array<std::string_view>({
    "iphone", "ipad", "ipod", "apple watch", "android", "samsung", "galaxy", "pixel", "motorola", "moto ", "oneplus", "huawei", "honor", "xiaomi",
    "redmi", "oppo", "nokia", "blackberry", "windows", "lg ", "htc", "sony", "xperia", "nexus", "verizon", "at&t", "t-mobile", "metropcs", "metro by",
    "sprint", "boost", "cricket", "xfinity", "us cellular", "u.s.cellular", "tracfone", "orange", "movistar", "telcel", "sfr", "bouygues",
    "phone", "mobile", "cell", "smartphone", "tablet", "handset", "device", "telefono", "movil", "celular", "dispositivo", "tableta", "telephone",
    "portable", "tablette", "appareil", "outlook", "yahoo", "gmail", "mail", "aol", "proton", "hotmail", "spark", "hushmail", "thunderbird", "icloud",
    "5g", "4g", "lte",
});

constexpr auto headers = std::to_array<QuoteHeader>({
    {"on ", " wrote:"}, {"el ", " escribio:"}, {"le ", " a ecrit:"}, {"le ", " a ecrit :"}, {"on ", " sent:"},
});

constexpr auto separators = std::to_array<std::string_view>({
    "original message", "original text", "forwarded message", "reply message", "mensaje original", "mensaje reenviado", "message d'origine",
    "message original", "message transfere",
});

constexpr auto subjects = std::to_array<std::string_view>({
    "(no subject)", "[no subject]", "<no subject>", "no subject:", "(sin asunto)", "[sin asunto]", "(sans objet)", "[sans objet]", "(aucun objet)",
    "re:", "rv:", "fw:", "fwd:", "tr:",
});

}  // namespace

std::span<const AdditionForm> addition_forms() { return forms; }
std::span<const std::string_view> device_names() { return devices; }
std::span<const QuoteHeader> quote_headers() { return headers; }
std::span<const std::string_view> mail_separators() { return separators; }
std::span<const std::string_view> subject_forms() { return subjects; }

}  // namespace answerback::engine
