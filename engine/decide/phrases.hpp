// The phrases that a flow listens for at any time, looked for in one reply.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flows/flow.hpp"

namespace answerback::engine {

class Phrases {
 public:
  // `flow` outlives this. `language`: the conversation's, whose phrases are looked for first.
  Phrases(const flows::Flow& flow, std::string_view reply, std::string language);

  // The index of the entry of `anytime` ...
  std::optional<std::size_t> whole() const;      // one of whose phrases is the whole reply
  std::optional<std::size_t> contained() const;  // one of whose phrases stands in it as whole words

  // The phrase of that entry that was said; null when none was.
  const flows::Cue* said_of(std::size_t entry) const;

 private:
  template <typename Matches>
  std::optional<std::size_t> first_match(Matches matches) const;
  const flows::Flow& flow_;
  std::string language_;
  std::string words_;  // folded, a space before and after
};

}  // namespace answerback::engine
