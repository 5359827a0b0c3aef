#include "engine/incoming/incoming.hpp"

#include "flows/text/text.hpp"

namespace answerback::engine {

Incoming read_incoming(std::string_view raw) {
  // Whole first: what a reaction quotes may itself look like a footer.
  if (auto reaction = read_reaction(raw)) return {Incoming::Kind::reaction, raw, flows::fold_words(raw), std::move(reaction)};
  const auto text = written_part(raw);
  if (text.size() < raw.size()) {
    if (auto reaction = read_reaction(text)) return {Incoming::Kind::reaction, text, flows::fold_words(text), std::move(reaction)};
  }
  auto words = flows::fold_words(text);
  auto kind = Incoming::Kind::reply;
  switch (is_automatic(text, words)) {
    case Automatic::no: break;
    case Automatic::perhaps: kind = Incoming::Kind::perhaps_automatic; break;
    case Automatic::yes: kind = Incoming::Kind::automatic; break;
  }
  return {kind, text, std::move(words), std::nullopt};
}

}  // namespace answerback::engine
