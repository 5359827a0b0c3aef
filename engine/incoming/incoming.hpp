// What phones and gateways add to what a person writes, told apart before consent and flows see the text: reactions that quote one
// of our texts, answers that a machine gives, signatures, footers and quoted mail. Pure; linear in the text; any bytes may come in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "flows/expect.hpp"

namespace answerback::engine {

enum class Sentiment : std::uint8_t { agrees, disagrees, other };

// "Liked “…”", "👍 to “…”": a touch on one of our texts, which the phone spells out where the network knows no reactions.
struct Reaction {
  Sentiment sentiment = Sentiment::other;
  bool removed = false;        // an earlier one is taken back
  bool may_be_written = false;  // a person might write just that of something else: 'Loved "Casablanca"'
  std::string quoted;          // fold_words() of what it quotes; "" when it is about a picture or names nothing
  bool cut = false;            // the phone left out the end of the quote
  bool operator==(const Reaction&) const = default;
};

struct Incoming {
  enum class Kind : std::uint8_t {
    reply,              // a person wrote `text`
    reaction,           // nobody wrote anything
    automatic,          // a phone or an office answers while nobody looks
    perhaps_automatic,  // so it seems, but it could answer a question as well: "I'm driving"
  };
  Kind kind = Kind::reply;
  std::string_view text;  // of the raw text: what is left without what was added
  std::string words;      // fold_words() of it, which nearly all who read on ask for
  std::optional<Reaction> reaction;
};

// `raw` must outlive what it gives.
Incoming read_incoming(std::string_view raw);

std::optional<Reaction> read_reaction(std::string_view text);

// Does the reaction quote this text of ours, whole or from its beginning? Marks and white space that a network changes count for nothing.
bool quotes(const Reaction& reaction, std::string_view ours);

bool is_part_of(const Reaction& reaction, std::string_view ours);  // does it quote any words that stand in this text?

// Could it be a person's answer to such a question after all?
bool may_answer(const Reaction& reaction, const flows::Expect& expect);

// Without signatures, footers, mail headers and quoted mail at its edges.
std::string_view written_part(std::string_view text);

enum class Automatic : std::uint8_t { no, perhaps, yes };
Automatic is_automatic(std::string_view text, std::string_view words);  // its fold_words()

}  // namespace answerback::engine
