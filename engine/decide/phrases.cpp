#include "engine/decide/phrases.hpp"

#include <algorithm>

#include "flows/text.hpp"

namespace answerback::engine {

namespace {

template <typename Matches>
const flows::Target* first_match(const flows::Flow& flow, Matches matches) {
  const auto found = std::find_if(flow.anytime.begin(), flow.anytime.end(), [&](const flows::Anytime& anytime) {
    return std::any_of(anytime.folded.begin(), anytime.folded.end(), matches);
  });
  return found == flow.anytime.end() ? nullptr : &found->to;
}

}  // namespace

Phrases::Phrases(const flows::Flow& flow, std::string_view reply) : flow_(flow) {
  if (!flow.anytime.empty()) words_ = " " + flows::fold_phrase(reply) + " ";
}

const flows::Target* Phrases::whole() const {
  return first_match(flow_, [this](const std::string& phrase) { return !phrase.empty() && words_ == " " + phrase + " "; });
}

const flows::Target* Phrases::contained() const {
  return first_match(flow_, [this](const std::string& phrase) {
    return !phrase.empty() && words_.find(" " + phrase + " ") != std::string::npos;
  });
}

}  // namespace answerback::engine
