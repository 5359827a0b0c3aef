// The phrases that a flow listens for at any time, looked for in one reply.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flows/flow.hpp"

namespace answerback::engine {

class Phrases {
 public:
  // `flow` outlives this.
  Phrases(const flows::Flow& flow, std::string_view reply);

  // The index of the entry of `anytime` ...
  std::optional<std::size_t> whole() const;      // one of whose phrases is the whole reply
  std::optional<std::size_t> contained() const;  // one of whose phrases stands in it as whole words

  // The phrase of that entry that was said, as the flow spells it.
  std::string said_of(std::size_t entry) const;

 private:
  const flows::Flow& flow_;
  std::string words_;  // folded, a space before and after
};

}  // namespace answerback::engine
