#include "engine/incoming/reaction_forms.hpp"

#include <array>

namespace answerback::engine {

namespace {

using enum Sentiment;

constexpr auto verb_rows = std::to_array<ReactionVerb>({
    {"liked", agrees, true},
    {"loved", agrees, true},
    {"disliked", disagrees, true},
    {"laughed at", other, false},
    {"emphasized", other, false},
    {"emphasised", other, false},
    {"questioned", other, false},
    {"le gusto", agrees, true},
    {"le ha gustado", agrees, true},
    {"le encanto", agrees, true},
    {"le ha encantado", agrees, true},
    {"no le gusto", disagrees, true},
    {"no le ha gustado", disagrees, true},
    {"le dio risa", other, false},
    {"le causo risa", other, false},
    {"se rio de", other, false},
    {"se rio con", other, false},
    {"exclamo por", other, false},
    {"exclamo", other, false},
    {"enfatizo", other, false},
    {"destaco", other, false},
    {"dudo sobre", other, false},
    {"dudo de", other, false},
    {"cuestiono", other, false},
    {"pregunto por", other, false},
    {"pregunto sobre", other, false},
    {"a aime", agrees, true},
    {"a adore", agrees, true},
    {"n'a pas aime", disagrees, true},
    {"a ri de", other, false},
    {"a ri a", other, false},
    {"a rigole a", other, false},
    {"a trouve drole", other, false},
    {"a mis en evidence", other, false},
    {"a mis l'accent sur", other, false},
    {"a insiste sur", other, false},
    {"a souligne", other, false},
    {"s'est exclame sur", other, false},
    {"a pose une question sur", other, false},
    {"s'est interroge sur", other, false},
    {"s'est interrogee sur", other, false},
    {"s'est interroge(e) sur", other, false},
    {"a remis en question", other, false},
});

constexpr auto frame_rows = std::to_array<ReactionFrame>({
    {"reacted with ", " to ", false},
    {"reacted ", " to ", false},
    {"", " to ", false},
    {"removed ", " from ", true},
    {"", " removed from ", true},
    {"reacciono con ", " a ", false},
    {"ha reaccionado con ", " a ", false},
    {"reacciono ", " a ", false},
    {"", " a ", false},
    {"", " para ", false},
    {"quito ", " de ", true},
    {"ha quitado ", " de ", true},
    {"elimino ", " de ", true},
    {"ha eliminado ", " de ", true},
    {"retiro ", " de ", true},
    {"a reagi avec ", " a ", false},
    {"a reagi par ", " a ", false},
    {"a reagi ", " a ", false},
    {"a attribue ", " a ", false},
    {"a ajoute ", " a ", false},
    {"a retire ", " de ", true},
    {"a supprime ", " de ", true},
    {"a enleve ", " de ", true},
});

constexpr auto name_rows = std::to_array<ReactionName>({
    {"like", agrees},
    {"love", agrees},
    {"heart", agrees},
    {"thumbs up", agrees},
    {"dislike", disagrees},
    {"thumbs down", disagrees},
    {"laugh", other},
    {"haha", other},
    {"exclamation", other},
    {"exclamation mark", other},
    {"exclamation point", other},
    {"emphasis", other},
    {"question mark", other},
    {"question", other},
    {"me gusta", agrees},
    {"me encanta", agrees},
    {"corazon", agrees},
    {"no me gusta", disagrees},
    {"risa", other},
    {"jaja", other},
    {"exclamacion", other},
    {"signo de exclamacion", other},
    {"interrogacion", other},
    {"signo de interrogacion", other},
    {"duda", other},
    {"j'aime", agrees},
    {"j'adore", agrees},
    {"adore", agrees},
    {"coeur", agrees},
    {"cœur", agrees},
    {"je n'aime pas", disagrees},
    {"rire", other},
    {"point d'exclamation", other},
    {"point d'interrogation", other},
});

constexpr auto emoji_rows = std::to_array<ReactionName>({
    {"👍", agrees}, {"❤", agrees},  {"🧡", agrees}, {"💛", agrees}, {"💚", agrees}, {"💙", agrees}, {"💜", agrees},    {"🖤", agrees},
    {"🤍", agrees}, {"🤎", agrees}, {"💕", agrees}, {"💖", agrees}, {"💗", agrees}, {"💯", agrees}, {"😍", agrees},    {"🥰", agrees},
    {"👌", agrees}, {"✅", agrees}, {"✔", agrees},  {"👏", agrees}, {"🙌", agrees}, {"🙏", agrees}, {"👎", disagrees}, {"❌", disagrees},
    {"🚫", disagrees}, {"✖", disagrees}, {"🙅", disagrees},
});

constexpr auto article_rows = std::to_array<std::string_view>({
    "a ", "an ", "the ", "un ", "una ", "la reaccion ", "reaccion ", "une ", "la reaction ", "reaction ", "la mention ",
});

constexpr auto object_rows = std::to_array<std::string_view>({
    "an image", "a photo", "a picture", "an attachment", "a video", "a movie", "a gif", "a sticker", "an audio message", "a voice message",
    "a location", "a contact card", "a link", "a message", "your message", "this message",
    "una imagen", "una foto", "un archivo adjunto", "un adjunto", "un video", "un mensaje de audio", "un mensaje de voz", "una ubicacion",
    "un mensaje", "tu mensaje", "su mensaje", "este mensaje",
    "une image", "une photo", "une piece jointe", "une video", "un message audio", "un message vocal", "une position",
    "un message", "votre message", "ton message", "ce message",
});

}  // namespace

std::span<const ReactionVerb> reaction_verbs() { return verb_rows; }
std::span<const ReactionFrame> reaction_frames() { return frame_rows; }
std::span<const ReactionName> reaction_names() { return name_rows; }
std::span<const ReactionName> reaction_emojis() { return emoji_rows; }
std::span<const std::string_view> reaction_articles() { return article_rows; }
std::span<const std::string_view> reaction_objects() { return object_rows; }

}  // namespace answerback::engine
