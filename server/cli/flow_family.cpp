#include "server/cli/flow_family.hpp"

#include <algorithm>
#include <filesystem>

#include "server/cli/cli.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t max_family = 100;

flows::FlowPtr beside(const fs::path& folder, const std::string& name) {
  std::string text;
  if (!read_whole_file((folder / (name + ".json")).string(), text)) return nullptr;
  auto loaded = load_flow_text(text);
  return loaded.flow && loaded.flow->name == name ? loaded.flow : nullptr;
}

bool has(const std::vector<flows::FlowPtr>& family, const std::string& name) {
  return std::any_of(family.begin(), family.end(), [&](const auto& flow) { return flow->name == name; });
}

}  // namespace

std::vector<flows::FlowPtr> load_flow_family(const std::string& path, int& exit) {
  const auto flow = load_flow_file(path, exit);
  if (!flow) return {};
  std::vector<flows::FlowPtr> family{flow};
  for (std::size_t i = 0; i < family.size() && family.size() < max_family; ++i) {
    const auto member = family[i];
    for (const auto& step : member->steps) {
      const auto* run = std::get_if<flows::Run>(&step.verb);
      if (!run || has(family, run->flow)) continue;
      if (auto other = beside(fs::path(path).parent_path(), run->flow)) family.push_back(std::move(other));
    }
  }
  return family;
}

std::vector<flows::FlowPtr> FlowShelf::family(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  const auto [found, fresh] = families_.try_emplace(path);
  int ignored = 0;
  if (fresh) found->second = load_flow_family(path, ignored);
  return found->second;
}

std::string FlowShelf::file_of(const flows::Flow& flow) const {
  const std::scoped_lock lock(mutex_);
  for (const auto& [path, family] : families_) {
    const auto found = std::find_if(family.begin(), family.end(), [&](const auto& one) { return one.get() == &flow; });
    if (found == family.begin() && found != family.end()) return path;
    if (found != family.end()) return (fs::path(path).parent_path() / (flow.name + ".json")).string();
  }
  return {};
}

}  // namespace answerback::server
