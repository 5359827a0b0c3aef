#include "engine/flow_book.hpp"

#include <algorithm>

#include "flows/phone/region.hpp"
#include "flows/text/text.hpp"

namespace answerback::engine {

void FlowBook::publish(flows::FlowPtr flow, std::uint32_t revision) {
  const auto name = flow->name;
  add_language(flow->language);
  for (const auto& language : flow->languages) add_language(language);
  revisions_[name][revision] = flow;
  auto& latest = latest_[name];
  if (latest.flow && latest.revision > revision) return;
  latest = {std::move(flow), revision};
  index_keywords();
}

void FlowBook::add_language(std::string_view tag) {
  auto primary = std::string(flows::primary_language(tag));
  if (std::find(languages_.begin(), languages_.end(), primary) == languages_.end()) languages_.push_back(std::move(primary));
}

void FlowBook::index_keywords() {
  keywords_.clear();
  for (const auto& [name, published] : latest_) {
    for (const auto& keyword : published.flow->triggers.keywords) {
      if (!keyword.folded.empty()) keywords_.try_emplace(keyword.folded, Claim{name, keyword.written, keyword.language});
    }
  }
}

const Published* FlowBook::latest(std::string_view name) const {
  const auto found = latest_.find(name);
  return found == latest_.end() ? nullptr : &found->second;
}

flows::FlowPtr FlowBook::at(std::string_view name, std::uint32_t revision) const {
  const auto flow = revisions_.find(name);
  if (flow == revisions_.end()) return nullptr;
  const auto found = flow->second.find(revision);
  return found == flow->second.end() ? nullptr : found->second;
}

std::vector<std::string> FlowBook::names() const {
  std::vector<std::string> names;
  for (const auto& entry : latest_) names.push_back(entry.first);
  return names;
}

std::optional<FlowBook::Match> FlowBook::by_keyword(std::string_view text, std::string_view words) const {
  const auto found = words.empty() ? keywords_.find(flows::fold_phrase(text)) : keywords_.find(words);
  if (found == keywords_.end()) return std::nullopt;
  return Match{latest(found->second.flow), found->second.keyword, found->second.language};
}

const Published* FlowBook::catch_all() const {
  const auto found = std::find_if(latest_.begin(), latest_.end(), [](const auto& entry) { return entry.second.flow->triggers.any; });
  return found == latest_.end() ? nullptr : &found->second;
}

}  // namespace answerback::engine
