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
// ordinary_stop: an everyday word of its language too; it reaches a flow where it answers the open question.
enum class ReservedWord : std::uint8_t { none, stop, ordinary_stop, start, help };
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
  std::size_t max_variables = 100;
  std::size_t max_closed_days = 366;
  std::size_t max_ranges = 10;           // of open hours, under one name of days
  std::size_t max_ways = 20;             // of an experiment
  std::int64_t max_weight = 1'000'000;   // of one of them
  std::size_t max_url_characters = 2'000;
  std::size_t max_headers = 20;
  std::size_t max_header_characters = 1'000;
  std::size_t max_body_bytes = 16'384;
  std::size_t max_body_depth = 16;
  std::size_t max_saved = 50;            // values out of one answer
  Duration max_call_timeout = std::chrono::seconds(30);
  std::size_t max_segments = 3;          // of one text before a warning
  // Asked for every keyword, choice, synonym and anytime phrase. Who knows the consent words sets it; unset: none is reserved.
  ReservedWords reserved{};
};

// Where an answer is read that only the flow of a `run` can give (check/runs.hpp).
struct RunAnswer {
  std::string name;  // "visit.zip"
  std::string pointer;
  Position at;
};

struct LoadResult {
  FlowPtr flow;               // null when any issue is an error
  std::vector<Issue> issues;  // warnings too; by position
  std::vector<RunAnswer> run_answers{};
};

LoadResult load_flow(std::string_view source, const FlowLimits& limits = {});

}  // namespace answerback::flows
