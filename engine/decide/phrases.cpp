#include "engine/decide/phrases.hpp"

#include <algorithm>

#include "flows/text/text.hpp"

namespace answerback::engine {

namespace {

// In whole words; `words` stand between spaces.
bool stands_in(std::string_view words, std::string_view phrase) {
  for (auto at = words.find(phrase, 1); at != std::string_view::npos; at = words.find(phrase, at + 1)) {
    if (words[at - 1] == ' ' && at + phrase.size() < words.size() && words[at + phrase.size()] == ' ') return true;
  }
  return false;
}

}  // namespace

Phrases::Phrases(const flows::Flow& flow, std::string_view reply, std::string language) : flow_(flow), language_(std::move(language)) {
  if (!flow.anytime.empty()) words_ = " " + flows::fold_phrase(reply) + " ";
}

// In the conversation's own language first, then in whichever a flow has phrases in.
template <typename Matches>
std::optional<std::size_t> Phrases::first_match(Matches matches) const {
  for (const bool own : {true, false}) {
    const auto is_heard = [&](const flows::Cue& phrase) { return phrase.counts_in(language_) == own && !phrase.folded.empty() && matches(phrase.folded); };
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
    const auto is_said = [&](const flows::Cue& phrase) { return phrase.counts_in(language_) == own && !phrase.folded.empty() && stands_in(words_, phrase.folded); };
    const auto found = std::find_if(phrases.begin(), phrases.end(), is_said);
    if (found != phrases.end()) return &*found;
  }
  return nullptr;
}

std::optional<std::size_t> Phrases::whole() const {
  const auto words = words_.size() < 2 ? std::string_view() : std::string_view(words_).substr(1, words_.size() - 2);
  return first_match([&](const std::string& phrase) { return words == phrase; });
}

std::optional<std::size_t> Phrases::contained() const {
  return first_match([this](const std::string& phrase) { return stands_in(words_, phrase); });
}

}  // namespace answerback::engine
