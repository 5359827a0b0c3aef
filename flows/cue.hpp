// What people type for something: a keyword, a phrase that is heard at any time, a choice's synonym, a word to skip a question.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

struct Cue {
  std::string written;
  std::string folded;    // fold_words() of it, or fold() of one that has no words
  std::string language;  // in which it counts; "" = in all
  bool operator==(const Cue&) const = default;

  bool counts_in(std::string_view tag) const { return language.empty() || language == tag; }
};

std::string written_cues(const std::vector<Cue>& cues);  // "agent, human"

}  // namespace answerback::flows
