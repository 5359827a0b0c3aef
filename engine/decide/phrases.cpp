#include "engine/decide/phrases.hpp"

#include <algorithm>

#include "flows/text.hpp"

namespace answerback::engine {

Phrases::Phrases(const flows::Flow& flow, std::string_view reply, std::string language) : flow_(flow), language_(std::move(language)) {
  if (!flow.anytime.empty()) words_ = " " + flows::fold_phrase(reply) + " ";
}

// In the conversation's own language first, then in whichever a flow has phrases in.
template <typename Matches>
std::optional<std::size_t> Phrases::first_match(Matches matches) const {
  for (const bool own : {true, false}) {
    const auto is_heard = [&](const flows::Cue& phrase) { return (!own || phrase.counts_in(language_)) && !phrase.folded.empty() && matches(phrase.folded); };
    const auto found = std::find_if(flow_.anytime.begin(), flow_.anytime.end(), [&](const flows::Anytime& anytime) {
      return std::any_of(anytime.phrases.begin(), anytime.phrases.end(), is_heard);
    });
    if (found != flow_.anytime.end()) return static_cast<std::size_t>(found - flow_.anytime.begin());
  }
  return std::nullopt;
}

const flows::Cue* Phrases::said_of(std::size_t entry) const {
  const auto& phrases = flow_.anytime[entry].phrases;
  for (const bool own : {true, false}) {
    for (const auto& phrase : phrases) {
      const bool counts = !own || phrase.counts_in(language_);
      if (counts && !phrase.folded.empty() && words_.find(" " + phrase.folded + " ") != std::string::npos) return &phrase;
    }
  }
  return nullptr;
}

std::optional<std::size_t> Phrases::whole() const {
  return first_match([this](const std::string& phrase) { return words_ == " " + phrase + " "; });
}

std::optional<std::size_t> Phrases::contained() const {
  return first_match([this](const std::string& phrase) { return words_.find(" " + phrase + " ") != std::string::npos; });
}

}  // namespace answerback::engine
