// The limits and reserved words by which this process judges flow files, one by one and as they run each other; the same for
// `check`, publishing and start.
#pragma once

#include <string>
#include <vector>

#include "flows/check/runs.hpp"
#include "flows/load/load.hpp"

namespace answerback::server {

flows::FlowLimits flow_rules();

struct FlowFile {
  std::string file;
  flows::LoadResult result;
};

// Adds to each file's issues what can be judged only beside the others; a file that gets an error loses its flow. What is not
// among them `elsewhere` may know. A flow that only others run, and that nothing else starts, need not introduce itself.
void check_among(std::vector<FlowFile>& files, const flows::FlowLookup& elsewhere, flows::Severity missing);

// The same for one flow, whose kin is published already.
void check_alone(flows::LoadResult& loaded, const flows::FlowLookup& elsewhere);

}  // namespace answerback::server
