// The phrases that a flow listens for at any time, looked for in one reply.
#pragma once

#include <string>
#include <string_view>

#include "flows/flow.hpp"

namespace answerback::engine {

class Phrases {
 public:
  // `flow` outlives this.
  Phrases(const flows::Flow& flow, std::string_view reply);

  const flows::Target* whole() const;      // where the phrase leads that is the whole reply; null when none is
  const flows::Target* contained() const;  // that stands in it as whole words

 private:
  const flows::Flow& flow_;
  std::string words_;  // folded, a space before and after
};

}  // namespace answerback::engine
