#include "engine/incoming/automatic_forms.hpp"

#include <array>

namespace answerback::engine {

namespace {

constexpr auto opening_rows = std::to_array<std::string_view>({
    "auto reply", "autoreply", "auto response", "autoresponse", "auto responder", "autoresponder", "automatic reply", "automatic response",
    "automated reply", "automated response", "automated message", "automatic message", "out of office", "out of the office", "vacation reply",
    "away message", "free msg unable to send", "freemsg unable to send",
    "respuesta automatica", "mensaje automatico", "respuesta automatizada", "mensaje automatizado", "fuera de la oficina", "fuera de oficina",
    "contestacion automatica", "autorespuesta", "auto respuesta",
    "reponse automatique", "message automatique", "reponse auto", "reponse automatisee", "message automatise", "absence du bureau", "absent du bureau",
    "auto reponse",
});

constexpr auto sentence_rows = std::to_array<std::string_view>({
    // iPhones: Do Not Disturb While Driving, Driving Focus and other Focus modes
    "do not disturb while driving", "with focus turned on", "with driving focus", "i'm not receiving notifications",
    "i am not receiving notifications", "have notifications silenced", "has notifications silenced", "have my notifications silenced",
    "i'll see your message when i get where i'm going", "i will see your message when i get where i'm going",
    // Android phones and carriers' driving modes
    "drivemode", "sent by android auto", "i'm driving right now", "i am driving right now", "i'm currently driving", "i am currently driving",
    "i'm driving and can't", "i'm driving and cannot", "i'm driving at the moment", "i am driving at the moment", "can't text while driving",
    "sent automatically", "automatically sent", "auto reply from", "automatic reply from", "auto reply message",
    // Offices, mailboxes, other bots
    "this is an auto reply", "this is an automatic", "this is an automated", "this is an auto response", "this is an autoreply",
    "this message was generated automatically", "this is a system generated", "i am out of the office", "i'm out of the office",
    "i am out of office", "i'm out of office", "currently out of the office", "currently out of office", "will be out of the office",
    "we have received your message", "we've received your message", "your message has been received", "we will get back to you",
    "we'll get back to you", "office is currently closed", "we are currently closed", "our business hours are", "our office hours are",
    "number is not monitored", "number is not being monitored", "inbox is not monitored", "mailbox is not monitored", "this number is unmonitored",
    "this number does not accept", "this number doesn't accept", "this number is not able to receive", "this number cannot receive",
    "do not reply to this message", "don't reply to this message", "this is a no reply number",
    // Carriers
    "message blocking is active", "unable to receive text messages", "is not able to receive text messages",
    "no molestar al conducir", "no molestar mientras conduzco", "estoy conduciendo con", "estoy manejando con", "estoy conduciendo en este momento",
    "estoy manejando en este momento", "no recibo notificaciones", "no estoy recibiendo notificaciones", "vere tu mensaje cuando llegue",
    "vere su mensaje cuando llegue", "leere tu mensaje cuando llegue", "enviado automaticamente", "este es un mensaje automatico",
    "esta es una respuesta automatica", "este mensaje es automatico", "este mensaje fue generado automaticamente", "estoy fuera de la oficina",
    "me encuentro fuera de la oficina", "estare fuera de la oficina", "hemos recibido su mensaje", "hemos recibido tu mensaje",
    "le responderemos lo antes posible", "te responderemos lo antes posible", "nos pondremos en contacto", "no responda a este mensaje",
    "no responder a este mensaje", "nuestro horario de atencion", "este numero no recibe mensajes",
    "ne pas deranger en voiture", "ne pas deranger en conduisant", "je conduis avec", "je conduis actuellement", "je conduis en ce moment",
    "je suis en train de conduire", "je suis au volant et", "je ne recois pas de notifications", "je ne recois pas les notifications",
    "je ne recois aucune notification", "je verrai votre message", "je verrai ton message", "je lirai votre message", "je lirai ton message",
    "envoye automatiquement", "ceci est un message automatique", "ceci est une reponse automatique", "ce message est automatique",
    "je suis absent du bureau", "je suis absente du bureau", "je suis actuellement absent", "je suis actuellement absente", "suis hors du bureau",
    "nous avons bien recu votre message", "nous avons recu votre message", "nous vous repondrons", "nous reviendrons vers vous",
    "ne pas repondre a ce message", "merci de ne pas repondre a ce", "nos horaires d'ouverture",
});

constexpr auto whole_rows = std::to_array<std::string_view>({
    "i'm driving", "im driving", "i am driving", "driving right now", "sorry i'm driving", "i'm driving can't talk", "i'm driving call you later",
    "i can't talk right now", "can't talk right now", "sorry i can't talk right now", "i'm driving i'll get back to you", "i'm in a meeting right now",
    "estoy conduciendo", "estoy manejando", "voy conduciendo", "voy manejando", "estoy al volante", "ahora no puedo hablar", "no puedo hablar ahora",
    "je conduis", "je suis au volant", "je suis en voiture je vous rappelle", "je ne peux pas parler pour le moment", "je ne peux pas parler",
});

}  // namespace

std::span<const std::string_view> automatic_openings() { return opening_rows; }
std::span<const std::string_view> automatic_phrases() { return sentence_rows; }
std::span<const std::string_view> automatic_wholes() { return whole_rows; }

}  // namespace answerback::engine
