#include "engine/decide/phrases.hpp"

#include <algorithm>
#include <tuple>

#include "flows/text.hpp"

namespace answerback::engine {

namespace {

template <typename Matches>
std::optional<std::size_t> first_match(const flows::Flow& flow, Matches matches) {
  const auto found = std::find_if(flow.anytime.begin(), flow.anytime.end(), [&](const flows::Anytime& anytime) {
    return std::any_of(anytime.folded.begin(), anytime.folded.end(), matches);
  });
  if (found == flow.anytime.end()) return std::nullopt;
  return static_cast<std::size_t>(found - flow.anytime.begin());
}

// In whole words; `words` stand between spaces.
bool holds(std::string_view words, std::string_view phrase) {
  if (phrase.empty()) return false;
  for (auto at = words.find(phrase, 1); at != std::string_view::npos; at = words.find(phrase, at + 1)) {
    if (words[at - 1] == ' ' && at + phrase.size() < words.size() && words[at + phrase.size()] == ' ') return true;
  }
  return false;
}

}  // namespace

Phrases::Phrases(const flows::Flow& flow, std::string_view reply) : flow_(flow) {
  if (!flow.anytime.empty()) words_ = " " + flows::fold_phrase(reply) + " ";
}

std::string Phrases::said_of(std::size_t entry) const {
  const auto& [phrases, folded] = std::tie(flow_.anytime[entry].phrases, flow_.anytime[entry].folded);
  for (std::size_t i = 0; i < folded.size() && i < phrases.size(); ++i) {
    if (holds(words_, folded[i])) return phrases[i];
  }
  return {};
}

std::optional<std::size_t> Phrases::whole() const {
  const auto words = words_.size() < 2 ? std::string_view() : std::string_view(words_).substr(1, words_.size() - 2);
  return first_match(flow_, [&](const std::string& phrase) { return !phrase.empty() && words == phrase; });
}

std::optional<std::size_t> Phrases::contained() const {
  return first_match(flow_, [this](const std::string& phrase) { return holds(words_, phrase); });
}

}  // namespace answerback::engine
