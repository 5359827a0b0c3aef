#include "engine/decide/notices.hpp"

#include <fmt/format.h>

namespace answerback::engine {

namespace {

struct NoticeWording {
  std::string_view opted_out, opted_in, help;
};

// Only characters of GSM 7-bit (3GPP 23.038): it has "é" and "à", but neither "ê" nor "á". HELP and START name what the
// CTIA handbook asks for: who, how often, rates, STOP.
constexpr NoticeWording english{
    "{}: You are unsubscribed and will get no more messages. Reply START to resubscribe.",
    "{}: You are subscribed. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to opt out.",
    "{}: Automated text service. Msg frequency varies. Msg & data rates may apply. Reply STOP to opt out."};
constexpr NoticeWording french{
    "{} : désabonnement confirmé. Plus aucun message ne sera envoyé. START pour se réabonner.",
    "{} : abonnement confirmé. Fréquence variable, des frais peuvent s'appliquer. AIDE pour de l'aide, ARRET pour se désabonner.",
    "{} : service de textos automatisé. Fréquence variable, des frais peuvent s'appliquer. ARRET pour se désabonner."};
constexpr NoticeWording spanish{
    "{}: baja confirmada. Ya no le enviaremos mensajes. Responda START para volver.",
    "{}: alta confirmada. Frecuencia variable, pueden aplicar cargos. AYUDA para ayuda, STOP para darse de baja.",
    "{}: servicio de mensajes. Frecuencia variable, pueden aplicar cargos. Responda STOP para darse de baja."};

const NoticeWording& wording(std::string_view language) {
  if (language == "fr") return french;
  return language == "es" ? spanish : english;
}

std::string_view pattern(const NoticeWording& words, Notice what) {
  switch (what) {
    case Notice::opted_out: return words.opted_out;
    case Notice::opted_in: return words.opted_in;
    case Notice::help: return words.help;
  }
  return words.help;
}

}  // namespace

std::string notice(Notice what, std::string_view brand, std::string_view language) {
  return fmt::format(fmt::runtime(pattern(wording(language), what)), brand);
}

}  // namespace answerback::engine
