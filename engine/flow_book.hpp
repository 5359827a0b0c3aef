// The flows that are published, by name and revision; only the latest revision of each can be triggered.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::engine {

struct Published {
  flows::FlowPtr flow;
  std::uint32_t revision = 0;
};

class FlowBook {
 public:
  // Keeps older revisions for the conversations that run on them.
  void publish(flows::FlowPtr flow, std::uint32_t revision);

  const Published* latest(std::string_view name) const;
  flows::FlowPtr at(std::string_view name, std::uint32_t revision) const;  // null when unknown
  std::vector<std::string> names() const;

  struct Match {
    const Published* published = nullptr;
    std::string keyword;   // as the flow spells it
    std::string language;  // that the keyword is written in, "" = not said
  };
  // The flow one of whose keywords is the whole of `text`, folded. When two flows claim a keyword the first by name wins.
  // `words` is its fold_words(), where the caller has it.
  std::optional<Match> by_keyword(std::string_view text, std::string_view words = {}) const;
  // Every language that a text of a published flow comes in, as primary tags: what contacts may have been spoken to in.
  const std::vector<std::string>& languages() const { return languages_; }
  const Published* catch_all() const;  // the first by name with `"any": true`

 private:
  struct Claim {
    std::string flow;
    std::string keyword;
    std::string language;
  };
  void add_language(std::string_view tag);
  void index_keywords();

  std::map<std::string, std::map<std::uint32_t, flows::FlowPtr>, std::less<>> revisions_;
  std::map<std::string, Published, std::less<>> latest_;
  std::vector<std::string> languages_;
  std::map<std::string, Claim, std::less<>> keywords_;  // by folded words
};

}  // namespace answerback::engine
