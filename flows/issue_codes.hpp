// Every code that a flow's issues have, with what it stands for in a few words: for SARIF's rules, and so that none goes undocumented.
#pragma once

#include <span>
#include <string_view>

namespace answerback::flows {

struct IssueCode {
  std::string_view code;
  std::string_view meaning;
};

std::span<const IssueCode> issue_codes();  // by code

}  // namespace answerback::flows
