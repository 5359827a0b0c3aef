#include "engine/incoming/incoming.hpp"

namespace answerback::engine {

Incoming read_incoming(std::string_view raw) {
  // Whole first: what a reaction quotes may itself look like a footer.
  if (auto reaction = read_reaction(raw)) return {Incoming::Kind::reaction, raw, std::move(reaction)};
  const auto text = written_part(raw);
  if (text.size() < raw.size()) {
    if (auto reaction = read_reaction(text)) return {Incoming::Kind::reaction, text, std::move(reaction)};
  }
  switch (is_automatic(text)) {
    case Automatic::no: return {Incoming::Kind::reply, text, std::nullopt};
    case Automatic::perhaps: return {Incoming::Kind::perhaps_automatic, text, std::nullopt};
    case Automatic::yes: return {Incoming::Kind::automatic, text, std::nullopt};
  }
  return {Incoming::Kind::reply, text, std::nullopt};
}

}  // namespace answerback::engine
