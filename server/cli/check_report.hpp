// What `check` prints: for people with the source line and a caret, as JSON for programs, as SARIF 2.1.0 for code hosts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/check/proof.hpp"
#include "flows/issue.hpp"

namespace answerback::server {

struct CheckedFile {
  std::string file;
  std::string source;
  std::vector<flows::Issue> issues;
  std::optional<flows::Proof> proof;  // of a flow without errors
};

std::string as_text(const std::vector<CheckedFile>& all, bool colour);
std::string as_json(const std::vector<CheckedFile>& all);
std::string as_sarif(const std::vector<CheckedFile>& all);

}  // namespace answerback::server
