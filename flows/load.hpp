// A flow file's bytes -> a checked, linked flow, or every issue that it has, all at once.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "flows/flow.hpp"
#include "flows/issue.hpp"

namespace answerback::flows {

// Words that are acted on before any flow sees them; a flow that waits for one waits for ever.
enum class ReservedWord : std::uint8_t { none, stop, start, help };
using ReservedWords = std::function<ReservedWord(std::string_view)>;

struct FlowLimits {
  std::size_t max_bytes = 1'048'576;
  std::size_t max_steps = 1'000;
  std::size_t max_text_characters = 1'600;
  std::size_t max_choices = 100;
  std::size_t max_synonyms = 50;  // of one choice
  std::size_t max_anytime = 100;
  std::size_t max_phrases = 100;  // of one `anytime` entry
  std::size_t max_reminders = 20;
  std::size_t max_keywords = 100;
  std::size_t max_contact_fields = 100;
  std::size_t max_languages = 20;
  // Asked for every keyword, choice, synonym and anytime phrase. Who knows the consent words sets it; unset: none is reserved.
  ReservedWords reserved{};
};

struct LoadResult {
  FlowPtr flow;               // null when any issue is an error
  std::vector<Issue> issues;  // warnings too; by position
};

LoadResult load_flow(std::string_view source, const FlowLimits& limits = {});

}  // namespace answerback::flows
