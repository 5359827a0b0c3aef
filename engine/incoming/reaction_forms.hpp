// The forms of reactions as data, in folded spelling: what iPhones (Tapback), Google Messages and Samsung Messages send to numbers
// that know no reactions. English, Spanish, French.
#pragma once

#include <span>
#include <string_view>

#include "engine/incoming/incoming.hpp"

namespace answerback::engine {

// A verb that says the reaction by itself, before the quote: "Liked “…”".
struct ReactionVerb {
  std::string_view words;
  Sentiment sentiment;
  bool may_be_written;  // 'Loved "Casablanca"' is how people write, too
};

// A frame around an emoji or a reaction's name, before the quote: "Reacted 👍 to “…”", "Removed a like from “…”".
struct ReactionFrame {
  std::string_view before, after;
  bool removed;
};

struct ReactionName {
  std::string_view name;
  Sentiment sentiment;
};

std::span<const ReactionVerb> reaction_verbs();
std::span<const ReactionFrame> reaction_frames();
std::span<const ReactionName> reaction_names();          // "like", "question mark"
std::span<const ReactionName> reaction_emojis();         // those that say yes or no; others say neither
std::span<const std::string_view> reaction_articles();   // "a ", "la reaccion ": before an emoji or a name
std::span<const std::string_view> reaction_objects();    // "an image": what stands for a text that cannot be quoted

}  // namespace answerback::engine
